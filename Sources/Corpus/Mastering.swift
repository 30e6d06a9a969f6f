import Audio
import Foundation

/// Brings a rendering to the level its dynamics ask for, and ends it without a click.
enum Mastering {
  /// No sample goes beyond this: −1 dBFS.
  static let ceiling: Float = 0.891
  static let fadeSeconds = 0.010

  static func master(_ samples: [Float], dynamics: Composition.Dynamics, sampleRate: Int) -> [Float] {
    var result = samples
    let peak = samples.reduce(0) { max($0, abs($1)) }
    guard peak > 0 else { return result }
    let level = AudioClip(mono: samples, sampleRate: sampleRate).soundingDecibels
    let wanted = pow(10, (dynamics.targetDecibels - level) / 20)
    let gain = min(wanted, ceiling / peak)
    for index in result.indices { result[index] *= gain }
    let fade = min(Int(fadeSeconds * Double(sampleRate)), result.count)
    for index in 0..<fade {
      let phase = Float(index) / Float(fade)
      result[result.count - 1 - index] *= 0.5 - 0.5 * cos(.pi * phase)
    }
    return result
  }
}
