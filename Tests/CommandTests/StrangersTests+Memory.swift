import Foundation
import TestSupport
import Testing

extension StrangersTests {
  /// Writes a file of 3 GB that takes no room: a header, and nothing behind it.
  private func sparse(_ name: String, _ head: [UInt8] = []) throws {
    let url = try directory.write(head, as: name)
    let file = try FileHandle(forWritingTo: url)
    try file.truncate(atOffset: 3 << 30)
    try file.close()
  }

  private static let limit = "-v \(900 * 1024)"

  @Test("Large files that hold nothing are told by what they are, where memory is short too")
  func sparseFiles() throws {
    try sparse("Models/small/novelty.index")
    try sparse("song.mid")
    try sparse("take.wav")
    try sparse("jobs.jsonl")
    let quick = ["--model", "small", "--duration", "0.3", "--steps", "1", "-o", "x.wav"]
    let cases: [([String], Int32, String)] = [
      (
        ["generate", "pad", "--novelty", "0.5"] + quick, SystemExit.badData, "novelty.index: not a whole novelty index"
      ),
      (
        ["generate", "pad", "--midi", "song.mid"] + quick, SystemExit.badData, "song.mid: MIDI file of 3221225472 bytes"
      ),
      (["generate", "pad", "--init-audio", "take.wav"] + quick, SystemExit.badData, "take.wav"),
      (["batch", "jobs.jsonl", "-o", "clips", "--model", "small"], SystemExit.noInput, "jobs.jsonl"),
    ]
    for (arguments, code, words) in cases {
      let run = try HissProcess.run(arguments, in: directory.url, limits: Self.limit)
      expectFailure(run, code: code, saying: words)
      #expect(!run.errors.contains("Cocoa"), "\(run.errors)")
    }
    try sparse("Models/small/model.safetensors")
    let model = try HissProcess.run(["generate", "pad"] + quick, in: directory.url, limits: Self.limit)
    expectFailure(model, code: SystemExit.badData, saying: "model.safetensors: malformed safetensors header")
  }

  @Test("Weights that are too large for the memory that is left are told as memory")
  func largeWeights() throws {
    let header = #"{"a":{"dtype":"F32","shape":[805306368],"data_offsets":[0,3221225472]}}"#
    let head = (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) } + Array(header.utf8)
    let url = directory.file("Models/small/model.safetensors")
    try Data(head).write(to: url)
    let file = try FileHandle(forWritingTo: url)
    try file.truncate(atOffset: UInt64(head.count) + 3 << 30)
    try file.close()
    let run = try directory.hiss("generate", "pad", "--model", "small", "-o", "x.wav", limits: Self.limit)
    expectFailure(run, code: 71, saying: "there is not enough memory")
    // A list wants no weights.
    let list = try directory.hiss("models", limits: Self.limit)
    expectSuccess(list)
    #expect(list.output.contains("small: 805.3 M parameters"), "\(list.output)")
  }

  @Test("What outgrows a limit is told in the system's words", arguments: ["out.wav", "out.flac", "out.png", "ideas"])
  func fileLimits(name: String) throws {
    try directory.tone("take.wav", seconds: 3)
    let command =
      switch name {
      case "out.png": ["spectrogram", "take.wav", name]
      case "ideas": ["idea", "piano", "--model", "small", "--steps", "1", "--bars", "1", "-o", name]
      default: ["vocode", "take.wav", name, "--iterations", "0"]
      }
    let run = try HissProcess.run(command, in: directory.url, limits: "-f 8")
    #expect([SystemExit.cannotCreate, SystemExit.inputOutput].contains(run.exitCode), "\(run.errors)")
    #expect(run.errors.contains("File too large") && !run.errors.contains("Cocoa"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: directory.file(name).path))
  }
}
