import Audio
import Corpus
import Foundation
import Library
import Novelty
import Spectra
import Studio
import TestSupport
import Testing

/// What models learned from, and how, as pages see it.
@Suite(.serialized) struct LearningTests {
  private let schema: ContractSchema
  init() throws { schema = try ContractSchema() }

  /// The program that was built with the tests.
  static let program: URL? = {
    var folder = URL(filePath: CommandLine.arguments[0])
    if let executable = Bundle.main.executableURL { folder = executable.resolvingSymlinksInPath() }
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let candidate = folder.appending(path: "hiss")
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder), !isFolder.boolValue {
        return candidate
      }
    }
    return nil
  }()

  private func fingerprint(_ hertz: Double) -> SoundFingerprint {
    let samples = (0..<44_100).map { Float(sin(2 * .pi * hertz * Double($0) / 44_100)) }
    return SoundFingerprint(MelSpectrogram(.standard).analyze(samples), mel: .standard)
  }

  @Test func onlyWhatTheIndexNamesIsHeardAndOnlyBelowItsFolder() async throws {
    let studio = try await StudioUnderTest(works: false)
    let home = studio.libraryFolder
    let folder = home.appending(path: "Samples/drums")
    try FileManager.default.createDirectory(at: folder.appending(path: "deep"), withIntermediateDirectories: true)
    let sound = Data(Sounds.wave(seconds: 0.5))
    try sound.write(to: home.appending(path: "secret.wav"))
    try sound.write(to: folder.appending(path: "deep/kick.wav"))
    try Data("no sound".utf8).write(to: folder.appending(path: "text.wav"))
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "link.wav"), withDestinationURL: home.appending(path: "secret.wav"))
    let clips = [
      TrainingClip(file: "deep/kick.wav", caption: "a kick"), TrainingClip(file: "../../secret.wav", caption: "out"),
      TrainingClip(file: "link.wav", caption: "link"), TrainingClip(file: "gone.wav", caption: "gone"),
      TrainingClip(file: "/etc/passwd", caption: "etc"), TrainingClip(file: "text.wav", caption: "text"),
      TrainingClip(file: "a.wav", caption: "elsewhere", dataset: "../Samples/drums"),
    ]
    let index = NoveltyIndex(
      dataset: "drums", mel: .standard, training: clips.indices.map { fingerprint(200 + 50 * Double($0)) }, heldOut: [],
      clips: clips)
    let model = home.appending(path: "Models/mine")
    try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
    try index.write(to: NoveltyIndex.url(inModel: model))
    func status(_ path: String) -> Int { studio.call("GET", "/models/\(path)/audio").status }
    let heard = studio.call("GET", "/models/mine/training/0/audio")
    #expect(heard.status == 200 && heard.header("Content-Type") == "audio/wav" && heard.text.hasPrefix("RIFF"))
    for number in [1, 2, 3, 4, 6] { #expect(status("mine/training/\(number)") == 410, "\(number)") }
    #expect(status("mine/training/5") == 422)
    for path in ["mine/training/7", "mine/training/-1", "mine/training/x", "..%2fmine/training/0", "none/training/0"] {
      #expect(status(path) == 404, "\(path)")
    }
  }

  /// The bundled model's training set is not kept; its generator makes it again.
  @Test(.enabled(if: StudioUnderTest.canMakeSound && CorpusGenerator.isAvailable()))
  func theBundledModelsClipsAreRenderedAgain() async throws {
    let studio = try await StudioUnderTest(works: false)
    for number in [0, 7777, 20_000, 33_333, 41_804] {
      let answer = studio.call("GET", "/models/first/training/\(number)/audio")
      #expect(
        answer.status == 200 && answer.text.hasPrefix("RIFF"), "\(number): \(answer.status) \(answer.text.prefix(200))")
    }
    #expect(studio.call("GET", "/models/first/training/41805/audio").status == 404)
  }

  @Test func previewsAreWhatTheListNames() async throws {
    let studio = try await StudioUnderTest(works: false)
    let previews = studio.libraryFolder.appending(path: "Models/mine/previews")
    try FileManager.default.createDirectory(at: previews, withIntermediateDirectories: true)
    let rows = ["0000025-kick", "../../../secret", "0000050-kick"].enumerated().map { place, file in
      #"{"category":"kick","file":"\#(file)","novelty":1.5,"step":\#(25 * (place + 1)),"takenFor":"hat"}"#
    }
    try Data(rows.joined(separator: "\n").utf8).write(to: previews.appending(path: "previews.jsonl"))
    let log =
      #"{"step":25,"seconds":3,"loss":0.5,"learningRate":0.001,"clipsPerSecond":9,"heldOutLoss":0.4,"obedience":0.5}"#
    try Data(log.utf8).write(to: studio.libraryFolder.appending(path: "Models/mine/training.jsonl"))
    for name in ["0000025-kick.wav", "hidden.wav"] {
      try Data(Sounds.wave(seconds: 0.1)).write(to: previews.appending(path: name))
    }
    try Data(Sounds.wave(seconds: 0.1)).write(to: studio.libraryFolder.appending(path: "secret.wav"))
    let course = studio.call("GET", "/models/mine/course")
    #expect(schema.fault("GET", "/models/{name}/course", status: course.status, course.json) == nil)
    let looks = course.json["looks"] as? [[String: Any]] ?? []
    #expect(looks.map { $0["step"] as? Int } == [25, 75] && looks.first?["obedience"] as? Double == 0.5)
    let preview = (looks.first?["previews"] as? [[String: Any]])?.first
    let address = (preview?["audio"] as? String)?.replacing("/api/v1", with: "") ?? ""
    #expect(studio.call("GET", address).status == 200)
    for name in ["hidden.wav", "0000050-kick.wav", "previews.jsonl", "..%2f..%2f..%2fsecret.wav", "0000025-kick.mp3"] {
      #expect(studio.call("GET", "/models/mine/previews/\(name)").status == 404, "\(name)")
    }
    #expect(studio.call("GET", "/models/mine/evaluation").status == 404)
    #expect(studio.call("GET", "/models/none/course").status == 404)
  }

  @Test(.enabled(if: StudioUnderTest.canMakeSound && program != nil))
  func aFolderIsLearnedStoppedLearnedOnEvaluatedAndPlayed() async throws {
    let studio = try await StudioUnderTest { setup in
      setup.program = Self.program
      setup.trainingOptions = [
        "--from", "none", "--width", "64", "--depth", "1", "--heads", "2", "--batch-size", "32",
      ]
    }
    // As `hiss studio` does, so that what is trained is found.
    setenv("HISS_MODELS", studio.libraryFolder.appending(path: "Models").path, 1)
    defer { unsetenv("HISS_MODELS") }
    #expect(studio.call("POST", "/folders", ["name": "tones"]).status == 201)
    for number in 1...8 {
      for (word, hertz) in [("kick", 60.0), ("hat", 6000)] {
        let bytes = Sounds.wave(seconds: 0.4 + 0.02 * Double(number), hertz: hertz + 7 * Double(number))
        let answer = studio.upload(bytes, name: "\(word) \(number).wav", to: "/folders/tones/files")
        #expect(answer.status == 201)
      }
    }
    let learns: [String: Any] = ["kind": "train", "path": "tones", "output": "little", "minutes": 0.4]
    let first = try #require((studio.call("POST", "/jobs", learns).json["job"] as? [String: Any])?["id"] as? String)
    let end = Date().addingTimeInterval(120)
    while Date() < end {
      let job = studio.call("GET", "/jobs/\(first)").json["job"] as? [String: Any]
      if (job?["progress"] as? Double ?? 0) > 0 || job?["state"] as? String == "failed" { break }
      usleep(100_000)
    }
    #expect(studio.call("DELETE", "/jobs/\(first)").status == 204)
    let stopped = studio.wait(for: first)
    #expect(stopped["state"] as? String == "cancelled", "\(stopped)")

    var job = studio.make(learns)
    #expect(job["state"] as? String == "done", "\(job)")
    let course = studio.call("GET", "/models/little/course")
    #expect(schema.fault("GET", "/models/{name}/course", status: course.status, course.json) == nil)
    #expect((course.json["steps"] as? Int ?? 0) > 0)
    let looks = course.json["looks"] as? [[String: Any]] ?? []
    let previews = looks.last?["previews"] as? [[String: Any]] ?? []
    #expect(Set(previews.compactMap { $0["category"] as? String }) == ["kick", "hi-hat"], "\(course.text)")
    for key in ["audio", "picture"] {
      let address = (previews.first?[key] as? String)?.replacing("/api/v1", with: "") ?? ""
      #expect(studio.call("GET", address).status == 200)
    }
    #expect((job["clips"] as? [String])?.isEmpty == false)

    let models = studio.call("GET", "/models").json["models"] as? [[String: Any]] ?? []
    #expect(models.contains { $0["name"] as? String == "little" && $0["clips"] as? Int == 16 }, "\(models)")
    job = studio.make(["kind": "evaluate", "model": "little", "count": 2])
    #expect(job["state"] as? String == "done" && job["progress"] as? Double == 1, "\(job)")
    #expect((job["notices"] as? [String])?.isEmpty == false)
    let figures = studio.call("GET", "/models/little/evaluation")
    let fault = schema.fault("GET", "/models/{name}/evaluation", status: figures.status, figures.json)
    #expect(fault == nil, "\(fault ?? "")")
    #expect(figures.json["dataset"] as? String == "tones" && figures.json["outdated"] as? Bool == false)

    job = studio.make(["kind": "generate", "model": "little", "prompt": "kick", "seconds": 0.5, "novelty": 0])
    let clip = try #require((job["clips"] as? [String])?.first, "\(job)")
    let nearest = studio.call("GET", "/clips/\(clip)/nearest")
    #expect(schema.fault("GET", "/clips/{id}/nearest", status: nearest.status, nearest.json) == nil)
    let near = nearest.json["clips"] as? [[String: Any]] ?? []
    #expect(near.count == 5 && near.allSatisfy { ($0["file"] as? String)?.hasSuffix(".wav") == true }, "\(near)")
    let address = (near.first?["url"] as? String)?.replacing("/api/v1", with: "") ?? ""
    #expect(studio.call("GET", address).text.hasPrefix("RIFF"))
    #expect(studio.call("POST", "/jobs", ["kind": "evaluate", "model": "none"]).status == 404)
    #expect(studio.call("POST", "/jobs", ["kind": "evaluate"]).status == 422)
  }
}
