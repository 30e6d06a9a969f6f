import Foundation
import Music
package import Tensors

/// How much clips are varied each time they are learned, so that a few of them do for many: what a caption says must stay
/// true of the clip, and its control track goes along.
public struct Augmentation: Codable, Sendable, Equatable {
  /// The chance of each of these to happen to a clip.
  public var share: Float = 0.5
  /// Louder or softer by up to so many decibels.
  public var gainDecibels: Float = 6
  /// Noise beneath the clip, between these levels in dBFS a band.
  public var noiseDecibels: ClosedRange<Float> = -95...(-65)
  /// Faster or slower by up to this share, at the same pitch. Tempos that captions name stay true within it.
  public var speed: Float = 0.04
  /// Higher or lower by up to so many semitones; where the caption names pitches, by up to a fifth of one.
  public var semitones: Float = 2
  public var semitonesOfNamedPitches: Float = 0.2
  /// The chance of another clip to sound along, under both captions.
  public var mixing: Float = 0.1

  public init() {}

  /// What is done to a clip.
  package func draw(from random: RandomSource, namesPitch: Bool, clips: [Int]) -> Variation {
    var draw = random
    // All numbers are drawn whatever comes of them, so that settings do not change each other's luck.
    func within(_ limit: Float) -> Double {
      let (happens, value) = (draw.uniform() < share, draw.uniform(in: -1..<1))
      return happens ? Double(limit * value) : 0
    }
    var variation = Variation()
    variation.gainDecibels = within(gainDecibels)
    variation.speed = exp(within(speed))
    variation.semitones = within(namesPitch ? semitonesOfNamedPitches : semitones)
    let (isNoisy, level) = (draw.uniform() < share, draw.uniform())
    let range = noiseDecibels.upperBound - noiseDecibels.lowerBound
    variation.noiseDecibels = isNoisy ? Double(noiseDecibels.lowerBound + level * range) : nil
    let (isMixed, partner) = (draw.uniform() < mixing, draw.integer(below: max(1, clips.count)))
    variation.partner = isMixed && !clips.isEmpty ? clips[partner] : nil
    return variation
  }
}

/// What augmentation does to one clip, once.
package struct Variation: Sendable, Equatable {
  package var gainDecibels = 0.0
  package var speed = 1.0
  package var semitones = 0.0
  package var noiseDecibels: Double?
  /// A clip that sounds along.
  package var partner: Int?

  package init() {}

  /// The control track of `frameCount` frames of the varied clip, of one that has as many as those take.
  func track(of track: ControlTrack, frameCount: Int) -> ControlTrack {
    track.played(speed: speed, frameCount: frameCount).transposed(semitones: semitones).louder(decibels: gainDecibels)
  }

  /// How many frames of a clip are heard in `count` of the varied one.
  func sourceFrameCount(_ count: Int) -> Int {
    speed == 1 ? count : Int((Double(count - 1) * speed).rounded(.up)) + 2
  }
}
