import Foundation
import Spectra

/// One partial of a note on its way to the frequency that was meant.
///
/// The partial is brought down to 0 Hz and separated from its neighbours by a low-pass. How fast its phase turns there, averaged
/// over a third of a second and weighted by its power, is how far off it is. It is turned back by as much, and what that changes
/// is added to the sound: a frequency shift, which keeps levels, attacks and a vibrato.
struct TunedPartial: Sendable {
  /// Where it belongs, and how far its nearest neighbour is, in hertz.
  let hertz: Double
  let spacing: Double
  /// Samples in which it sounds.
  let span: Range<Int>
  let sampleRate: Double

  /// Seconds to either side over which a deviation is averaged.
  private static let averaged = 0.17
  /// What is off by more is no note out of tune: in cents, or in the hertz that three decibels of level are, and as a share of
  /// the distance to the neighbour.
  private static let farthestCents = 80.0
  private static let farthestHertz = 3.5
  private static let farthestShare = 0.3
  /// What is off by less stays so: nobody hears it, and real notes are.
  private static let leastCents = 3.0
  /// How much of its power turns alike, at least; of noise next to nothing does.
  private static let leastCoherence = 0.6
  /// The low-pass in periods of the neighbour's distance, no shorter than so many seconds; and its samples for one of what
  /// comes out of it.
  private static let lowPassPeriods = 4.4
  private static let shortestLowPass = 0.025
  private static let reduction = 16
  /// Seconds over which a correction ends with its note.
  private static let fade = 0.05

  /// What has to be added to the samples of the span.
  func correction(of samples: [Float]) -> [Float] {
    let filter = lowPass()
    let hop = max(1, filter.count / Self.reduction)
    let count = (span.count + hop - 1) / hop + 1
    let carrier = carrier(from: span.lowerBound - filter.count / 2, count: (count - 1) * hop + filter.count)
    var band = baseband(samples, carrier, filter, hop: hop, count: count)
    turn(&band, hop: hop)
    return passband(band, carrier, filter, hop: hop)
  }

  /// A windowed sinc of odd length whose sum is 1.
  private func lowPass() -> [Float] {
    let seconds = max(Self.shortestLowPass, Self.lowPassPeriods / spacing)
    let half = Int(seconds * sampleRate / 2)
    let cutoff = 0.5 * Self.lowPassPeriods / seconds / sampleRate
    let taps = (-half...half).map { tap -> Double in
      let angle = 2 * Double.pi * cutoff * Double(tap)
      let window = 0.5 + 0.5 * cos(Double.pi * Double(tap) / Double(half + 1))
      return window * (tap == 0 ? 1 : sin(angle) / angle)
    }
    let sum = taps.reduce(0, +)
    return taps.map { Float($0 / sum) }
  }

  /// Cosine and sine of the frequency's phase from a sample on: turned from one to the next, and set right now and then.
  private func carrier(from first: Int, count: Int) -> (cosines: [Float], sines: [Float]) {
    var (cosines, sines) = ([Float](repeating: 0, count: count), [Float](repeating: 0, count: count))
    let turns = hertz / sampleRate
    let (stepCosine, stepSine) = (cos(2 * Double.pi * turns), sin(2 * Double.pi * turns))
    for start in stride(from: 0, to: count, by: 512) {
      let phase = 2 * Double.pi * (turns * Double(first + start)).truncatingRemainder(dividingBy: 1)
      var (cosine, sine) = (cos(phase), sin(phase))
      for index in start..<min(count, start + 512) {
        (cosines[index], sines[index]) = (Float(cosine), Float(sine))
        (cosine, sine) = (cosine * stepCosine - sine * stepSine, cosine * stepSine + sine * stepCosine)
      }
    }
    return (cosines, sines)
  }

