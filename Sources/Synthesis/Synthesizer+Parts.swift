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

  /// The mel frames of requests, several side by side where there are cores. A part that is silent is tried with other noise of
  /// its seed, as a clip is.
  /// - Parameters: as of `generate`; the pieces of work are steps.
  /// - Throws: as `generate`.
  package func frames(
    of requests: [GenerationRequest], progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws(ControlError) -> [MelFrames] {
    var plans: [ClipPlan] = []
    for request in requests { plans.append(try plan(request)) }
    let counter = WorkCounter(total: requests.reduce(0) { $0 + $1.steps }, tell: progress)
    let spare = threads > requests.count
    return try Parallel.map(plans.count, threads: threads) { [plans] index in
      Result { () throws(ControlError) in
        let threads = spare ? self.threads : 1
        var frames = try self.frames(plans[index], threads: threads, isStopped: isStopped) { counter.advance() }
        for redraw: UInt64 in 1...3 where (frames.values.max() ?? -1) < self.silence {
          frames = try self.frames(plans[index], redraw: redraw, threads: threads, isStopped: isStopped)
        }
        return frames
      }
    }.map { result throws(ControlError) in try result.get() }
  }

  /// The sound of frames of a score's notes, which are in tune and begin on time.
  /// - Parameters:
  ///   - request: one of the parts'; its noise and its rounds of the vocoder are those of all.
  ///   - sampleCount: of the sound.
  package func sound(
    of frames: MelFrames, playing score: MIDIFile, like request: GenerationRequest, sampleCount: Int
  ) -> AudioClip {
    let mel = model.configuration.mel
    let placed = placement.placed(frames, onsets: score.onsets)
    let made = vocoder.synthesize(
      placed, sampleCount: sampleCount, iterations: request.vocoderIterations, seed: request.chanceSeed,
      threads: threads)
    let track = ControlTrack(midi: score, frameCount: frames.frameCount, framesPerSecond: mel.framesPerSecond)
    let tuned = seesOctaves ? Vocoder.softened(tuning.tuned(made, to: track, threads: threads)) : made
    let clip = AudioClip(mono: placement.delayed(tuned, sampleRate: mel.sampleRate), sampleRate: mel.sampleRate)
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
