import Foundation
import Spectra

/// Where the lowest partials of a note lie, and so how much it is out of tune.
package struct NotePitch: Sendable {
  /// Zero-padded, so that a bin is a sixth of a hertz.
  private static let length = 1 << 18
  private static let partialCount = 6
  /// How far from its place a partial may lie, in cents, and to either side of its peak it is averaged over, which of a
  /// vibrato is its middle.
  private static let farthest = 90.0
  private static let averaged = 40.0
  /// A fundamental this many decibels beneath the loudest partial is what is heard as the pitch.
  private static let audible = -20.0
  private static let longestSeconds = 2.0

  /// Where in a sound it is measured from.
  package enum Beginning: Sendable {
    /// 80 ms behind the first block, of 20 ms, that comes within 6 dB of the loudest: of a held note, whose level
    /// wavers, the loudest may be its last, and the pitch of a fifth of a second is none.
    case risen
    /// 80 ms behind the first within 1 dB of it, as files of revision 3 were measured.
    case loudest

    /// Of the loudest block's power.
    fileprivate var share: Float { self == .risen ? 0.25 : 0.8 }
  }

  private let plan = FourierPlan(length: length)
  private let beginning: Beginning

  package init(from beginning: Beginning = .risen) { self.beginning = beginning }

  /// How far a note lies from where it belongs.
  package struct Deviation: Sendable, Equatable {
    /// How many cents it sounds too high.
    package var cents: Double
    /// How far its fundamental and its loudest partials are from each other, or the pitch of its first half from that
    /// of its second, whichever is more, in cents.
    package var spread: Double
  }

  /// How far a sound lies above a MIDI key, in cents; nil where nothing sounds near it, or more than half a semitone
  /// away.
  package func cents(of samples: [Float], sampleRate: Int, key: Int) -> Double? {
    let hertz = 440 * exp2(Double(key - 69) / 12)
    let cents = deviation(of: samples, sampleRate: sampleRate, hertz: hertz)?.cents
    return cents.flatMap { abs($0) <= 50 ? $0 : nil }
  }

  /// How far a note lies from a frequency; nil where nothing sounds near it and its overtones.
  package func deviation(of samples: [Float], sampleRate: Int, hertz: Double) -> Deviation? {
    let part = sounding(samples, sampleRate: sampleRate)
    guard var whole = deviation(of: part, sampleRate: sampleRate, hertz: hertz) else { return nil }
    let half = part.count / 2
    let halves = [part.prefix(half), part.suffix(half)].compactMap {
      deviation(of: $0, sampleRate: sampleRate, hertz: hertz)?.cents
    }
    if halves.count == 2, half > sampleRate / 2 { whole.spread = max(whole.spread, abs(halves[0] - halves[1])) }
    return whole
  }

  private func deviation(of part: ArraySlice<Float>, sampleRate: Int, hertz: Double) -> Deviation? {
    guard part.count > sampleRate / 10 else { return nil }
    let power = power(part)
    let bin = Double(sampleRate) / Double(Self.length)
    // What a steady tone fills to either side of its place.
    let width = 2 * Double(sampleRate) / Double(part.count)
    let found = (1...Self.partialCount).compactMap { order -> (cents: Double, power: Double)? in
      let place = hertz * Double(order)
      guard let peak = Self.peak(power, bin: bin, at: place, width: width) else { return nil }
      return (1200 * log2(peak.hertz / place), peak.power)
    }
    guard let first = found.first, let loudest = found.map(\.power).max(), loudest > 0 else { return nil }
    let weights = found.map(\.power).map { $0.squareRoot() }
    let mean = zip(weights, found).reduce(0) { $0 + $1.0 * $1.1.cents } / weights.reduce(0, +)
    let isHeard = 10 * log10(first.power / loudest + 1e-12) > Self.audible
    return Deviation(cents: isHeard ? first.cents : mean, spread: abs(first.cents - mean))
  }

  /// From its beginning on, as long as the note sounds.
  private func sounding(_ samples: [Float], sampleRate: Int) -> ArraySlice<Float> {
    let block = max(1, sampleRate / 50)
    let powers = stride(from: 0, to: samples.count - block + 1, by: block).map { start in
      samples[start..<start + block].reduce(Float(0)) { $0 + $1 * $1 }
    }
    guard let loudest = powers.max(), loudest > 0,
      let start = powers.firstIndex(where: { $0 > beginning.share * loudest })
    else { return [] }
    let end = powers[start...].firstIndex { $0 < loudest / 900 } ?? powers.count
    let first = min(start + 4, max(start, end - 10)) * block
    return samples[first..<min(end * block, first + Int(Self.longestSeconds * Double(sampleRate)))]
  }

  private func power(_ part: ArraySlice<Float>) -> [Double] {
    let samples = AlignedBuffer(count: Self.length)
    let spectrum = AlignedBuffer(count: 2 * plan.binCount)
    let count = min(part.count, Self.length)
    for (index, value) in part.prefix(count).enumerated() {
      samples.base[index] = value * Float(0.5 - 0.5 * cos(2 * Double.pi * Double(index) / Double(count)))
    }
    for index in count..<Self.length { samples.base[index] = 0 }
    plan.forward(samples.base, into: spectrum.base)
    return (0..<plan.binCount).map { bin in
      let (real, imaginary) = (Double(spectrum.base[2 * bin]), Double(spectrum.base[2 * bin + 1]))
      return real * real + imaginary * imaginary
    }
  }

  /// The tone near a frequency: where the energy around the highest peak lies on average.
  private static func peak(
    _ power: [Double], bin: Double, at hertz: Double, width: Double
  ) -> (hertz: Double, power: Double)? {
    let low = max(1, Int(hertz * exp2(-farthest / 1200) / bin))
    let high = Int((hertz * exp2(farthest / 1200) / bin).rounded(.up))
    guard high + 2 < power.count, let top = (low...high).max(by: { power[$0] < power[$1] }) else { return nil }
    let reach = max(hertz * (exp2(averaged / 1200) - 1), width) / bin
    var (place, total) = (Double(top), 0.0)
    for _ in 0..<5 {
      var sum = 0.0
      total = 0
      for index in max(1, Int(place - reach))...min(power.count - 1, Int(place + reach) + 1) {
        let share = power[index] * min(1, max(0, reach + 0.5 - abs(Double(index) - place)))
        total += share
        sum += share * Double(index)
      }
      guard total > 0 else { return nil }
      place = sum / total
    }
    return (place * bin, total)
  }
}
