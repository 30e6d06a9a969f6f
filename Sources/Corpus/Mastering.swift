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
    let level = soundingDecibels(samples, sampleRate: sampleRate)
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

  /// Level over the tenths of a second within 25 dB of the loudest, so that silence between and after notes does not count.
  static func soundingDecibels(_ samples: [Float], sampleRate: Int) -> Float {
    let window = max(sampleRate / 10, 1)
    let powers = stride(from: 0, to: samples.count, by: window).map { start in
      let end = min(start + window, samples.count)
      return samples[start..<end].reduce(Float(0)) { $0 + $1 * $1 } / Float(end - start)
    }
    guard let loudest = powers.max(), loudest > 0 else { return -.infinity }
    let sounding = powers.filter { $0 > loudest * 0.00316 }
    return 10 * log10(sounding.reduce(0, +) / Float(sounding.count))
  }
}
