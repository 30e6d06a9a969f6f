import Audio
import Foundation
import TestSupport
import Testing

@Suite("Places that cannot be written to")
struct OutputTests {
  /// What is wrong with an output path: the path, the exit code, and what the line must say.
  static let places: [(path: String, code: Int32, words: String)] = [
    ("out.xyz", SystemExit.usage, "out.xyz: the extension"),
    ("out", SystemExit.usage, "the extension"),
    ("in.wav", SystemExit.usage, "in.wav: this is the input"),
    ("./folder/../in.wav", SystemExit.usage, "this is the input"),
    ("nowhere/out.wav", SystemExit.cannotCreate, "nowhere: there is no such folder"),
    ("in.wav/out.wav", SystemExit.cannotCreate, "in.wav: this is a file"),
    ("folder.wav", SystemExit.cannotCreate, "folder.wav: this is a folder"),
    ("/proc/out.wav", SystemExit.cannotCreate, "/proc: nothing can be written here"),
    (String(repeating: "x", count: 300) + ".wav", SystemExit.cannotCreate, "too long"),
  ]

  private func directory() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try directory.tone("in.wav", seconds: 2)
    for name in ["folder", "folder.wav", "folder.png"] {
      try FileManager.default.createDirectory(at: directory.file(name), withIntermediateDirectories: false)
    }
    return directory
  }

  @Test("end in one line and leave everything as it was", arguments: places)
  func vocode(path: String, code: Int32, words: String) throws {
    let directory = try directory()
    let before = try (directory.contents(), Data(contentsOf: directory.file("in.wav")))
    expectFailure(try directory.hiss("vocode", "in.wav", path), code: code, saying: words)
    #expect(try (directory.contents(), Data(contentsOf: directory.file("in.wav"))) == before)
  }

  @Test(
    "Pictures are held to the same",
    arguments: [
      ("out.jpeg", SystemExit.usage, "out.jpeg: the extension"),
      ("in.wav", SystemExit.usage, "in.wav: the extension"),
      ("nowhere/out.png", SystemExit.cannotCreate, "nowhere: there is no such folder"),
      ("folder.png", SystemExit.cannotCreate, "folder.png: this is a folder"),
      ("/proc/out.png", SystemExit.cannotCreate, "/proc: nothing can be written here"),
    ])
  func spectrogram(path: String, code: Int32, words: String) throws {
    let directory = try directory()
    let before = try directory.contents()
    expectFailure(try directory.hiss("spectrogram", "in.wav", path), code: code, saying: words)
    #expect(try directory.contents() == before)
  }

  @Test("A disk that fills up leaves neither the file nor a part of it", arguments: ["vocode", "spectrogram"])
  func fullDisk(command: String) throws {
    let directory = try directory()
    let before = try directory.contents()
    let target = command == "vocode" ? "out.wav" : "out.png"
    // Files of at most 8 kB stand in for a full disk: the write fails halfway.
    let run = try directory.hiss(command, "in.wav", target, limits: "-f 8")
    expectFailure(run, code: SystemExit.cannotCreate, saying: target)
    #expect(try directory.contents() == before)
  }

  @Test(
    "The same of generate, before any model is read",
    arguments: [
      ("clip.xyz", SystemExit.usage, "the extension"),
      ("file/clips", SystemExit.cannotCreate, "file: this is a file"),
      ("/proc/clips", SystemExit.cannotCreate, "/proc/clips: nothing can be written here"),
      ("clips/\(String(repeating: "x", count: 300)).wav", SystemExit.cannotCreate, "too long"),
    ])
  func generate(path: String, code: Int32, words: String) throws {
    let directory = try TemporaryDirectory()
    // A model whose last weights are no numbers: reading them would be another error.
    try SmallModel.write(to: directory.file("model"))
    let weights = try FileHandle(forUpdating: directory.file("model/model.safetensors"))
    try weights.seek(toOffset: weights.seekToEnd() - 2)
    try weights.write(contentsOf: [0xFF, 0xFF])
    try weights.close()
    try Data("x".utf8).write(to: directory.file("file"))
    expectFailure(try directory.hiss("generate", "pad", "--model", "model", "-o", path), code: code, saying: words)
    #expect(try directory.contents() == ["file", "model"])
  }

  @Test(
    "The same of train and corpus, before any sample is read",
    arguments: [
      ["train", "samples", "--output", "file/model"], ["train", "samples", "--output", "/proc/model"],
      ["train", "samples", "--output", "model", "--cache", "file/cache"], ["corpus", "--output", "file"],
      ["corpus", "--output", "/proc/corpus"],
    ])
  func folders(arguments: [String]) throws {
    let directory = try TemporaryDirectory()
    try Data("x".utf8).write(to: directory.file("file"))
    let run = try HissProcess.run(arguments, in: directory.url)
    expectFailure(
      run, code: SystemExit.cannotCreate, saying: arguments.contains { $0.hasPrefix("/proc") } ? "/proc" : "file")
    #expect(try directory.contents() == ["file"])
  }
}
