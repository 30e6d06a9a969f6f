package import Audio
import Denoising
import Foundation
package import Music
import Parallelism
package import Spectra

/// What is too long for one clip: the frames of its parts, each by itself, and the sound of all that they come to.
extension Synthesizer {
  /// What a part is softer than that is all but silent, as a value of frames: 60 dB below full scale.
  private var silence: Float { Float(1 + 120 / model.configuration.mel.floorDecibels) }

  /// The frames of requests, several side by side where there are cores.
  /// - Parameters: as of `generate`; the pieces of work are steps.
  /// - Throws: as `generate`.
  package func frames(
    of requests: [GenerationRequest], progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws(ControlError) -> [SoundFrames] {
    var plans: [ClipPlan] = []
    for request in requests { plans.append(try plan(request)) }
    let counter = WorkCounter(total: requests.reduce(0) { $0 + $1.steps }, tell: progress)
    let spare = threads > requests.count
    let analysis = plans.allSatisfy { ChordHearing($0.track).isEmpty } ? nil : ControlAnalysis()
    return try Parallel.map(plans.count, threads: threads) { [plans] index in
      Result { () throws(ControlError) in
        try self.part(plans[index], analysis, threads: spare ? self.threads : 1, isStopped: isStopped) {
          counter.advance()
        }
      }
    }.map { result throws(ControlError) in try result.get() }
  }

  /// How often a part is tried, and how well each of its chords is heard, at least (`ChordHearing`).
  private static let (tries, wellHeard) = (UInt64(4), 0.85)

  /// The frames of a part. One that is silent, or of which a chord is heard badly, is tried with other noise of its seed; what is
  /// heard best is kept. (Following the notes more strongly does not help.)
  private func part(
    _ plan: ClipPlan, _ analysis: ControlAnalysis?, threads: Int, isStopped: @escaping () -> Bool,
    step: @escaping () -> Void
  ) throws(ControlError) -> SoundFrames {
    let chords = ChordHearing(plan.track)
    var best = try soundFrames(plan, threads: threads, isStopped: isStopped, step: step)
    var heard = likeness(of: chords, in: best.mel, plan, analysis, threads: threads)
    for redraw in 1..<Self.tries where heard < Self.wellHeard {
      let other = try soundFrames(plan, redraw: redraw, threads: threads, isStopped: isStopped)
      let otherHeard = likeness(of: chords, in: other.mel, plan, analysis, threads: threads)
      if otherHeard > heard { (best, heard) = (other, otherHeard) }
    }
    return best
  }

  private func likeness(
    of chords: ChordHearing, in frames: MelFrames, _ plan: ClipPlan, _ analysis: ControlAnalysis?, threads: Int
  ) -> Double {
    if (frames.values.max() ?? -1) < silence { return -1 }
    guard let analysis, !chords.isEmpty, model.configuration.mel == .standard else { return 1 }
    // Pitches want no phase that is better than the first.
    let sound = vocoder.synthesize(
      frames, sampleCount: plan.sampleCount, iterations: 0, seed: plan.request.chanceSeed, threads: threads)
    return chords.likeness(in: analysis.analyze(sound))
  }

  /// The sound of frames of a score's notes, which are in tune and begin on time.
  /// - Parameters:
  ///   - request: one of the parts'; its noise and its rounds of the vocoder are those of all.
  ///   - sampleCount: of the sound.
  package func sound(
    of frames: SoundFrames, playing score: MIDIFile, like request: GenerationRequest, sampleCount: Int
  ) -> AudioClip {
    let mel = model.configuration.mel
    let placed = placement.placed(frames.mel, onsets: score.onsets)
    let made = vocoder.synthesize(
      placed, attacks: frames.attacks, sampleCount: sampleCount, iterations: request.vocoderIterations,
      seed: request.chanceSeed,
      threads: threads)
    let track = ControlTrack(midi: score, frameCount: frames.frameCount, framesPerSecond: mel.framesPerSecond)
    let tuned = seesOctaves ? Vocoder.softened(tuning.tuned(made, to: track, threads: threads)) : made
    let mid = timed(tuned, onsets: score.onsets)
    let channels =
      request.mono == true
      ? [mid] : widening.channels(of: mid, frames, request.image, isCircular: false, threads: threads)
    let clip = AudioClip(channels: channels, sampleRate: mel.sampleRate)
    return clip.faded(in: ClipFinish.fadeInSeconds, out: ClipFinish.fadeOutSeconds)
  }

  /// Whether notes have octaves for the network.
  private var seesOctaves: Bool {
    ControlTrack.groups(ofFeatures: model.configuration.denoiser.controlCount).contains(.register)
  }
}

extension MIDIFile {
  /// When its notes begin, in seconds, in order.
  var onsets: [Double] {
    let tempoMap = tempoMap
    return Set(tracks.flatMap(\.notes).map { tempoMap.seconds(atBeat: $0.startBeats) }).sorted()
  }
}
