import Audio
import Foundation

/// Brings a rendering to the level its dynamics ask for, and ends it without a click.
enum Mastering {
  /// No sample goes beyond this: −1 dBFS.
  static let ceiling: Float = 0.891
  static let fadeSeconds = 0.010

  static func master(_ samples: [Float], dynamics: Composition.Dynamics, sampleRate: Int) -> [Float] {
    let clip = AudioClip(mono: samples, sampleRate: sampleRate)
    return master(clip, dynamics: dynamics).samples
  }

  /// Every channel with the same gain.
  static func master(_ clip: AudioClip, dynamics: Composition.Dynamics) -> AudioClip {
    let peak = clip.peak
    guard peak > 0 else { return clip }
    let level = clip.soundingDecibels
    let wanted = pow(10, (dynamics.targetDecibels - level) / 20)
    let gain = min(wanted, ceiling / peak)
    let channels = clip.channels.map { faded($0.map { $0 * gain }, sampleRate: clip.sampleRate) }
    return AudioClip(channels: channels, sampleRate: clip.sampleRate)
  }

  private static func faded(_ samples: [Float], sampleRate: Int) -> [Float] {
    var result = samples
    let fade = min(Int(fadeSeconds * Double(sampleRate)), result.count)
    for index in 0..<fade {
      let phase = Float(index) / Float(fade)
      result[result.count - 1 - index] *= 0.5 - 0.5 * cos(.pi * phase)
    }
    return result
  }
}