  /// The partial brought down to 0 Hz: real and imaginary parts, one for every hop of the span.
  private func baseband(
    _ samples: [Float], _ carrier: (cosines: [Float], sines: [Float]), _ filter: [Float], hop: Int, count: Int
  ) -> [SIMD2<Double>] {
    let first = span.lowerBound - filter.count / 2
    var (real, imaginary) = (carrier.cosines, carrier.sines)
    for position in real.indices {
      let sample = first + position
      let value = sample >= 0 && sample < samples.count ? samples[sample] : 0
      real[position] *= value
      imaginary[position] *= -value
    }
    return filter.withUnsafeBufferPointer { filter in
      real.withUnsafeBufferPointer { real in
        imaginary.withUnsafeBufferPointer { imaginary in
          guard let taps = filter.baseAddress, let real = real.baseAddress, let imaginary = imaginary.baseAddress
          else { return [] }
          return (0..<count).map { index in
            SIMD2(
              Double(weightedSum(taps, real + index * hop, filter.count)),
              Double(weightedSum(taps, imaginary + index * hop, filter.count)))
          }
        }
      }
    }
  }

  /// Puts in place of a band what turning it back to its frequency changes of it.
  private func turn(_ band: inout [SIMD2<Double>], hop: Int) {
    let steps = zip(band, band.dropFirst()).map { now, next in
      // next · conj(now)
      SIMD2(next.x * now.x + next.y * now.y, next.y * now.x - next.x * now.y)
    }
    let reach = max(1, Int(Self.averaged * sampleRate / Double(hop)))
    let weights = (-reach...reach).map { 0.5 + 0.5 * cos(Double.pi * Double($0) / Double(reach + 1)) }
    var angle = 0.0
    for index in band.indices {
      let now = band[index]
      let (cosine, sine) = (cos(angle) - 1, sin(angle))
      band[index] = SIMD2(now.x * cosine - now.y * sine, now.x * sine + now.y * cosine)
      angle -= advance(steps, at: index, weights, hop: hop)
    }
  }

  /// How far the phase turns too far in a hop, in radians; 0 where nothing clear does.
  private func advance(_ steps: [SIMD2<Double>], at index: Int, _ weights: [Double], hop: Int) -> Double {
    let reach = weights.count / 2
    var (sum, power) = (SIMD2<Double>.zero, 0.0)
    for other in max(0, index - reach)..<max(0, min(steps.count, index + reach + 1)) {
      sum += weights[other - index + reach] * steps[other]
      power += weights[other - index + reach] * (steps[other] * steps[other]).sum().squareRoot()
    }
    guard power > 0, (sum * sum).sum().squareRoot() > Self.leastCoherence * power else { return 0 }
    let radians = atan2(sum.y, sum.x)
    let off = radians / (2 * Double.pi) * sampleRate / Double(hop)
    let least = hertz * (exp2(Self.leastCents / 1200) - 1)
    let farthest = min(
      max(hertz * (exp2(Self.farthestCents / 1200) - 1), Self.farthestHertz), Self.farthestShare * spacing)
    guard abs(off) <= farthest, abs(off) > least else { return 0 }
    return radians * (1 - least / abs(off))
  }

  /// A band brought up again, as samples of the span.
  private func passband(
    _ band: [SIMD2<Double>], _ carrier: (cosines: [Float], sines: [Float]), _ filter: [Float], hop: Int
  ) -> [Float] {
    let half = filter.count / 2
    let length = carrier.cosines.count
    var (real, imaginary) = ([Float](repeating: 0, count: length), [Float](repeating: 0, count: length))
    for (index, value) in band.enumerated() where value != .zero {
      Self.add(filter, times: Float(value.x) * Float(hop), to: &real, at: index * hop)
      Self.add(filter, times: Float(value.y) * Float(hop), to: &imaginary, at: index * hop)
    }
    let fade = Int(Self.fade * sampleRate)
    return (0..<span.count).map { offset in
      let place = offset + half
      let left = min(1, Float(span.count - offset) / Float(fade))
      return 2 * left * (real[place] * carrier.cosines[place] - imaginary[place] * carrier.sines[place])
    }
  }

  private static func add(_ values: [Float], times factor: Float, to sums: inout [Float], at start: Int) {
    values.withUnsafeBufferPointer { values in
      sums.withUnsafeMutableBufferPointer { sums in
        guard let from = values.baseAddress, let to = sums.baseAddress else { return }
        for index in 0..<values.count { to[start + index] += factor * from[index] }
      }
    }
  }
}
