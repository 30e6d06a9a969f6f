import Audio
import Foundation
import TestSupport
import Testing

@Suite("Sounds that cannot be read")
struct InputTests {
  enum Damage: CaseIterable {
    case missing, empty, folder, text, notFinite, truncated, noFrames
  }

  static let commands = [["vocode", "in.wav", "out.wav"], ["spectrogram", "in.wav", "out.png"]]

  @Test("end in one line and leave nothing", arguments: commands, Damage.allCases)
  func damaged(command: [String], damage: Damage) throws {
    let directory = try TemporaryDirectory()
    let sound = directory.file("in.wav")
    let silence = [UInt8](repeating: 0, count: 4000)
    switch damage {
    case .missing: break
    case .empty: try Data().write(to: sound)
    case .folder: try FileManager.default.createDirectory(at: sound, withIntermediateDirectories: false)
    case .text: try Data("this is no sound\n".utf8).write(to: sound)
    case .notFinite:
      let bad = withUnsafeBytes(of: Float.nan.bitPattern.littleEndian) { Array($0) }
      try Data(RawWave(data: silence + bad).bytes).write(to: sound)
    case .truncated: try Data(RawWave(data: silence, claimedByteCount: 40_000).bytes).write(to: sound)
    case .noFrames: try Data(RawWave(data: []).bytes).write(to: sound)
    }
    let before = try directory.contents()
    let run = try HissProcess.run(command, in: directory.url)
    expectFailure(run, code: damage == .missing ? SystemExit.noInput : SystemExit.badData, saying: "in.wav: ")
    #expect(try directory.contents() == before)
  }

  @Test(
    "Folders that cannot be learned from", .enabled(if: TextEncoder.isPresent),
    arguments: ["missing", "empty", "file", "broken"])
  func samples(kind: String) throws {
    let directory = try TemporaryDirectory()
    let samples = directory.file("samples")
    switch kind {
    case "empty": try FileManager.default.createDirectory(at: samples, withIntermediateDirectories: false)
    case "file": try Data("x".utf8).write(to: samples)
    case "broken":
      try FileManager.default.createDirectory(at: samples, withIntermediateDirectories: false)
      try Data("x".utf8).write(to: directory.file("samples/kick.wav"))
    default: break
    }
    let run = try directory.hiss("train", "samples", "--output", "model")
    let isMissing = kind == "missing" || kind == "file"
    expectFailure(run, code: isMissing ? SystemExit.noInput : SystemExit.badData, saying: "samples")
    #expect(!FileManager.default.fileExists(atPath: directory.file("model").path))
  }
}

/// A mono float WAV of given bytes, at 44.1 kHz.
struct RawWave {
  var data: [UInt8]
  var claimedByteCount: Int?

  var bytes: [UInt8] {
    let count = UInt32(claimedByteCount ?? data.count)
    var bytes = Array("RIFF".utf8) + little(36 + count) + Array("WAVEfmt ".utf8) + little(UInt32(16))
    bytes += little(UInt16(3)) + little(UInt16(1)) + little(UInt32(44100)) + little(UInt32(4 * 44100))
    return bytes + little(UInt16(4)) + little(UInt16(32)) + Array("data".utf8) + little(count) + data
  }

  private func little(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
