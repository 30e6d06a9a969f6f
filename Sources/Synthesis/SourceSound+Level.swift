import Audio
import Foundation

// A network makes what goes on from a recording, or stands in it, at the level of the clips that it has learned from,
// whatever the recording's: 7 dB too loud after one that is 10 dB softer. So it is shown the recording at that level, and what
// it makes is brought to the recording's (docs/experiments/recordings.md).

extension SourceSound {
  /// The level of the parts that sound, in dBFS, to which the bundled model's clips of middling dynamics were brought.
  private static let usualDecibels: Float = -21
  /// A recording is brought there by no more decibels.
  private static let mostGain: Float = 40
  /// What is made is not made louder or softer by more to be as loud as the recording.
  private static let mostDifference: Float = 12
  /// Seconds behind a recording's end over which what goes on from it comes to its level: at the end itself they agree.
  private static let approachSeconds = 1.0

  /// What the samples of a recording are multiplied by for the network.
  static func gain(toUsualLevelOf recording: AudioClip) -> Float {
    let level = recording.soundingDecibels
    guard level.isFinite else { return 1 }
    return pow(10, max(-mostGain, min(mostGain, usualDecibels - level)) / 20)
  }

  /// Made channels at the recording's level.
  func levelled(_ made: [[Float]], sampleRate: Int) -> [[Float]] {
    guard gain != 1 else { return made }
    var made = made.map { $0.map { $0 / gain } }
    approach(&made, sampleRate: sampleRate)
    // What is kept is within full scale; what is made of it has to be too.
    let peak = made.joined().reduce(0) { max($0, abs($1)) }
    return peak > Recording.ceiling ? made.map { $0.map { $0 * Recording.ceiling / peak } } : made
  }

  /// Brings what goes on from a recording to its level, over the first second.
  private func approach(_ made: inout [[Float]], sampleRate: Int) {
    guard continues, let end = kept.last?.upperBound, end < made[0].count else { return }
    func level(_ channels: [ArraySlice<Float>]) -> Float {
      AudioClip(channels: channels.map(Array.init), sampleRate: sampleRate).soundingDecibels
    }
    let difference = level(made.map { $0[end...] }) - level(channels.map { $0[..<end] })
    guard difference.isFinite else { return }
    let decibels = max(-Self.mostDifference, min(Self.mostDifference, -difference))
    let approach = Float(Self.approachSeconds * Double(sampleRate))
    for sample in end..<made[0].count {
      let gain = pow(10, decibels * min(1, Float(sample - end) / approach) / 20)
      for channel in made.indices { made[channel][sample] *= gain }
    }
  }
}
