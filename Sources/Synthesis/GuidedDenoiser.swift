import Denoising
import Diffusion
import Music
import Parallelism
import Tensors

/// The denoiser with a prompt and controls, steered away from the negative prompt, and from doing without controls.
struct GuidedDenoiser {
  private let branches: [Branch]
  private let guidance: Guidance
  private let steering: Guidance
  private let avoidance: Avoidance?
  /// With the prompt and the controls, of what is liked best; and how far it is gone toward.
  private let liked: (branch: Branch, scale: Float)?
  private let threads: Int

  /// Guidance begins after the first step, and ends before the last of them.
  ///
  /// From noise alone the network sees the mean of all that a prompt may become, which where the pitch is open is near
  /// silence; guided away from the louder mean of everything it became silence, in 16 of 20 clips of "a short note on a
  /// piccolo". And when what sounds has long been decided, going beyond what the network sees only distorts the detail: of
  /// clips guided to their end more energy lies beside the pitches that were asked for (docs/experiments/guidance-interval.md). Of a recording that is changed, though, the prompt decides the detail.
  private static func interval(_ plan: ClipPlan) -> ClosedRange<Float> {
    0.01...(plan.beginsWithNoise ? guidanceUntil : 1)
  }

  /// The time until which a clip that begins with noise is guided.
  private static let guidanceUntil: Float = 0.6

  /// - Parameter threads: shared by the branches.
  init(
    _ denoiser: DiffusionTransformer, _ plan: ClipPlan, captions: CaptionMemory, precision: Precision, threads: Int
  ) {
    let (request, controls) = (plan.request, plan.controls)
    func branch(_ caption: String, _ controls: Tensor?, liking: [Float]? = nil) -> Branch {
      Branch(denoiser, captions.embedding(of: caption), plan.patchCount, controls, precision, liking: liking)
    }
    guidance = Guidance(scale: request.guidanceScale, interval: Self.interval(plan))
    let scale = controls == nil ? 1 : request.controls?.strength(beside: guidance.scale) ?? guidance.scale
    // Prompt and controls of one scale are followed together, away from what there is without both: a branch less.
    let areTogether = scale == guidance.scale
    steering = Guidance(scale: areTogether ? 1 : scale, interval: Self.interval(plan))
    // In versions before this the negative prompt stood in place of the empty one.
    let empty = request.negativeScale == nil ? request.negativePrompt : ""
    let taken = ControlTrack.groups(ofFeatures: denoiser.configuration.controlCount)
    var branches = [branch(request.caption(for: taken), controls)]
    if guidance.scale != 1 || steering.scale != 1 {
      branches.append(branch(empty, areTogether ? nil : controls))
    }
    if steering.scale != 1 { branches.append(branch(empty, nil)) }
    self.branches = branches
    liked = request.tasteScale.flatMap { scale in
      scale == 0 ? nil : (branch(request.caption(for: taken), controls, liking: LikingBucket.best), scale)
    }
    if let scale = request.negativeScale, scale != 0 {
      avoidance = Avoidance(
        negative: branch(request.negativePrompt, controls), empty: branch("", controls), scale: scale,
        guidance: guidance)
    } else {
      avoidance = nil
    }
    self.threads = threads
  }

  /// The clean patches behind `z`, which is rotated by so many patches.
  func callAsFunction(_ z: Tensor, _ t: Float, rotatedBy offset: Int = 0) -> Tensor {
    let guided = guided(z, t, rotatedBy: offset)
    return avoidance?.kept(guided, z, t, rotatedBy: offset, threads: threads) ?? guided
  }

  private func guided(_ z: Tensor, _ t: Float, rotatedBy offset: Int) -> Tensor {
    let isGuided = guidance.applies(at: t) || steering.applies(at: t)
    let plain = isGuided ? branches : Array(branches.prefix(1))
    let aim = guidance.interval.contains(t) ? liked : nil
    let needed = plain + (aim.map { [$0.branch] } ?? [])
    let lanes = Parallel.lanes(needed.count, threads: threads)
    let made = Parallel.map(needed.count, threads: lanes) { [threads] in
      needed[$0].denoise(z, t, rotatedBy: offset, threads: threads / lanes)
    }
    let steered = steered(Array(made.prefix(plain.count)), at: t)
    // From what the prompt asks for to what of it is liked.
    return aim.map { steered.moved(by: $0.scale, from: made[0], to: made[made.count - 1]) } ?? steered
  }

  /// The predictions of the branches as one.
  private func steered(_ made: [Tensor], at t: Float) -> Tensor {
    guard made.count > 1 else { return made[0] }
    let prompted = guidance.combine(conditional: made[0], unconditional: made[1], at: t)
    guard made.count > 2 else { return prompted }
    // From nothing to controls, then from controls to controls and prompt.
    return prompted.moved(by: steering.scale - 1, from: made[2], to: made[1])
  }
}
