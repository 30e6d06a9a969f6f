import Audio
import Foundation

/// A directory of its own for one test, removed with it.
final class TemporaryDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "hiss-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func file(_ name: String) -> URL { url.appending(path: name) }

  /// The names of all that lies in it, hidden files too.
  func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  /// Runs `hiss` here.
  func hiss(
    _ arguments: String..., environment: [String: String] = [:], limits: String? = nil, input: String = ""
  ) throws -> HissProcess {
    try HissProcess.run(arguments, in: url, environment: environment, limits: limits, input: input)
  }

  /// Writes a mono tone of 0.5 at 220 Hz.
  func tone(_ name: String, seconds: Double = 0.5, sampleRate: Int = 44100) throws {
    let samples = (0..<Int(seconds * Double(sampleRate))).map {
      0.5 * Float(sin(2 * .pi * 220 * Double($0) / Double(sampleRate)))
    }
    try AudioFile.write(AudioClip(mono: samples, sampleRate: sampleRate), to: file(name))
  }

  /// Writes raw bytes under a name.
  func write(_ bytes: [UInt8], as name: String) throws -> URL {
    try Data(bytes).write(to: file(name))
    return file(name)
  }
}
