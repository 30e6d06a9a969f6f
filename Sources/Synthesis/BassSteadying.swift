import Foundation
package import Spectra

/// Takes the flutter out of generated bass: a bilateral filter over time (Tomasi and Manduchi 1998) of the bands that are
/// single bins.
///
/// Levels of these bands flutter by a quarter more from frame to frame than in recordings, and what flutters smears over
/// its neighbouring semitones, which lie within a bin there. So each is moved towards those around it that differ by no
/// more than flutter does; an attack, which differs by far more, stays where it is. As strong as it takes for the
/// flutter of recordings (docs/experiments/bass-steadying.md).
package struct BassSteadying: Sendable {
  /// Frames to either side that are looked at, and the deviation of their weights, in frames.
  private static let reach = 3
  private static let deviation: Float = 1.5
  /// The deviation of what counts as flutter.
  private static let decibels: Float = 3
  /// How far below the loudest level of these bands tones are heard. What is softer is noise, which flutters as it should.
  private static let rangeDecibels: Float = 30

  /// The lowest bands, each of which is a bin.
  package let steadiedBandCount: Int
  /// By distance in frames, 0 … `reach`.
  private let weights: [Float]
  /// What the square of a difference of two values is multiplied by, in the exponent.
  private let sharpness: Float
  /// `rangeDecibels`, as a difference of values.
  private let range: Float

  package init(_ mel: MelConfiguration) {
    let places = MelFilterbank.warped(mel).centerHertz.map { $0 / mel.binHertz }
    steadiedBandCount = zip(places, places.dropFirst()).prefix { $1 - $0 < 1 + 1e-6 }.count
    weights = (0...Self.reach).map { exp(-Float($0 * $0) / (2 * Self.deviation * Self.deviation)) }
    let decibelsPerUnit = Float(-mel.floorDecibels) / 2
    let deviation = Self.decibels / decibelsPerUnit
    sharpness = -1 / (2 * deviation * deviation)
    range = Self.rangeDecibels / decibelsPerUnit
  }

  /// The frames with steady bass.
  /// - Parameter isCircular: whether the last frame is followed by the first.
  package func steadied(_ frames: MelFrames, isCircular: Bool) -> MelFrames {
    var values = frames.values
    let lines = (0..<steadiedBandCount).map { band in
      stride(from: band, to: values.count, by: frames.bandCount).map { values[$0] }
    }
    let loudest = lines.joined().max() ?? MelFrames.silence
    for (band, line) in lines.enumerated() {
      for (frame, steady) in steadied(line, isCircular: isCircular).enumerated() where line[frame] > loudest - range {
        values[frame * frames.bandCount + band] = steady
      }
    }
    return MelFrames(bandCount: frames.bandCount, values: values)
  }

  /// One band over time.
  private func steadied(_ line: [Float], isCircular: Bool) -> [Float] {
    let count = line.count
    let reach = isCircular ? min(Self.reach, (count - 1) / 2) : min(Self.reach, count - 1)
    var (sums, totals) = (line, [Float](repeating: 1, count: count))
    for step in stride(from: 1, through: reach, by: 1) {
      // Of each frame and the one that is so many later; both look at each other.
      let later = (0..<(isCircular ? count : count - step)).map { $0 + step < count ? $0 + step : $0 + step - count }
      let near = later.enumerated().map { frame, other in
        weights[step] * exp(sharpness * (line[other] - line[frame]) * (line[other] - line[frame]))
      }
      for (frame, other) in later.enumerated() {
        sums[frame] += near[frame] * line[other]
        totals[frame] += near[frame]
      }
      for (frame, other) in later.enumerated() {
        sums[other] += near[frame] * line[frame]
        totals[other] += near[frame]
      }
    }
    return zip(sums, totals).map { $0 / $1 }
  }
}
