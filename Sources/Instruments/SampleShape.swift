package import Audio
import Foundation

/// What is done to a note before it is a sample: it begins with its attack, ends where it is silent, and has its level.
package enum SampleShape {
  /// The attack is where a sample first comes so near to the peak, in decibels: nearer than the 20 dB that an attack is
  /// usually heard from.
  private static let attackDecibels: Float = -16
  private static let heardDecibels: Float = -20
  /// Of a stroke it is where it is nearly at its peak: a stroke that rises slowly is struck late.
  private static let strokeDecibels: Float = -9
  /// Players fade a voice in themselves, over so many seconds from the sample's beginning (FluidSynth: some 1.5 to 2
  /// ms). In spite of that a note is heard as many after it.
  private static let playerFadeSeconds = 0.002
  /// Seconds after it in which a note comes as near again: a lone peak before a swell is no attack.
  private static let (again, withinSeconds) = (0.0015, 0.0035)
  /// What is looked for the peak in, in seconds, and how often it may move on.
  private static let attackSeconds = 0.5
  private static let longestSearch = 8
  /// Seconds that stay before the attack, in which the sample fades in.
  static let leadSeconds = 0.0005
  private static let fadeOutSeconds = 0.03
  /// What a level is measured over, from the attack on.
  private static let levelSeconds = 0.4

  /// The first frame of the attack; nil for silence.
  /// - Parameter isHeld: whether it is a note, of which a lone peak is no attack, and not a stroke.
  package static func attack(of samples: [Float], sampleRate: Int, isHeld: Bool = false) -> Int? {
    let reach = Int(attackSeconds * Double(sampleRate))
    var start = 0
    // What is looked for the peak in begins with the attack itself, which a slow swell moves on.
    for _ in 0..<longestSearch {
      let part = samples[min(start, samples.count)..<min(samples.count, start + reach)]
      let peak = part.reduce(Float(0)) { max($0, abs($1)) }
      let least = peak * pow(10, (isHeld ? attackDecibels : strokeDecibels) / 20)
      guard peak > 0, let next = part.firstIndex(where: { abs($0) >= least }) else { return nil }
      if next == start { break }
      start = next
    }
    return isHeld ? heard(from: start, of: samples, sampleRate: sampleRate) : start
  }

  /// The first frame from one on that is as near to the peak behind it, is heard through a player's fade in, and where the
  /// note comes as near again at once; that is not asked of a note that never does, whose period is long.
  private static func heard(from start: Int, of samples: [Float], sampleRate: Int) -> Int {
    let part = samples[start..<min(samples.count, start + Int(attackSeconds * Double(sampleRate)))]
    let peak = part.reduce(Float(0)) { max($0, abs($1)) }
    let (least, audible) = (peak * pow(10, attackDecibels / 20), peak * pow(10, heardDecibels / 20))
    func frames(_ seconds: Double) -> Int { Int(seconds * Double(sampleRate)) }
    let (lead, fade) = (frames(leadSeconds), frames(playerFadeSeconds))
    func isHeard(_ frame: Int) -> Bool {
      guard abs(samples[frame]) >= least else { return false }
      let beginning = max(0, frame - lead)
      return (frame..<max(frame, min(samples.count, beginning + fade))).contains {
        abs(samples[$0]) * Float($0 - beginning) >= audible * Float(fade)
      }
    }
    func comesAgain(_ frame: Int) -> Bool {
      let span = frame + frames(again)..<frame + frames(withinSeconds)
      return span.upperBound < samples.count && samples[span].contains { abs($0) >= least }
    }
    return part.indices.first { isHeard($0) && comesAgain($0) } ?? part.indices.first(where: isHeard) ?? start
  }

  /// The sample from just before its attack on, faded in: the attack of both channels together.
  package static func aligned(_ clip: AudioClip, isHeld: Bool = false) -> AudioClip {
    guard let attack = attack(of: clip.samples, sampleRate: clip.sampleRate, isHeld: isHeld) else { return clip }
    let lead = Int(leadSeconds * Double(clip.sampleRate))
    let fade = min(attack, lead)
    let channels = clip.channels.map { samples in
      var aligned = Array(samples[max(0, attack - lead)...])
      for index in 0..<fade { aligned[index] *= Float(index) / Float(fade) }
      return aligned
    }
    return AudioClip(channels: channels, sampleRate: clip.sampleRate)
  }

  /// Without the silence at its end, faded out.
  package static func ended(_ clip: AudioClip) -> AudioClip {
    let sounding = clip.soundingFrameCount(above: max(-70, clip.peakDecibels - 60))
    let end = min(clip.frameCount, sounding + clip.sampleRate / 50)
    return clip.prefix(end).faded(in: 0, out: fadeOutSeconds)
  }

  /// The root mean square over the first part of a sample, of all channels, in decibels below full scale; nil for
  /// silence.
  package static func level(_ clip: AudioClip) -> Double? {
    let count = min(clip.frameCount, max(1, Int(levelSeconds * Double(clip.sampleRate))))
    let sum = clip.channels.reduce(0.0) { $1.prefix(count).reduce($0) { $0 + Double($1 * $1) } }
    let power = sum / Double(max(1, count * clip.channelCount))
    return power > 1e-12 ? 10 * log10(power) : nil
  }
}
