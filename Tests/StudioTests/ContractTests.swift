import Foundation
import HTTPTypes
import Studio
import Testing

@Suite struct ContractTests {
  @Test func theFileAndTheServerHaveTheSameCalls() async throws {
    let served = Set(
      try await StudioUnderTest(works: false).studio.endpoints.map { "\($0.method.rawValue) \($0.path)" })
    let written = try ContractSchema().calls
    #expect(served.subtracting(written) == [])
    #expect(written.subtracting(served) == [])
  }

  @Test func theFileAndTheServerKnowTheSameParameters() async throws {
    let schema = try ContractSchema()
    for endpoint in try await StudioUnderTest(works: false).studio.endpoints {
      #expect(schema.query(endpoint.method.rawValue, endpoint.path) == endpoint.query, "\(endpoint.path)")
    }
  }

  @Test func unknownThingsAreProblems() async throws {
    let studio = try await StudioUnderTest(works: false)
    let id = "aaaaaaaaaa"
    for (method, path, status) in [
      ("GET", "/clips/\(id)", 404), ("GET", "/clips/\(id)/audio", 404), ("GET", "/clips/short", 404),
      ("GET", "/clips/..%2f..%2fetc", 404), ("GET", "/jobs/\(id)", 404), ("DELETE", "/jobs/\(id)", 404),
      ("DELETE", "/clips/\(id)", 404), ("GET", "/clips/\(id)/stems/..%2fx/audio", 404), ("GET", "/nothing", 404),
      ("GET", "/clips?limit=-1", 400), ("GET", "/clips?limit=9999999999999999999999", 400),
      ("GET", "/clips?sort=evil", 400), ("GET", "/clips?minimumBpm=nan", 400), ("GET", "/clips?query=%ff", 400),
      ("GET", "/clips?minimumBpm=90&maximumBpm=80", 400), ("GET", "/clips?loop=perhaps", 400),
      ("PUT", "/clips", 405), ("GET", "/downloads.zip?clips=x", 400), ("GET", "/downloads.zip", 404),
      ("GET", "/folders/..", 404), ("GET", "/folders/none", 404), ("GET", "/clips?limit=1&limit=2", 400),
      ("GET", "/clips?colour=red", 400), ("GET", "/status?x", 400), ("POST", "/undo?pages=one", 400),
      ("GET", "/downloads.zip?clips=", 400), ("GET", "/downloads.zip?clips=,,", 400),
    ] {
      let answer = studio.call(method, path)
      #expect(answer.status == status, "\(method) \(path)")
      #expect(answer.header("Content-Type") == "application/problem+json")
      #expect(answer.json["status"] as? Int == status && (answer.json["detail"] as? String)?.isEmpty == false)
    }
  }

  @Test(arguments: [
    "{}", "[]", "null", "3", "{\"kind\":\"other\"}", "{\"kind\":\"generate\"}",
    "{\"kind\":\"generate\",\"prompt\":\"\"}",
    "{\"kind\":\"generate\",\"prompt\":\"a\",\"colour\":1}", "{\"kind\":\"generate\",\"prompt\":\"a\",\"count\":65}",
    "{\"kind\":\"generate\",\"prompt\":\"a\",\"count\":-1}", "{\"kind\":\"generate\",\"prompt\":\"a\",\"seed\":-1}",
    "{\"kind\":\"generate\",\"prompt\":\"a\",\"seed\":99999999999999999999999}",
    "{\"kind\":\"generate\",\"prompt\":\"a\",\"model\":\"../../etc\"}",
    "{\"kind\":\"generate\",\"prompt\":\"a\",\"model\":\"nowhere\"}", "{\"kind\":\"vary\"}",
    "{\"kind\":\"vary\",\"source\":\"../../x\"}", "{\"kind\":\"vary\",\"source\":\"aaaaaaaaaa\"}",
    "{\"kind\":\"redo\",\"source\":\"aaaaaaaaaa\"}", "{\"kind\":\"morph\",\"sources\":[\"aaaaaaaaaa\"]}",
    "{\"kind\":\"train\",\"path\":\"/etc\",\"output\":\"mine\"}",
    "{\"kind\":\"train\",\"path\":\"none\",\"output\":\"../x\"}",
    "{\"kind\":\"redo\",\"source\":\"aaaaaaaaaa\",\"region\":{\"start\":1e308,\"end\":1e309}}",
  ])
  func hostileJobsAreRefused(body: String) async throws {
    let studio = try await StudioUnderTest(works: false)
    let headers = ["Content-Type": "application/json"].merging(studio.server.letIn) { $1 }
    let answer = studio.server.client.call("POST", "/api/v1/jobs", headers, body: Array(body.utf8))
    #expect([400, 404, 422].contains(answer.status), "\(answer.status) \(answer.text)")
    #expect(studio.call("GET", "/jobs").json["jobs"] as? [String] == [])
  }

