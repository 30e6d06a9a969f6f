import Foundation
import Novelty
import Spectra

/// How the level of a sound goes: what tells a hit that ends from one that rings on, or has noise beneath it.
struct SoundCourse: Sendable {
  /// What is softer than the loudest frame by more is silence, and what is softer at the beginning is no attack yet.
  private static let (silence, onset) = (-60.0, -40.0)

  /// From the first to the last frame that is not silent.
  let seconds: Double
  /// The median of the quietest fifth of the frames between these, in decibels beneath the loudest.
  let floorDecibels: Double
  /// From the first frame of the attack to the loudest.
  let attackSeconds: Double
  /// The loudest frame, in decibels beneath a full-scale sine.
  let peakDecibels: Double

  init(_ frames: MelFrames, mel: MelConfiguration) {
    let unit = -mel.floorDecibels / 2
    let powers = stride(from: 0, to: frames.values.count, by: frames.bandCount).map { start in
      frames.values[start..<start + frames.bandCount].reduce(0.0) {
        $0 + ($1 <= -1 ? 0 : pow(10, (Double($1) - 1) * unit / 10))
      }
    }
    let peak = max(powers.max() ?? 0, 1e-12)
    let levels = powers.map { 10 * log10(max($0 / peak, 1e-12)) }
    peakDecibels = 10 * log10(peak)
    let loudest = levels.indices.max { levels[$0] < levels[$1] } ?? 0
    guard let first = levels.firstIndex(where: { $0 > Self.silence }),
      let last = levels.lastIndex(where: { $0 > Self.silence })
    else {
      (seconds, floorDecibels, attackSeconds) = (0, Self.silence, 0)
      return
    }
    seconds = Double(last - first + 1) / mel.framesPerSecond
    let ordered = levels[first...last].sorted()
    floorDecibels = Statistics.median(Array(ordered.prefix(max(1, ordered.count / 5))))
    let begin = levels.firstIndex { $0 > Self.onset } ?? first
    attackSeconds = Double(loudest - begin) / mel.framesPerSecond
  }
}
