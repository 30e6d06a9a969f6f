import Audio
import Foundation
import Music

extension SampledNote {
  /// Seconds of a held note that its pitch is measured in, and that a note sounds on behind its key: a held one, another.
  private static let heldSeconds = 2.0
  private static let releases = (held: 0.25, other: 0.4)

  /// With a loop, where the note is held; else with its end. Its pitch is that of what a player makes of it.
  func finished(_ pitch: NotePitch) -> SampledNote {
    var note = self
    var samples = clip.samples
    let rate = clip.sampleRate
    if let loop = SustainLoop(&samples, sampleRate: rate, period: Double(rate) / KeyName.hertz(root, cents: cents ?? 0))
    {
      (note.loop, note.release) = (loop.frames, Self.releases.held)
    } else {
      samples = SampleShape.ended(samples, sampleRate: rate)
      note.release = Self.releases.other
    }
    let held = SustainLoop.played(samples, loop: note.loop, frameCount: Int(Self.heldSeconds * Double(rate)))
    note.cents = pitch.deviation(of: held, sampleRate: rate, hertz: KeyName.hertz(root))?.cents ?? cents
    note.clip = AudioClip(mono: samples, sampleRate: rate)
    return note
  }
}
