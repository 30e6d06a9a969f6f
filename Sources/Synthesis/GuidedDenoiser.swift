import Denoising
import Diffusion
import Music
import Parallelism
import Tensors
import Text

/// The denoiser with a prompt and controls, steered away from the negative prompt, and from doing without controls.
struct GuidedDenoiser {
  private let branches: [Branch]
  private let guidance: Guidance
  private let steering: Guidance
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
    func branch(_ caption: String, _ controls: Tensor?) -> Branch {
      Branch(denoiser, captions.embedding(of: caption), plan.patchCount, controls, precision)
    }
    guidance = Guidance(scale: request.guidanceScale, interval: Self.interval(plan))
    let scale = controls == nil ? 1 : request.controls?.strength(beside: guidance.scale) ?? guidance.scale
    // Prompt and controls of one scale are followed together, away from what there is without both: a branch less.
    let areTogether = scale == guidance.scale
    steering = Guidance(scale: areTogether ? 1 : scale, interval: Self.interval(plan))
    let taken = ControlTrack.groups(ofFeatures: denoiser.configuration.controlCount)
    var branches = [branch(request.caption(for: taken), controls)]
    if guidance.scale != 1 || steering.scale != 1 {
      branches.append(branch(request.negativePrompt, areTogether ? nil : controls))
    }
    if steering.scale != 1 { branches.append(branch(request.negativePrompt, nil)) }
    self.branches = branches
    self.threads = threads
  }

  /// The clean patches behind `z`, which is rotated by so many patches.
  func callAsFunction(_ z: Tensor, _ t: Float, rotatedBy offset: Int = 0) -> Tensor {
    let needed = guidance.applies(at: t) || steering.applies(at: t) ? branches.count : 1
    let lanes = Parallel.lanes(needed, threads: threads)
    let made = Parallel.map(needed, threads: lanes) { [branches, threads] in
      branches[$0].denoise(z, t, rotatedBy: offset, threads: threads / lanes)
    }
    guard needed > 1 else { return made[0] }
    let prompted = guidance.combine(conditional: made[0], unconditional: made[1], at: t)
    guard needed > 2 else { return prompted }
    // From nothing to controls, then from controls to controls and prompt.
    return prompted.moved(by: steering.scale - 1, from: made[2], to: made[1])
  }
}

/// The denoiser with one caption, whose share of the work is done once.
private struct Branch: @unchecked Sendable {
  // Sendable: nothing here changes, and an inference tape keeps nothing.
  private let denoiser: DiffusionTransformer
  private let text: EncodedText
  private let layout: SequenceLayout
  private let controls: Tensor?
  private let precision: Precision

  init(
    _ denoiser: DiffusionTransformer, _ caption: TextEmbedding, _ patchCount: Int, _ controls: Tensor?,
    _ precision: Precision
  ) {
    let batch = CaptionBatch([caption])
    self.denoiser = denoiser
    self.controls = controls
    self.precision = precision
    layout = SequenceLayout([patchCount])
    text = denoiser.encode(
      tokens: batch.tokens, layout: batch.layout, sentences: batch.sentences,
      on: .inference(precision: precision))
  }

  /// The time until which products are computed in int8: what it rounds off is less than the noise that is still there; the
  /// detail that comes after is not.
  private static let int8Until: Float = 0.6

  func denoise(_ z: Tensor, _ t: Float, rotatedBy offset: Int, threads: Int) -> Tensor {
    let precision = precision == .int8 && t > Self.int8Until ? Precision.fastest : precision
    let tape = Tape.inference(precision: precision, threads: threads)
    let controls = controls.map { $0.rotated(by: offset) }
    return denoiser(tape.constant(z), times: [t], text: text, layout: layout, controls: controls).value
  }
}
