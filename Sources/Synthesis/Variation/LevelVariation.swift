import Audio
import Foundation
import Tensors

/// Another level, which rises and falls slowly.
struct LevelVariation {
  let amount: Double
  let seed: UInt64

  /// Decibels that the whole clip, and each point of the curve, differ by at most.
  private static let (greatestOffset, greatestSwing) = (8.0, 14.0)
  /// Seconds from one point of the curve to the next: slower than strokes, which keep their shapes.
  private static let pointSeconds = 0.6
  private static let highestPeak: Float = 0.89

  func applied(to clip: AudioClip) -> AudioClip {
    var random = RandomSource(seed: seed).split(11)
    let offset = Double(random.uniform(in: -1..<1)) * Self.greatestOffset
    let count = Int(clip.duration / Self.pointSeconds) + 2
    let points = (0..<count).map { _ in offset + Double(random.uniform(in: -1..<1)) * Self.greatestSwing }
    let gains = (0..<clip.frameCount).map { frame -> Float in
      let place = Double(frame) / Double(clip.sampleRate) / Self.pointSeconds
      let (point, part) = (Int(place), place - Double(Int(place)))
      let smooth = (1 - cos(part * .pi)) / 2
      let decibels = points[point] + smooth * (points[point + 1] - points[point])
      return Float(pow(10, amount * decibels / 20))
    }
    let varied = AudioClip(
      channels: clip.channels.map { zip($0, gains).map { $0 * $1 } }, sampleRate: clip.sampleRate)
    // A peak that was higher in the clip itself may stay so.
    let limit = max(Self.highestPeak, clip.peak)
    return varied.peak > limit ? varied.normalized(peak: limit) : varied
  }
}
