public import Audio
import Denoising
import Diffusion
import Foundation
public import Spectra
public import Tensors
public import Text

/// Prompts to clips: text encoder, denoiser, sampler and vocoder in a row.
///
/// A clip's samples depend on its own request and the model: not on the clips made beside it, nor on the threads.
public final class Synthesizer: Sendable {
  public let model: ModelBundle
  private let captions: CaptionMemory
  private let vocoder: Vocoder
  private let precision: Precision
  private let threads: Int

  public init(
    model: ModelBundle, encoder: SentenceEncoder, precision: Precision = .fastest,
    threads: Int = Parallel.coreCount
  ) {
    self.model = model
    captions = CaptionMemory(encoder)
    self.precision = precision
    self.threads = threads
    vocoder = Vocoder(model.configuration.mel)
  }

  /// The samples of a clip that is `duration` long.
  public func sampleCount(_ duration: Double) -> Int {
    Int((duration * Double(model.configuration.mel.sampleRate)).rounded())
  }

  /// What keeps this model from the request, in one line; nil if nothing does.
  public func problem(of request: GenerationRequest) -> String? {
    if let problem = request.problem { return problem }
    let patchLength = model.configuration.denoiser.patchLength
    let most = Double(DiffusionTransformer.maximumTokenCount * patchLength) / model.configuration.mel.framesPerSecond
    guard request.duration < most - 1 else {
      return "a duration of \(request.duration) s is more than the \(Int(most) - 1) s that this model makes at most"
    }
    return nil
  }

  /// The pieces of work that `generate` counts in its progress: the steps of each clip, and its vocoding.
  public static func pieceCount(_ requests: some Collection<GenerationRequest>) -> Int {
    requests.reduce(0) { $0 + $1.steps + 1 }
  }

  /// Makes clips, several side by side where there are cores.
  /// - Parameter progress: called from any thread after each step of each clip, and after each vocoding, with the
  ///   number of pieces of work done and of all.
  public func generate(
    _ requests: [GenerationRequest], progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> [AudioClip] {
    let counter = WorkCounter(total: Self.pieceCount(requests), tell: progress)
    let spare = threads > requests.count
    return Parallel.map(requests.count, threads: threads) { index in
      let request = requests[index]
      let frames = self.frames(request, branchesSideBySide: spare) { counter.advance() }
      let samples = self.vocoder.synthesize(
        frames, sampleCount: self.sampleCount(request.duration), iterations: request.vocoderIterations,
        seed: request.seed, threads: spare ? self.threads : 1)
      counter.advance()
      return AudioClip(mono: samples, sampleRate: self.model.configuration.mel.sampleRate)
    }
  }

  /// The mel frames of a clip, before the vocoder.
  public func frames(
    _ request: GenerationRequest, branchesSideBySide: Bool = false, step: @escaping () -> Void = {}
  ) -> MelFrames {
    let (sizes, mel) = (model.configuration.denoiser, model.configuration.mel)
    let frameCount = mel.frameCount(sampleCount: sampleCount(request.duration))
    let patchCount = (frameCount + sizes.patchLength - 1) / sizes.patchLength
    let random = RandomSource(seed: request.seed)
    let denoise = guidedDenoiser(request, patchCount: patchCount, sideBySide: branchesSideBySide)
    let noise = random.split(0).normals([patchCount, sizes.patchWidth])
    var clean = request.sampler.sampler.sample(
      from: noise, times: NoiseSchedule.standard.times(stepCount: request.steps, shift: request.timeShift),
      random: random.split(1),
      denoise: denoise
    ) { _, _ in step() }
    clean.withUnsafeMutable { model.configuration.scale.restore($0, count: patchCount * sizes.patchWidth) }
    return MelFrames(
      bandCount: mel.bandCount, values: Array(clean.values.prefix(frameCount * mel.bandCount)))
  }

  /// The denoiser with its prompt, steered away from the negative prompt where guidance is on.
  private func guidedDenoiser(_ request: GenerationRequest, patchCount: Int, sideBySide: Bool) -> Denoise {
    let conditional = Branch(model.denoiser, captions.embedding(of: request.prompt), patchCount, precision)
    let guidance = Guidance(scale: request.guidanceScale)
    guard guidance.scale != 1 else { return conditional.denoise }
    let unconditional = Branch(model.denoiser, captions.embedding(of: request.negativePrompt), patchCount, precision)
    return { z, t in
      guard guidance.applies(at: t) else { return conditional.denoise(z, t) }
      let branches = [conditional, unconditional]
      let predictions = Parallel.map(2, threads: sideBySide ? 2 : 1) { branches[$0].denoise(z, t) }
      return guidance.combine(conditional: predictions[0], unconditional: predictions[1], at: t)
    }
  }
}

/// The denoiser with one caption, whose share of the work is done once.
private struct Branch: @unchecked Sendable {
  // Sendable: nothing here changes, and an inference tape keeps nothing.
  private let denoiser: DiffusionTransformer
  private let text: EncodedText
  private let layout: SequenceLayout
  private let precision: Precision

  init(_ denoiser: DiffusionTransformer, _ caption: TextEmbedding, _ patchCount: Int, _ precision: Precision) {
    let batch = CaptionBatch([caption])
    self.denoiser = denoiser
    self.precision = precision
    layout = SequenceLayout([patchCount])
    text = denoiser.encode(
      tokens: batch.tokens, layout: batch.layout, sentences: batch.sentences,
      on: .inference(precision: precision))
  }

  func denoise(_ z: Tensor, _ t: Float) -> Tensor {
    let tape = Tape.inference(precision: precision)
    return denoiser(tape.constant(z), times: [t], text: text, layout: layout, on: tape).value
  }
}

/// Counts finished pieces of work over several threads.
private final class WorkCounter: @unchecked Sendable {
  private let lock = NSLock()
  private var done = 0
  private let total: Int
  private let tell: @Sendable (Int, Int) -> Void

  init(total: Int, tell: @escaping @Sendable (Int, Int) -> Void) {
    self.total = total
    self.tell = tell
  }

  func advance() {
    lock.withLock {
      done += 1
      tell(done, total)
    }
  }
}
