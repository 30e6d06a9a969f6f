import Audio
import Foundation
import Pictures
import TestSupport
import Testing

/// Nothing of the user's is written over unasked, and no input ever.
@Suite("Files that are there already", .enabled(if: TextEncoder.isPresent))
struct ReplacingTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    try directory.tone("take.wav", seconds: 0.4)
  }

  static let clip = ["--model", "model", "--duration", "0.2", "--steps", "1", "--vocoder-iterations", "1"]

  /// Runs a command that must leave a file as it is.
  func refuses(
    _ arguments: [String], keeping name: String, code: Int32 = SystemExit.cannotCreate, saying words: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = name.hasPrefix("/") ? URL(filePath: name) : directory.file(name)
    let (before, names) = (try Data(contentsOf: file), try directory.contents())
    let run = try HissProcess.run(arguments, in: directory.url)
    #expect(run.exitCode == code, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.errorLines.last?.hasPrefix("hiss: ") == true, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.errorLines.last?.contains(words) == true, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(try Data(contentsOf: file) == before, "\(name)", sourceLocation: sourceLocation)
    #expect(try directory.contents() == names, sourceLocation: sourceLocation)
  }

  @Test("An input is never replaced, forced or not", arguments: [[], ["--force"]])
  func inputs(force: [String]) throws {
    try FileManager.default.createSymbolicLink(
      at: directory.file("link.wav"), withDestinationURL: directory.file("take.wav"))
    try FileManager.default.linkItem(at: directory.file("take.wav"), to: directory.file("hard.wav"))
    let (take, input) = ("take.wav", "this is the input itself")
    let edit = ["generate", "pad", "--init-audio", take] + Self.clip + force
    for output in ["take.wav", "./take.wav", "link.wav", "hard.wav", directory.file("take.wav").path] {
      try refuses(edit + ["-o", output], keeping: output, code: SystemExit.usage, saying: input)
    }
    let others = [
      ["generate", "pad", "--continue-from", take, "-o", take, "--duration", "1", "--model", "model"],
      ["generate", "pad", "--follow", take, "-o", take] + Self.clip, ["vocode", take, "link.wav"],
      ["vocode", "link.wav", take],
    ]
    for command in others { try refuses(command + force, keeping: take, code: SystemExit.usage, saying: input) }
  }

  @Test func anotherFileIsReplacedOnlyWhenToldTo() throws {
    let there = "this file is there already"
    let make = ["generate", "pad", "--seed", "1"] + Self.clip
    try refuses(make + ["-o", "take.wav"], keeping: "take.wav", saying: there)
    try refuses(["vocode", "take.wav", "take.wav"], keeping: "take.wav", code: SystemExit.usage, saying: "input")
    expectSuccess(try HissProcess.run(make + ["-o", "mine.wav"], in: directory.url))
    let first = try Data(contentsOf: directory.file("mine.wav"))
    // The same request again; another one; another one when told to.
    expectSuccess(try HissProcess.run(make + ["-o", "mine.wav"], in: directory.url))
    #expect(try Data(contentsOf: directory.file("mine.wav")) == first)
    try refuses(make + ["-o", "mine.wav", "--steps", "2"], keeping: "mine.wav", saying: there)
    try refuses(["vocode", "take.wav", "mine.wav"], keeping: "mine.wav", saying: there)
    let many = ["generate", "pad", "--count", "2", "--seed", "7"] + Self.clip + ["-o", "many.wav"]
    try Data("text".utf8).write(to: directory.file("many-8.wav"))
    try refuses(many, keeping: "many-8.wav", saying: "many-8.wav: \(there)")
    expectSuccess(try HissProcess.run(many + ["--force"], in: directory.url))
    expectSuccess(try HissProcess.run(make + ["-o", "mine.wav", "--steps", "2", "--force"], in: directory.url))
    #expect(try Data(contentsOf: directory.file("mine.wav")) != first)
    // A link that leads nowhere is there too.
    try FileManager.default.createSymbolicLink(
      at: directory.file("to.wav"), withDestinationURL: directory.file("nowhere.wav"))
    let dangling = try HissProcess.run(make + ["-o", "to.wav"], in: directory.url)
    #expect(dangling.exitCode == SystemExit.cannotCreate && dangling.errors.contains(there))
  }

  @Test func pictures() throws {
    let there = "this file is there already"
    try Data("my cover".utf8).write(to: directory.file("mine.png"))
    let make = ["generate", "pad", "--seed", "1", "--picture"] + Self.clip
    try refuses(make + ["-o", "mine.wav"], keeping: "mine.png", saying: "mine.png: \(there)")
    try refuses(["spectrogram", "take.wav", "mine.png"], keeping: "mine.png", saying: there)
    expectSuccess(try HissProcess.run(make + ["-o", "yours.wav"], in: directory.url))
    expectSuccess(try HissProcess.run(make + ["-o", "yours.wav"], in: directory.url))
    try refuses(make + ["-o", "yours.wav", "--seed", "2"], keeping: "yours.png", saying: there)
    expectSuccess(try directory.hiss("spectrogram", "take.wav", "mine.png", "--force"))
    #expect(try Picture(contentsOf: directory.file("mine.png")).width > 640)
    // In a folder clips look for names whose pictures are free as well.
    for folder in ["out", "ideas"] {
      try FileManager.default.createDirectory(at: directory.file(folder), withIntermediateDirectories: false)
    }
    for name in ["out/pad_01.png", "ideas/lofi_01.png"] { try Data("cover".utf8).write(to: directory.file(name)) }
    for _ in 0..<2 { expectSuccess(try HissProcess.run(make + ["-o", "out"], in: directory.url)) }
    let idea = [
      "idea", "lofi piano", "--model", "model", "--steps", "1", "--bars", "1", "--picture", "-o", "ideas", "--name",
      "lofi_{take}",
    ]
    for _ in 0..<2 { expectSuccess(try HissProcess.run(idea + ["--seed", "4"], in: directory.url)) }
    func names(_ folder: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: directory.file(folder).path).sorted()
    }
    #expect(try names("out") == ["pad_01.png", "pad_02.png", "pad_02.wav"])
    #expect(try names("ideas") == ["lofi_01.png", "lofi_02.mid", "lofi_02.png", "lofi_02.wav"])
    for name in ["out/pad_01.png", "ideas/lofi_01.png"] {
      #expect(try String(contentsOf: directory.file(name), encoding: .utf8) == "cover")
    }
  }

  @Test func replaysAndMorphs() throws {
    let make = ["generate", "pad", "--seed", "1"] + Self.clip
    expectSuccess(try HissProcess.run(make + ["-o", "a.wav"], in: directory.url))
    try refuses(["replay", "a.wav", "-o", "a.wav"], keeping: "a.wav", code: SystemExit.usage, saying: "input")
    try refuses(
      ["replay", "a.wav", "-o", "a.wav", "--force"], keeping: "a.wav", code: SystemExit.usage, saying: "input")
    try refuses(["replay", "a.wav", "-o", "take.wav"], keeping: "take.wav", saying: "there already")
    try refuses(["replay", "a.wav", "-o", "b.xyz"], keeping: "a.wav", code: SystemExit.usage, saying: "extension")
    for _ in 0..<2 { expectSuccess(try directory.hiss("replay", "a.wav", "-o", "b.wav", "--model", "model")) }
    #expect(try Data(contentsOf: directory.file("a.wav")) == Data(contentsOf: directory.file("b.wav")))
    try refuses(
      ["replay", "a.wav", "--set", "seed=3", "-o", "b.wav", "--model", "model"], keeping: "b.wav",
      saying: "there already")
    let morph = ["morph", "a.wav", "b.wav", "--model", "model", "--count", "2"]
    try FileManager.default.moveItem(at: directory.file("a.wav"), to: directory.file("m-1.wav"))
    try refuses(
      ["morph", "m-1.wav", "b.wav", "-o", "m.wav", "--force"] + morph.suffix(4), keeping: "m-1.wav",
      code: SystemExit.usage, saying: "input")
  }

  @Test func pagesReplaceThemselvesAlone() throws {
    let clips = ["generate", "pad", "--count", "2", "--seed", "1", "-o", "clips"] + Self.clip
    expectSuccess(try HissProcess.run(clips, in: directory.url))
    try Data("<html>my page".utf8).write(to: directory.file("clips/index.html"))
    try refuses(["sheet", "clips"], keeping: "clips/index.html", saying: "there already")
    expectSuccess(try directory.hiss("sheet", "clips", "--force"))
    expectSuccess(try directory.hiss("sheet", "clips"))
    try refuses(
      ["sheet", "clips", "-o", "take.wav"], keeping: "take.wav", code: SystemExit.usage, saying: "extension")
    try refuses(
      ["sheet", "clips", "-o", "take.wav", "--force"], keeping: "take.wav", code: SystemExit.usage,
      saying: "extension")
    try FileManager.default.copyItem(at: directory.file("clips"), to: directory.file("more"))
    try refuses(["sheet", "more"], keeping: "more/index.html", saying: "there already")
    try Data(#"{"id":"a","prompt":"pad"}"#.utf8).write(to: directory.file("jobs.jsonl"))
    try refuses(
      ["batch", "jobs.jsonl", "-o", "more", "--model", "model", "--sheet"], keeping: "more/index.html",
      saying: "index.html: this file is there already")
    try FileManager.default.createDirectory(at: directory.file("report"), withIntermediateDirectories: false)
    try Data("<html>thesis".utf8).write(to: directory.file("report/index.html"))
    try FileManager.default.createDirectory(at: directory.file("samples"), withIntermediateDirectories: false)
    try refuses(
      ["evaluate", "model", "--dataset", "samples", "-o", "report"], keeping: "report/index.html",
      saying: "there already")
    try Data("{}".utf8).write(to: directory.file("before.json"))
    try refuses(["bench", "--json", "before.json"], keeping: "before.json", saying: "there already")
  }

  @Test("Nothing is called - or nothing", arguments: ["-", ""])
  func names(output: String) throws {
    let before = try directory.contents()
    for command in [
      ["generate", "pad", "--model", "model", "--output"], ["idea", "pad", "--model", "model", "--output"],
      ["morph", "pad", "organ", "--model", "model", "--output"], ["vocode", "take.wav"],
      ["spectrogram", "take.wav"], ["sheet", ".", "--output"], ["corpus", "--output"],
      ["train", "samples", "--output"], ["evaluate", "model", "--dataset", "samples", "--output"],
    ] {
      let run = try HissProcess.run(command + [output], in: directory.url)
      #expect(run.exitCode == SystemExit.usage && run.errorLines.count == 1, "\(command): \(run.errors)")
      #expect(run.errors.contains("names nothing to write to"), "\(command): \(run.errors)")
    }
    #expect(try directory.contents() == before)
  }
}