  @Test func foldersOfSamplesAreWhereTheyShouldBe() async throws {
    let studio = try await StudioUnderTest(works: false)
    let schema = try ContractSchema()
    for name in ["..", ".hidden", "a/b", "", "-x", String(repeating: "a", count: 300)] {
      #expect(studio.call("POST", "/folders", ["name": name]).status == 422)
    }
    let made = studio.call("POST", "/folders", ["name": "drums"])
    #expect(made.status == 201 && schema.fault("POST", "/folders", status: 201, made.json) == nil)
    let file = studio.upload(Sounds.wave(seconds: 0.5), name: "../../kick drum 01.wav", to: "/folders/drums/files")
    #expect(file.status == 201 && file.json["file"] as? String == "kick drum 01.wav")
    #expect(
      studio.upload(Sounds.wave(seconds: 0.5), name: "kick drum 01.wav", to: "/folders/drums/files").status == 409)
    let place = studio.libraryFolder.appending(path: "Samples/drums/kick drum 01.wav")
    #expect(FileManager.default.fileExists(atPath: place.path))
    let report = studio.call("GET", "/folders/drums")
    #expect(schema.fault("GET", "/folders/{name}", status: report.status, report.json) == nil)
    let caption = ["captions": [["file": "kick drum 01.wav", "caption": "a deep kick"]]]
    #expect(studio.call("PATCH", "/folders/drums/captions", caption).status == 204)
    let captions = studio.call("GET", "/folders/drums").json["captions"] as? [[String: Any]]
    #expect(captions?.first?["caption"] as? String == "a deep kick")
    let unknown = ["captions": [["file": "../x", "caption": "a"]]]
    #expect(studio.call("PATCH", "/folders/drums/captions", unknown).status == 422)
  }

  @Test func uploadsAreWhatTheyAre() async throws {
    let studio = try await StudioUnderTest(works: false)
    let schema = try ContractSchema()
    let sound = studio.upload(Sounds.wave(seconds: 1), name: "<script>.wav")
    #expect(sound.status == 201 && schema.fault("POST", "/uploads", status: 201, sound.json) == nil)
    let upload = sound.json["upload"] as? [String: Any]
    #expect(upload?["kind"] as? String == "audio" && upload?["seconds"] as? Double == 1)
    let part = studio.call(
      "GET", "/uploads/\(upload?["id"] as? String ?? "")/audio", nil, ["Range": "bytes=0-3"])
    #expect(part.status == 206 && part.text == "RIFF")
    for (bytes, name) in [
      (Array("no sound at all".utf8), "a.wav"), ([], "a.wav"), (Array("MThd".utf8), "a.mid"),
      (Array(Sounds.wave(seconds: 1).prefix(20)), "a.wav"),
    ] {
      #expect(studio.upload(bytes, name: name).status == 422)
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: studio.libraryFolder.appending(path: "Uploads").path)
    #expect(left.count == 2)
  }
}

enum Sounds {
  /// A WAV file of 16 bits, mono, with a tone.
  static func wave(seconds: Double, hertz: Double = 220) -> [UInt8] {
    let count = Int(seconds * 44_100)
    func little(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    var bytes = Array("RIFF".utf8) + little(UInt32(36 + 2 * count)) + Array("WAVEfmt ".utf8) + little(UInt32(16))
    bytes += little(UInt16(1)) + little(UInt16(1)) + little(UInt32(44_100)) + little(UInt32(88_200))
    bytes += little(UInt16(2)) + little(UInt16(16)) + Array("data".utf8) + little(UInt32(2 * count))
    for frame in 0..<count {
      bytes += little(Int16(8000 * sin(2 * .pi * hertz * Double(frame) / 44_100)))
    }
    return bytes
  }
}
