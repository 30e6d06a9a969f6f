import Denoising
import Diffusion
import Music
import Tensors

/// The denoiser in a few leaps: each asks the network once, as the guidance is in what it has learned.
struct LeapingDenoiser {
  private let branch: Branch
  private let times: [Float]
  private let guidance: Float
  private let threads: Int

  /// - Parameter times: between which it leaps.
  init(
    _ network: DiffusionTransformer, _ plan: ClipPlan, times: [Float], captions: CaptionMemory, precision: Precision,
    threads: Int
  ) {
    let taken = ControlTrack.groups(ofFeatures: network.configuration.controlCount)
    let caption = captions.embedding(of: plan.request.caption(for: taken))
    branch = Branch(network, caption, plan.patchCount, plan.controls, precision)
    (self.times, self.threads) = (times, threads)
    guidance = plan.request.guidanceScale
  }

  /// The point that the leap from `z` at time t goes toward.
  func callAsFunction(_ z: Tensor, _ t: Float) -> Tensor {
    let leap = Leap(at: t, of: times, guidance: guidance)
    return branch.denoise(z, t, rotatedBy: 0, threads: threads, leap: leap.features, until: leap.end)
  }
}

extension ClipPlan {
  /// The times of a clip in two steps, which have to be leaps; nil where leaps have not learned what it asks for:
  /// recordings, loops, something to be kept away, a taste, controls that are followed otherwise than the prompt.
  var leapTimes: [Float]? {
    let isPlain = source == nil && !isLoop && beginsWithNoise && request.negativePrompt.isEmpty
    let isGuidedAsOne = controls == nil || request.controls?.scale == nil && request.controls?.follow == nil
    guard isPlain, isGuidedAsOne, (request.tasteScale ?? 0) == 0, (request.revision ?? 0) >= 4,
      request.sampler == .euler, request.timeShift == Leap.taughtShift,
      Leap.taughtGuidance.contains(request.guidanceScale)
    else { return nil }
    return Leap.times(count: request.steps)
  }
}
