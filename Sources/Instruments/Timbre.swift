import Foundation
import Spectra

/// What a note sounds like whatever its pitch: the shape of its spectrum, by overtones rather than by hertz, and how its level
/// goes.
struct Timbre: Sendable {
  private static let bandsOfShape = 12
  private static let moments = 8

  /// In decibels, in −60 … 0.
  private let values: [Double]

  /// - Parameter hertz: of the note's fundamental.
  init(_ frames: MelFrames, mel: MelConfiguration, hertz: Double) {
    let (bands, count) = (mel.bandCount, frames.frameCount)
    let decibels = Double(-mel.floorDecibels) / 2
    func level(_ frame: Int, _ band: Int) -> Double { (Double(frames.values[frame * bands + band]) - 1) * decibels }
    let loudness = (0..<count).map { frame in (0..<bands).map { level(frame, $0) }.max() ?? -100 }
    let peak = loudness.max() ?? -100
    let centers = MelFilterbank.warped(mel).centerHertz
    // Two groups an octave from the fundamental up.
    let sounding = loudness.indices.filter { loudness[$0] > peak - 30 }
    let shape = (0..<Self.bandsOfShape).map { group -> Double in
      let (low, high) = (hertz * exp2(Double(group) / 2 - 0.25), hertz * exp2(Double(group) / 2 + 0.25))
      let members = centers.indices.filter { centers[$0] >= low && centers[$0] < high }
      guard !members.isEmpty, !sounding.isEmpty else { return -60 }
      let sum = sounding.reduce(0.0) { sum, frame in sum + (members.map { level(frame, $0) }.max() ?? -100) }
      return max(-60, min(0, sum / Double(sounding.count) - peak))
    }
    let course = (0..<Self.moments).map { moment -> Double in
      let frame = min(count - 1, count * (2 * moment + 1) / (2 * Self.moments))
      return max(-60, loudness.isEmpty ? -60 : loudness[frame] - peak)
    }
    values = shape + course
  }

  /// The root of the mean squared difference, in decibels.
  func distance(to other: Timbre) -> Double {
    let sum = zip(values, other.values).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return (sum / Double(values.count)).squareRoot()
  }
}
