import Audio
import Foundation
import Music

extension SampledNote {
  /// Seconds of a held note that its pitch is measured in, and that a note sounds on behind its key: a held one, another.
  private static let heldSeconds = 2.0
  private static let releases = (held: 0.25, other: 0.4)

  /// Loops that are tried, and how far one may move its note's pitch, or its partials from each other, in cents.
  private static let mostLoops = 8
  private static let mostMoved = 1.5

  /// With a loop, where the note is held; else with its end. Its pitch is that of what a player makes of it.
  func finished(_ pitch: NotePitch) -> SampledNote {
    var note = self
    let (rate, hertz) = (clip.sampleRate, KeyName.hertz(root))
    func heard(_ samples: [Float], _ loop: Range<Int>?) -> NotePitch.Deviation? {
      let held = SustainLoop.played(samples, loop: loop, frameCount: Int(Self.heldSeconds * Double(rate)))
      return pitch.deviation(of: held, sampleRate: rate, hertz: hertz)
    }
    if let loop = steadyLoop(heard) {
      note.clip = AudioClip(channels: clip.channels.map(loop.applied), sampleRate: rate)
      (note.loop, note.release) = (loop.frames, Self.releases.held)
    } else {
      note.clip = SampleShape.ended(clip)
      note.release = Self.releases.other
    }
    note.cents = heard(note.clip.samples, note.loop)?.cents ?? cents
    return note
  }

  /// The loop that leaves the pitch where it is: what goes round has only partials that fit into it, so that weak ones,
  /// whose phase is not what makes its ends alike, move. It is found in the mean of both channels, and is that of both.
  private func steadyLoop(_ heard: ([Float], Range<Int>?) -> NotePitch.Deviation?) -> SustainLoop? {
    let (rate, samples) = (Double(clip.sampleRate), clip.samples)
    let loops = SustainLoop.candidates(
      in: samples, sampleRate: clip.sampleRate, period: rate / KeyName.hertz(root, cents: cents ?? 0))
    guard !loops.isEmpty, let plain = heard(samples, nil) else { return loops.first }
    var best: (loop: SustainLoop, moved: Double)?
    for loop in loops.prefix(Self.mostLoops) {
      guard let round = heard(loop.applied(to: samples), loop.frames) else { continue }
      let moved = max(abs(round.cents - plain.cents), round.spread - plain.spread)
      if moved < best?.moved ?? .infinity { best = (loop, moved) }
      if moved < Self.mostMoved { break }
    }
    return best?.loop ?? loops.first
  }
}
