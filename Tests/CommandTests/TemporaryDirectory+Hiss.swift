import Audio
import Foundation
import TestSupport

extension TemporaryDirectory {
  /// Runs `hiss` here.
  func hiss(
    _ arguments: String..., environment: [String: String] = [:], limits: String? = nil, input: String = "",
    redirects: String = ""
  ) throws -> HissProcess {
    try HissProcess.run(
      arguments, in: url, environment: environment, limits: limits, input: input, redirects: redirects)
  }

  /// Writes a mono tone of 0.5 at 220 Hz.
  func tone(_ name: String, seconds: Double = 0.5, sampleRate: Int = 44100) throws {
    let samples = (0..<Int(seconds * Double(sampleRate))).map {
      0.5 * Float(sin(2 * .pi * 220 * Double($0) / Double(sampleRate)))
    }
    try AudioFile.write(AudioClip(mono: samples, sampleRate: sampleRate), to: file(name))
  }
}
