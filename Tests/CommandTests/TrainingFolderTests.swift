import Audio
import Foundation
import Novelty
import Synthesis
import TestSupport
import Testing

/// What `hiss train` finds in the folder that it is to fill, and in the folder that it is to learn.
@Suite("Training into a folder, and out of one", .enabled(if: TextEncoder.isPresent))
struct TrainingFolderTests {
  let directory: TemporaryDirectory
  let train: [String]

  init() throws {
    directory = try TemporaryDirectory()
    try FileManager.default.createDirectory(at: directory.file("samples"), withIntermediateDirectories: false)
    for (name, seconds) in [("low tone", 1.0), ("short tone", 0.3), ("long tone", 1.5)] {
      try directory.tone("samples/\(name).wav", seconds: seconds)
      try Data(name.utf8).write(to: directory.file("samples/\(name).txt"))
    }
    train = [
      "train", "samples", "--output", "model", "--cache", "cache", "--width", "64", "--depth", "1", "--heads", "2",
      "--batch-size", "4",
    ]
  }

  func hiss(_ arguments: [String]) throws -> HissProcess { try HissProcess.run(arguments, in: directory.url) }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: directory.file(name)) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: directory.file(name).path) }

  @Test("Two trainings into one folder: the second is refused, the first is not disturbed")
  func twoTrainings() throws {
    let script = """
      "$0" "$@" --steps 1000000 --save-every 0.2 2>log & pid=$!
      while kill -0 $pid 2>/dev/null && ! [[ -e model/checkpoint.safetensors ]]; do sleep 0.05; done
      "$0" "$@" --steps 4 2>second; echo $? >code
      kill -TERM $pid; wait $pid
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-mc", script, HissProcess.program.path] + train
    process.currentDirectoryURL = directory.url
    try process.run()
    process.waitUntilExit()
    let log = try String(contentsOf: directory.file("log"), encoding: .utf8)
    #expect(process.terminationStatus == 0, "\(log)")
    let said = try String(contentsOf: directory.file("second"), encoding: .utf8)
    #expect(said.split(separator: "\n").count == 1 && said.contains("model: another training is at work"), "\(said)")
    #expect(try String(contentsOf: directory.file("code"), encoding: .utf8) == "\(EX_TEMPFAIL)\n")
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.file("model").path)
    #expect(names.allSatisfy { !$0.hasPrefix(".") }, "\(names)")
    expectSuccess(try hiss(train + ["--steps", "4", "--plan"]))
  }

  @Test("A finished model without a checkpoint is not replaced, but with --force, and then whole")
  func finishedModel() throws {
    try SmallModel.write(to: directory.file("model"))
    _ = try directory.write(Array("old words\tolder\n".utf8), as: "model/glossary.tsv")
    _ = try directory.write(Array("# Old".utf8), as: "model/MODEL.md")
    let before = try (bytes("model/model.safetensors"), bytes("model/config.json"))
    expectFailure(
      try hiss(train + ["--steps", "4"]), code: SystemExit.cannotCreate,
      saying: "model: this folder holds a model without a checkpoint")
    expectFailure(try hiss(train + ["--plan"]), code: SystemExit.cannotCreate, saying: "--force")
    #expect(try bytes("model/model.safetensors") == before.0 && bytes("model/config.json") == before.1)
    #expect(exists("model/glossary.tsv") && !exists("model/.training.lock"))

    let forced = try hiss(train + ["--steps", "4", "--force"])
    expectSuccess(forced)
    #expect(forced.errors.contains("model/MODEL.md tells of the model that is replaced"))
    #expect(try bytes("model/model.safetensors") != before.0)
    #expect(!exists("model/glossary.tsv") && exists("model/MODEL.md") && exists("model/novelty.index"))
    expectSuccess(try hiss(["generate", "tone", "--model", "model", "--duration", "0.5", "--output", "clip.wav"]))
  }

  @Test("A training that goes on names the options that it does not follow, and how long it goes on")
  func options() throws {
    expectSuccess(try hiss(train + ["--steps", "4"]))
    let other = [
      "train", "samples", "--output", "model", "--cache", "cache", "--width", "128", "--learning-rate", "0.5",
      "--steps",
      "6",
    ]
    let second = try hiss(other)
    expectSuccess(second)
    let notes = second.errorLines.filter { $0.contains("is not used") }
    #expect(
      notes == [
        "note: --learning-rate 0.5 is not used: this training was begun with --learning-rate 0.001",
        "note: --width 128 is not used: this training was begun with --width 64",
      ])

    let model = try bytes("model/model.safetensors")
    let fewer = try hiss(train + ["--steps", "3"])
    expectSuccess(fewer)
    #expect(fewer.errors.contains("6 steps are done already, and --steps 3 asks for fewer"), "\(fewer.errors)")
    #expect(!fewer.errors.contains("stopped at"))
    let done = try hiss(train)
    expectSuccess(done)
    #expect(done.errors.contains("all 6 steps are done already"), "\(done.errors)")
    #expect(try bytes("model/model.safetensors") == model)

    let longer = try hiss(train + ["--minutes", "0.0001"])
    expectSuccess(longer)
    #expect(longer.errors.contains("from step 6 to 16"), "\(longer.errors)")
    #expect(longer.errors.contains("the model is in model"))
  }

  @Test("Twelve kicks of one caption make a model that can be used")
  func alikeCaptions() throws {
    try FileManager.default.createDirectory(at: directory.file("kicks"), withIntermediateDirectories: false)
    for number in 1...12 { try directory.tone("kicks/kick_\(number).wav", seconds: 0.2 + 0.01 * Double(number)) }
    let run = try hiss(["train", "kicks"] + train.dropFirst(2) + ["--steps", "6"])
    expectSuccess(run)
    #expect(run.errors.contains("all 12 clips have the same caption (\"kick drum\")"), "\(run.errors)")
    _ = try ModelBundle(reading: directory.file("model"))
    expectSuccess(try hiss(["generate", "kick", "--model", "model", "--duration", "0.5", "--output", "clip.wav"]))
    expectSuccess(try hiss(["train", "kicks"] + train.dropFirst(2) + ["--steps", "8"]))
  }

  @Test("A folder that has changed is said; the index keeps what the model learned from before")
  func changedFolder() throws {
    expectSuccess(try hiss(train + ["--steps", "4"]))
    let before = try NoveltyIndex(reading: directory.file("model/novelty.index"))
    #expect(before.clipCount == 3)
    for number in 0..<2 {
      let name = "samples/\(["new", "newer"][number]) tone.wav"
      let samples = (0..<30000).map {
        Float(0.3 * sin(0.01 * Double($0) * Double($0 % 7000) * Double(number + 1) / 900))
      }
      try AudioFile.write(AudioClip(mono: samples, sampleRate: 44100), to: directory.file(name))
    }
    try FileManager.default.removeItem(at: directory.file("samples/low tone.wav"))
    let second = try hiss(train + ["--steps", "6"])
    expectSuccess(second)
    #expect(
      second.errors.contains(
        "the samples have changed since the last run: samples with 3 clips then, samples with 4 clips now"),
      "\(second.errors)")
    #expect(try NoveltyIndex(reading: directory.file("model/novelty.index")).clipCount == 5)
    let third = try hiss(train + ["--steps", "8"])
    expectSuccess(third)
    #expect(!third.errors.contains("changed"), "\(third.errors)")
    #expect(try NoveltyIndex(reading: directory.file("model/novelty.index")).clipCount == 5)
  }

  /// Whether a program can be run that permissions hold for: one of another user than root, or of a root without rights.
  private static let plainUser: [String]? = {
    if geteuid() != 0 { return ["/usr/bin/env"] }
    let setpriv = ["/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    let trial = try? HissProcess.run(
      Array(setpriv.dropFirst()) + ["/bin/true"], in: FileManager.default.temporaryDirectory,
      program: URL(filePath: setpriv[0]))
    return trial?.exitCode == 0 ? setpriv : nil
  }()

  @Test("A sub-folder and a cache that may not be read", .enabled(if: plainUser != nil))
  func permissions() throws {
    let user = try #require(Self.plainUser)
    func run() throws -> HissProcess {
      try HissProcess.run(
        user.dropFirst() + [HissProcess.program.path] + train + ["--steps", "4", "--plan"], in: directory.url,
        program: URL(filePath: user[0]))
    }
    let secret = directory.file("samples/secret")
    try FileManager.default.createDirectory(at: secret, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: secret.path)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: secret.path) }
    let plan = try run()
    expectSuccess(plan)
    #expect(
      plan.errors.contains("the folder cannot be read (Permission denied): secret")
        && plan.errors.contains("3 clips to learn from"), "\(plan.errors)")

    let cache = directory.file("cache")
    let segments = try FileManager.default.subpathsOfDirectory(atPath: cache.path).filter { $0.hasSuffix(".features") }
    #expect(segments.count == 3)
    for segment in segments {
      try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: cache.path + "/" + segment)
    }
    let refused = try run()
    #expect(refused.exitCode == SystemExit.badData && refused.errors.contains("Permission denied"), "\(refused.errors)")
    let after = try FileManager.default.subpathsOfDirectory(atPath: cache.path).filter { $0.hasSuffix(".features") }
    #expect(after.sorted() == segments.sorted())
  }
}
