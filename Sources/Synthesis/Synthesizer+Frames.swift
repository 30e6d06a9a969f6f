import Denoising
import Diffusion
import Foundation
public import Spectra
package import Tensors

/// From noise to frames.
extension Synthesizer {
  /// The mel frames of a clip: what `soundFrames` has of the mid.
  public func frames(_ plan: ClipPlan, redraw: UInt64 = 0, threads: Int = 1) throws(ControlError) -> MelFrames {
    try soundFrames(plan, redraw: redraw, threads: threads).mel
  }

  /// The frames of a clip, before the vocoder.
  /// - Parameters:
  ///   - redraw: which noise of the seed's to begin with.
  ///   - threads: shared by the branches of guidance.
  ///   - isStopped: is asked before each step: where it says so, nothing more is done.
  /// - Throws: `ControlError.noNumbers`, `stopped`.
  public func soundFrames(
    _ plan: ClipPlan, redraw: UInt64 = 0, threads: Int = 1, isStopped: @escaping () -> Bool = { false },
    step: @escaping () -> Void = {}
  ) throws(ControlError) -> SoundFrames {
    let noise = noise(of: plan, redraw: redraw)
    if let leaps = model.leaps, let times = plan.leapTimes {
      let denoiser = LeapingDenoiser(
        leaps.network, plan, times: times, captions: captions, precision: precision, threads: threads)
      return try soundFrames(plan, noise: noise, times: times, isStopped: isStopped, step: step) { z, t, _ in
        denoiser(z, t)
      }
    }
    let denoiser = GuidedDenoiser(
      model.denoiser, plan, captions: captions, precision: precision, threads: threads)
    return try soundFrames(plan, noise: noise, isStopped: isStopped, step: step) { z, t, offset in
      denoiser(z, t, rotatedBy: offset)
    }
  }

  /// The noise that a clip begins with, `[patch, patchWidth]`.
  package func noise(of plan: ClipPlan, redraw: UInt64 = 0) -> Tensor {
    func drawn(_ seed: UInt64, _ number: UInt64, redraw: UInt64) -> Tensor {
      let first = RandomSource(seed: seed).split(number)
      return (redraw == 0 ? first : first.split(redraw))
        .normals([plan.patchCount, model.configuration.denoiser.patchWidth])
    }
    func noise(_ seed: UInt64, _ relation: RelationRequest?, redraw: UInt64) -> Tensor {
      guard let relation else { return drawn(seed, 0, redraw: redraw) }
      // Of numbers of their own, so that no seed is that of the other's noise.
      let liked = (relation.liked ?? []).map { drawn($0, 3, redraw: 0) }
      return relation.noise(
        of: noise(relation.seed, relation.former?.first, redraw: 0), common: drawn(relation.set, 2, redraw: redraw),
        own: relation.leaning(drawn(seed, 3, redraw: redraw), toward: liked))
    }
    return noise(plan.request.seed, plan.request.relation, redraw: redraw)
  }

  /// The frames of a clip from this noise.
  /// - Parameters:
  ///   - times: of the steps; nil for those of the plan.
  ///   - denoise: the clean patches behind noisy ones, rotated by so many.
  /// - Throws: `ControlError.noNumbers` where what comes is not finite; `stopped`.
  package func soundFrames(
    _ plan: ClipPlan, noise: Tensor, times: [Float]? = nil, isStopped: @escaping () -> Bool = { false },
    step: @escaping () -> Void, denoise: (Tensor, Float, Int) -> Tensor
  ) throws(ControlError) -> SoundFrames {
    let random = RandomSource(seed: plan.request.chanceSeed)
    let times = times ?? plan.times
    let rotation = plan.isLoop ? LoopRotation(patchCount: plan.patchCount) : nil
    var look = 0
    var ended = false
    let clean = plan.request.sampler.sampler.sample(
      from: plan.start(noise: noise, at: times[0]), times: times, random: random.split(1)
    ) { z, t in
      ended = ended || isStopped()
      // The rest of the walk costs nothing then.
      if ended { return z }
      let offset = rotation?.offset(look) ?? 0
      look += 1
      let made = denoise(z.rotated(by: offset), t, offset).rotated(by: -offset)
      return plan.source?.kept(in: made) ?? made
    } progress: { _, _ in
      step()
    }
    if ended || isStopped() { throw .stopped }
    guard clean.isFinite else { throw .noNumbers(model: model.name) }
    let frames = mended(plan.frames(plan.nearer(clean)), plan)
    return plan.request.variation?.retimed(frames, beat: plan.framesPerBeat) ?? frames
  }

  /// Frames as the network makes them, with what it cannot do as exactly: levels of bass that are steady, notes that begin
  /// on time, and a tail in which nothing is struck.
  private func mended(_ frames: SoundFrames, _ plan: ClipPlan) -> SoundFrames {
    var (frames, mel) = (frames, frames.mel)
    // A recording flutters as it did.
    if plan.beginsWithNoise { mel = steadying.steadied(mel, isCircular: plan.isLoop) }
    if !plan.onsets.isEmpty { mel = placement.placed(mel, onsets: plan.onsets) }
    if let tail = plan.tailFrame {
      mel = Ringing.ringing(mel, from: tail)
      // What strikes in the frames before that is still of the clip.
      let configuration = model.configuration.mel
      frames.steady(from: tail + configuration.fftLength / 2 / configuration.hopLength)
    }
    frames.mel = mel
    return frames
  }
}
