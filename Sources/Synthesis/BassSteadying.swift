import Foundation
package import Spectra

/// Takes the flutter out of generated bass: a bilateral filter over time (Tomasi and Manduchi 1998) of the bands that are
/// single bins.
///
/// Levels of these bands flutter by a quarter more from frame to frame than in recordings, and what flutters smears over
/// its neighbouring semitones, which lie within a bin there. So each is moved towards those around it that differ by no
/// more than flutter does; an attack, which differs by far more, stays where it is. As strong as it takes for the
/// flutter of recordings (docs/DESIGN.md, "Bass is steadied").
package struct BassSteadying: Sendable {
  /// Frames to either side that are looked at, and the deviation of their weights, in frames.
  private static let reach = 3
  private static let deviation: Float = 1.5
  /// The deviation of what counts as flutter.
  private static let decibels: Float = 3
  /// How far below the loudest level of these bands tones are heard. What is softer is noise, which flutters as it should.
  private static let rangeDecibels: Float = 30

  /// The lowest bands, each of which is a bin.
  package let bandCount: Int
  /// By distance in frames, 0 … `reach`.
  private let weights: [Float]
  /// What the square of a difference of two values is multiplied by, in the exponent.
  private let sharpness: Float
  /// `rangeDecibels`, as a difference of values.
  private let range: Float

  package init(_ mel: MelConfiguration) {
    let places = MelFilterbank.warped(mel).centerHertz.map { $0 / mel.binHertz }
    bandCount = places.enumerated().prefix { abs($1 - Double($0 + 1)) < 1e-6 }.count
    weights = (0...Self.reach).map { exp(-Float($0 * $0) / (2 * Self.deviation * Self.deviation)) }
    let decibelsPerUnit = Float(-mel.floorDecibels) / 2
    let deviation = Self.decibels / decibelsPerUnit
    sharpness = -1 / (2 * deviation * deviation)
    range = Self.rangeDecibels / decibelsPerUnit
  }

  /// The frames with steady bass.
  /// - Parameter isCircular: whether the last frame is followed by the first.
  package func steadied(_ frames: MelFrames, isCircular: Bool) -> MelFrames {
    let (bands, count) = (frames.bandCount, frames.frameCount)
    let reach = isCircular ? min(Self.reach, (count - 1) / 2) : Self.reach
    let loudest = (0..<count * bandCount).reduce(MelFrames.silence) {
      max($0, frames.values[$1 / bandCount * bands + $1 % bandCount])
    }
    var steady = frames
    steady.values = frames.values.enumerated().map { index, value in
      let (frame, band) = (index / bands, index % bands)
      guard band < bandCount, value > loudest - range else { return value }
      var (sum, total): (Float, Float) = (0, 0)
      for step in -reach...reach {
        let place = isCircular ? (frame + step + count) % count : frame + step
        guard place >= 0, place < count else { continue }
        let other = frames.values[place * bands + band]
        let weight = weights[abs(step)] * exp(sharpness * (other - value) * (other - value))
        sum += weight * other
        total += weight
      }
      return sum / total
    }
    return steady
  }
}
