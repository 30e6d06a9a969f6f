import Foundation
import Studio
import Testing

/// What a page does, with the bundled model.
@Suite(.enabled(if: StudioUnderTest.canMakeSound), .serialized) struct MakingTests {
  private let schema: ContractSchema
  init() throws { schema = try ContractSchema() }

  private func ids(_ job: [String: Any]) -> [String] { job["clips"] as? [String] ?? [] }

  @Test func previewsComeBeforeClipsAndBothAreTold() async throws {
    let studio = try await StudioUnderTest()
    let stream = try #require(RawClient.Connection(port: studio.server.port, timeout: 30))
    stream.send(
      "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(studio.server.token)\r\n\r\n")
    let job = studio.make(["kind": "generate", "prompt": "warm pad in A minor, 90 bpm", "count": 3, "seconds": 1])
    #expect(job["state"] as? String == "done" && ids(job).count == 3, "\(job)")
    #expect(schema.fault("GET", "/jobs/{id}", status: 200, ["job": job]) == nil)
    let told = stream.receive { String(decoding: $0, as: UTF8.self).contains("\"state\":\"done\"") }
    let events = RawClient.parse(told)
    #expect(events.header("Content-Type") == "text/event-stream")
    let text = String(decoding: told, as: UTF8.self)
    var previews = 0
    for id in ids(job) {
      let clip = text.components(separatedBy: "event: clip\n").dropFirst().filter { $0.contains("\"id\":\"\(id)\"") }
      previews += clip.first?.contains("\"draft\":true") == true ? 1 : 0
      #expect(clip.last?.contains("\"draft\":false") == true)
    }
    // On a busy machine a clip may be whole before its preview is told.
    #expect(previews > 0)
  }

  @Test func aClipIsHeardSeenPickedAndUndone() async throws {
    let studio = try await StudioUnderTest()
    let job = studio.make(["kind": "generate", "prompt": "marimba, 120 bpm", "seconds": 1, "seed": 3])
    let id = try #require(ids(job).first, "\(job)")
    for (path, template) in [
      ("/status", "/status"), ("/models", "/models"), ("/clips", "/clips"), ("/clips/\(id)", "/clips/{id}"),
      ("/clips/\(id)/waveform?points=50", "/clips/{id}/waveform"), ("/clips/\(id)/nearest", "/clips/{id}/nearest"),
      ("/history", "/history"), ("/jobs", "/jobs"), ("/taste", "/taste"),
      ("/clips?query=marimba&minimumBpm=100&sort=bpm", "/clips"),
    ] {
      let answer = studio.call("GET", path)
      let fault = schema.fault("GET", template, status: answer.status, answer.json)
      #expect(fault == nil, "\(fault ?? "")")
    }
    let whole = studio.call("GET", "/clips/\(id)/audio")
    #expect(whole.status == 200 && whole.header("Content-Type") == "audio/wav" && whole.text.hasPrefix("RIFF"))
    let part = studio.call("GET", "/clips/\(id)/audio", nil, ["Range": "bytes=8-11"])
    #expect(part.status == 206 && part.text == "WAVE")
    #expect(part.header("Content-Range") == "bytes 8-11/\(whole.body.count)")
    let tag = whole.header("ETag") ?? ""
    #expect(studio.call("GET", "/clips/\(id)/audio", nil, ["If-None-Match": tag]).status == 304)
    let picture = studio.call("GET", "/clips/\(id)/spectrogram.png?width=64&height=32")
    #expect(picture.status == 200 && picture.body.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(studio.call("GET", "/clips/\(id)/spectrogram.png?width=999999").status == 400)
    #expect(studio.call("GET", "/clips/\(id)/notes").status == 404)
    #expect(studio.call("GET", "/clips/\(id)/stems").status == 404)
    let picked = studio.call("PATCH", "/clips/\(id)?page=one", ["state": "picked", "rating": 4])
    let fault = schema.fault("PATCH", "/clips/{id}", status: picked.status, picked.json)
    #expect(fault == nil, "\(fault ?? "")")
    let file = (picked.json["clip"] as? [String: Any])?["file"] as? String ?? ""
    #expect(file.hasPrefix("Picks/"))
    #expect(FileManager.default.fileExists(atPath: studio.libraryFolder.appending(path: file).path))
    let archive = studio.call("GET", "/downloads.zip")
    #expect(archive.status == 200 && archive.body.starts(with: [0x50, 0x4B]))
    #expect(archive.header("Content-Length") == "\(archive.body.count)")
    let undone = studio.call("POST", "/undo?page=one")
    #expect(schema.fault("POST", "/undo", status: undone.status, undone.json) == nil)
    #expect(((undone.json["clips"] as? [[String: Any]])?.first)?["state"] as? String == "new")
    #expect(studio.call("PATCH", "/clips/\(id)", ["rating": 9]).status == 422)
    #expect(studio.call("PATCH", "/clips/\(id)", ["colour": 9]).status == 400)
    #expect(studio.call("DELETE", "/clips/\(id)").status == 204)
    #expect(studio.call("POST", "/clips/\(id)/restore").status == 204)
  }

  @Test func everyKindOfJobMakesItsClips() async throws {
    let studio = try await StudioUnderTest()
    let first = studio.make([
      "kind": "generate", "prompt": "electric piano chords", "chords": "Am F", "bpm": 120, "bars": 1, "count": 2,
      "seed": 5,
    ])
    let clips = ids(first)
    try #require(clips.count == 2, "\(first)")
    let upload = studio.upload(Sounds.wave(seconds: 1), name: "hum.wav").json["upload"] as? [String: Any]
    let sound = try #require(upload?["id"] as? String)
    let jobs: [[String: Any]] = [
      ["kind": "vary", "source": clips[0], "count": 2, "distance": 0.3],
      ["kind": "vary", "source": sound, "prompt": "flute"],
      ["kind": "redo", "source": clips[0], "region": ["start": 0.5, "end": 1.0]],
      ["kind": "continue", "source": clips[0], "seconds": 3], ["kind": "loop", "source": clips[0]],
      ["kind": "loop", "prompt": "drum loop", "bpm": 120, "bars": 1], ["kind": "morph", "sources": clips, "count": 1],
      ["kind": "generate", "prompt": "violin", "follow": sound],
      ["kind": "generate", "prompt": "organ", "source": sound, "strength": 0.7],
    ]
    for request in jobs {
      let job = studio.make(request)
      #expect(job["state"] as? String == "done" && !ids(job).isEmpty, "\(request): \(job)")
      #expect(job["done"] as? Int == job["count"] as? Int)
    }
    let details = studio.call("GET", "/clips/\(clips[0])").json["clip"] as? [String: Any]
    #expect((details?["children"] as? [Any])?.count ?? 0 >= 5)
  }

  /// The samples of a WAV file of 24 bits, mono.
  private func samples(_ bytes: [UInt8]) throws -> [Int32] {
    let data = try #require(bytes.indices.first { bytes[$0...].starts(with: Array("data".utf8)) })
    let count = bytes[data + 4..<data + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
    return stride(from: data + 8, to: data + 8 + count, by: 3).map {
      Int32(bytes[$0]) | Int32(bytes[$0 + 1]) << 8 | Int32(Int8(bitPattern: bytes[$0 + 2])) << 16
    }
  }

  @Test func aMarkedStretchGoesRoundInWholeBeatsOfItsOwnSamples() async throws {
    let studio = try await StudioUnderTest()
    let made = studio.make(["kind": "generate", "prompt": "drum beat", "bpm": 120, "seconds": 3, "seed": 2])
    let source = try #require(ids(made).first, "\(made)")
    let job = studio.make(["kind": "loop", "source": source, "region": ["start": 0.5, "end": 1.57], "count": 3])
    #expect(job["state"] as? String == "done" && ids(job).count == 1, "\(job)")
    #expect((job["notices"] as? [String])?.contains { $0.contains("2 beats at 120 bpm, 1.000 s") } == true)
    let answer = studio.call("GET", "/clips/\(ids(job)[0])").json
    #expect(schema.fault("GET", "/clips/{id}", status: 200, answer) == nil)
    let clip = answer["clip"] as? [String: Any]
    #expect(clip?["frames"] as? Int == 44_100 && clip?["loop"] as? Bool == true && clip?["kind"] as? String == "loop")
    #expect(clip?["bpm"] as? Double == 120 && clip?["parents"] as? [String] == [source])
    let (whole, loop) = (
      try samples(studio.call("GET", "/clips/\(source)/audio").body),
      try samples(studio.call("GET", "/clips/\(ids(job)[0])/audio").body)
    )
    let starts = (22_050 - 221...22_050).filter { Array(whole[$0..<$0 + 2000]) == Array(loop[..<2000]) }
    #expect(starts.count == 1 && Array(whole[starts[0]..<starts[0] + 40_000]) == Array(loop[..<40_000]))
    // It is made again of its tags, and is a recording like any other.
    for kind in ["vary", "continue", "loop"] {
      var request: [String: Any] = ["kind": kind, "source": ids(job)[0], "count": 1, "seconds": 2]
      if kind == "loop" { request["region"] = ["start": 0, "end": 0.5] }
      #expect(studio.make(request)["state"] as? String == "done", "\(kind)")
    }
    for region in [["start": 2.9, "end": 2.95], ["start": 3.5, "end": 4.0], ["start": 1.0, "end": 0.5]] {
      let refused = studio.call("POST", "/jobs", ["kind": "loop", "source": source, "region": region])
      #expect(refused.status == 422, "\(region): \(refused.text)")
    }
  }

  @Test func aStretchOfAnUploadGoesRoundWhereItsWaveDoes() async throws {
    let studio = try await StudioUnderTest()
    let upload = studio.upload(Sounds.wave(seconds: 2, hertz: 100), name: "hum.wav").json["upload"] as? [String: Any]
    let job = studio.make([
      "kind": "loop", "source": upload?["id"] as? String ?? "", "region": ["start": 0.3, "end": 1.234],
    ])
    let id = try #require(ids(job).first, "\(job)")
    let frames = (studio.call("GET", "/clips/\(id)").json["clip"] as? [String: Any])?["frames"] as? Int ?? 0
    #expect(abs(frames - 41_189) < 890 && frames % 441 == 0, "\(frames)")
  }

  @Test func anIdeaHasStemsAndNotes() async throws {
    let studio = try await StudioUnderTest()
    let (hub, stream) = (studio.studio.hub, studio.studio.hub.subscribe(after: nil))
    defer { hub.leave(stream) }
    let job = studio.make(["kind": "stems", "prompt": "lofi, 90 bpm", "bars": 2, "seed": 1])
    let id = try #require(ids(job).first, "\(job)")
    // The preview comes while the stems are made.
    let told = stream.take().components(separatedBy: "event: clip\n").filter { $0.contains("\"id\":\"\(id)\"") }
    #expect(told.first?.contains("\"draft\":true") == true && told.first?.contains("\"hasStems\":false") == true)
    #expect(told.last?.contains("\"draft\":false") == true && told.last?.contains("\"hasStems\":true") == true)
    let stems = studio.call("GET", "/clips/\(id)/stems")
    #expect(schema.fault("GET", "/clips/{id}/stems", status: stems.status, stems.json) == nil)
    let names = (stems.json["stems"] as? [[String: String]])?.compactMap { $0["name"] }
    #expect(names == ["drums", "bass", "chords", "lead"])
    #expect(studio.call("GET", "/clips/\(id)/stems/bass/audio", nil, ["Range": "bytes=0-3"]).text == "RIFF")
    let notes = studio.call("GET", "/clips/\(id)/notes")
    #expect(schema.fault("GET", "/clips/{id}/notes", status: notes.status, notes.json) == nil)
    #expect((notes.json["parts"] as? [Any])?.count == 4)
    let archive = studio.call("GET", "/downloads.zip?clips=\(id)&with=stems,midi")
    #expect(archive.status == 200 && String(decoding: archive.body, as: UTF8.self).contains("bass.wav"))
  }

  @Test func aCancelledJobStopsWithinAStep() async throws {
    let studio = try await StudioUnderTest()
    _ = studio.make(["kind": "generate", "prompt": "pad", "seconds": 0.5])
    let answer = studio.call(
      "POST", "/jobs", ["kind": "generate", "prompt": "slow strings", "seconds": 100, "count": 20, "steps": 100])
    let id = try #require((answer.json["job"] as? [String: Any])?["id"] as? String)
    while (studio.call("GET", "/jobs/\(id)").json["job"] as? [String: Any])?["state"] as? String == "waiting" {
      usleep(10_000)
    }
    usleep(300_000)
    let start = ContinuousClock.now
    #expect(studio.call("DELETE", "/jobs/\(id)").status == 204)
    let job = studio.wait(for: id)
    #expect(job["state"] as? String == "cancelled")
    // Twenty clips of a hundred steps take minutes; one step of two clips some seconds on a busy machine.
    #expect(ContinuousClock.now - start < .seconds(20))
    #expect(studio.make(["kind": "generate", "prompt": "pad", "seconds": 0.5])["state"] as? String == "done")
  }

  @Test func aPromptIsReadPieceByPiece() async throws {
    let studio = try await StudioUnderTest()
    let answer = studio.call("POST", "/reading", ["prompt": "sad oud in D minor, 90 bpm, no drums, zyxwvut"])
    #expect(schema.fault("POST", "/reading", status: answer.status, answer.json) == nil)
    let chips = answer.json["chips"] as? [[String: String]] ?? []
    func texts(_ kind: String) -> [String] { chips.filter { $0["kind"] == kind }.compactMap { $0["text"] } }
    #expect(texts("tempo") == ["90 bpm"] && texts("key") == ["D minor"] && texts("exclusion") == ["drums"])
    #expect(texts("unknown").contains { $0.contains("zyxwvut") })
    #expect(answer.json["bpm"] as? Double == 90)
    #expect(studio.call("POST", "/reading", ["prompt": " "]).json["chips"] as? [String] == [])
    #expect(studio.call("POST", "/reading", ["prompt": String(repeating: "a", count: 20_000)]).status == 422)
  }

  @Test func twoProgramsWorkOnOneLibrary() async throws {
    let first = try await StudioUnderTest()
    let setup = Studio.Setup(library: first.libraryFolder, models: first.libraryFolder, threads: 1)
    let second = try Studio(setup) { print($0) }
    try second.start { print($0) }
    defer { second.stop() }
    let jobs = (0..<4).map {
      first.call("POST", "/jobs", ["kind": "generate", "prompt": "bell", "seconds": 0.5, "seed": $0])
    }
    let ids = jobs.compactMap { ($0.json["job"] as? [String: Any])?["id"] as? String }
    for id in ids { #expect(first.wait(for: id)["state"] as? String == "done") }
    #expect(first.call("GET", "/clips").json["total"] as? Int == 4)
  }
}
