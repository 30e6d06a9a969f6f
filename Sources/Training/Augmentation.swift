import Foundation
import Music
package import Tensors

/// How clips are varied when they are learned, so that a few of them do for many: what a caption says must stay true of the
/// clip, and its control track goes along.
///
/// The network is told how (`Variation.features`), and when it generates, that nothing was: what is varied teaches it, and
/// is not heard (Karras et al. 2022, "Elucidating the Design Space of Diffusion-Based Generative Models", appendix F.2).
public struct Augmentation: Codable, Sendable, Equatable {
  /// The share of clips that are shown as they are.
  public var unvariedShare: Float = 0.5
  /// The chance of each of these to happen to one of the others.
  public var share: Float = 0.4
  /// Louder or softer by up to so many decibels.
  public var gainDecibels: Float = 6
  /// The chance of noise beneath the clip, and its levels in dBFS a band.
  public var noise: Float = 0.15
  public var noiseDecibels: ClosedRange<Float> = -95...(-65)
  /// Faster or slower by up to this share, at the same pitch. Tempos that captions name stay true within it.
  public var speed: Float = 0.04
  /// Higher or lower by up to so many semitones; where the caption names pitches, by up to a fifth of one.
  public var semitones: Float = 2
  public var semitonesOfNamedPitches: Float = 0.2
  /// The chance of another clip to sound along, under both captions.
  public var mixing: Float = 0.1
  /// Brighter or darker by up to so many decibels an octave.
  public var tilt: Float = 2
  /// The chance of a tail of reverb, of up to so many seconds (T60).
  public var reverb: Float = 0.15
  public var reverbSeconds: Float = 1.5
  /// The chance of a clip to be played backwards.
  public var reversal: Float = 0.1
  /// The chance of silence before the clip, of up to so many seconds.
  public var delay: Float = 0.2
  public var delaySeconds: Float = 0.2

  public init() {}

  /// Checkpoints of older versions lack what came later, which they were trained without.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func value(_ key: CodingKeys, _ absent: Float = 0) throws -> Float {
      try values.decodeIfPresent(Float.self, forKey: key) ?? absent
    }
    unvariedShare = try value(.unvariedShare)
    share = try values.decode(Float.self, forKey: .share)
    noise = try value(.noise, share)
    gainDecibels = try values.decode(Float.self, forKey: .gainDecibels)
    noiseDecibels = try values.decode(ClosedRange<Float>.self, forKey: .noiseDecibels)
    speed = try values.decode(Float.self, forKey: .speed)
    semitones = try values.decode(Float.self, forKey: .semitones)
    semitonesOfNamedPitches = try values.decode(Float.self, forKey: .semitonesOfNamedPitches)
    mixing = try values.decode(Float.self, forKey: .mixing)
    (tilt, reverb, reversal, delay) = try (value(.tilt), value(.reverb), value(.reversal), value(.delay))
    (reverbSeconds, delaySeconds) = try (value(.reverbSeconds), value(.delaySeconds))
  }

  /// What is done to a clip.
  package func draw(from random: RandomSource, namesPitch: Bool, clips: [Int]) -> Variation {
    var draw = random
    // All numbers are drawn whatever comes of them, so that settings do not change each other's luck.
    func within(_ limit: Float) -> Double {
      let (happens, value) = (draw.uniform() < share, draw.uniform(in: -1..<1))
      return happens ? Double(limit * value) : 0
    }
    func chance(_ share: Float, upTo limit: Float) -> Double {
      let (happens, value) = (draw.uniform() < share, draw.uniform())
      return happens ? Double(limit * value) : 0
    }
    var variation = Variation()
    variation.gainDecibels = within(gainDecibels)
    variation.speed = exp(within(speed))
    variation.semitones = within(namesPitch ? semitonesOfNamedPitches : semitones)
    let (isNoisy, level) = (draw.uniform() < noise, draw.uniform())
    let range = noiseDecibels.upperBound - noiseDecibels.lowerBound
    variation.noiseDecibels = isNoisy ? Double(noiseDecibels.lowerBound + level * range) : nil
    let (isMixed, partner) = (draw.uniform() < mixing, draw.integer(below: max(1, clips.count)))
    variation.partner = isMixed && !clips.isEmpty ? clips[partner] : nil
    variation.tilt = within(tilt)
    variation.reverbSeconds = chance(reverb, upTo: reverbSeconds)
    variation.isReversed = chance(reversal, upTo: 1) > 0
    variation.delaySeconds = chance(delay, upTo: delaySeconds)
    return draw.uniform() < unvariedShare ? Variation() : variation
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
  /// Decibels an octave.
  package var tilt = 0.0
  /// The time in which reverb falls by 60 dB; 0 for none.
  package var reverbSeconds = 0.0
  package var isReversed = false
  /// Silence before the clip.
  package var delaySeconds = 0.0

  package init() {}

  /// The values that `features` gives.
  package static let featureCount = 16

  /// What the network is told of it, about −1 … 1 each; all 0 for a clip as it is.
  package var features: [Float] {
    let noise = noiseDecibels.map { ($0 + 80) / 15 }
    let values: [Double] = [
      gainDecibels / 6, log(speed) / 0.04, semitones / 2, noise == nil ? 0 : 1, noise ?? 0, partner == nil ? 0 : 1,
      tilt / 2, reverbSeconds > 0 ? 1 : 0, reverbSeconds, isReversed ? 1 : 0, delaySeconds > 0 ? 1 : 0,
      delaySeconds / 0.2,
    ]
    return values.map(Float.init) + [Float](repeating: 0, count: Self.featureCount - values.count)
  }

  /// The control track of `frameCount` frames of the varied clip, of one that has as many as those take; one without groups
  /// where it would not be true.
  func track(of track: ControlTrack, frameCount: Int) -> ControlTrack {
    let varied =
      track.played(speed: speed, frameCount: frameCount).transposed(semitones: semitones).louder(decibels: gainDecibels)
    return isReversed || delaySeconds > 0 || partner != nil ? varied.keeping([]) : varied
  }

  /// How many frames of a clip are heard in `count` of the varied one.
  func sourceFrameCount(_ count: Int) -> Int {
    speed == 1 ? count : Int((Double(count - 1) * speed).rounded(.up)) + 2
  }
}
