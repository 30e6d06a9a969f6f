import Denoising
import Diffusion
import Music
import Spectra
import Synthesis
import Tensors
import Text
import Training

/// Makes the clips that a model is judged by: of a data set's captions and, where the model takes them, control tracks, as
/// it learned them. Otherwise as `Synthesizer` does.
struct CaptionSynthesis: Sendable {
  let model: ModelBundle
  let dataset: Dataset
  /// The embedding of the empty caption, for guidance.
  let empty: TextEmbedding
  let vocoder: Vocoder

  init(model: ModelBundle, dataset: Dataset, empty: TextEmbedding) {
    self.model = model
    self.dataset = dataset
    self.empty = empty
    vocoder = Vocoder(model.configuration.mel)
  }

  /// Samples of a clip that is as long as another, which is vocoded.
  func vocoded(_ clip: Int, sampleCount: Int, iterations: Int) -> [Float] {
    let frames = dataset.melFrames(clip, limit: model.configuration.mel.frameCount(sampleCount: sampleCount))
    return vocoder.synthesize(frames, sampleCount: sampleCount, iterations: iterations)
  }

  /// What a clip of a data set asks for: the track that a network would learn it with.
  func track(of clip: Int, sampleCount: Int) -> ControlTrack {
    dataset.controls(clip, from: 0, count: model.configuration.mel.frameCount(sampleCount: sampleCount))
  }

  /// A clip with a data set clip's caption, and its controls if the model takes any.
  func samples(_ request: GenerationRequest, of clip: Int, sampleCount: Int) -> [Float] {
    let configuration = model.configuration
    let (mel, sizes) = (configuration.mel, configuration.denoiser)
    let frameCount = mel.frameCount(sampleCount: sampleCount)
    let patchCount = (frameCount + sizes.patchLength - 1) / sizes.patchLength
    let controls = controls(of: clip, patchCount: patchCount)
    let branches = [dataset.text(clip), empty].map { Branch(model.denoiser, $0, patchCount, controls) }
    let guidance = Guidance(scale: request.guidanceScale)
    let random = RandomSource(seed: request.seed)
    var patches = request.sampler.sampler.sample(
      from: random.split(0).normals([patchCount, sizes.patchWidth]),
      times: NoiseSchedule.standard.times(stepCount: request.steps, shift: request.timeShift),
      random: random.split(1)
    ) { z, t in
      let prompted = branches[0].denoise(z, t)
      guard guidance.applies(at: t) else { return prompted }
      return guidance.combine(conditional: prompted, unconditional: branches[1].denoise(z, t), at: t)
    }
    let count = patches.count
    patches.withUnsafeMutable { configuration.scale.restore($0, count: count) }
    let frames = MelFrames(bandCount: mel.bandCount, values: Array(patches.values.prefix(frameCount * mel.bandCount)))
    return vocoder.synthesize(
      frames, sampleCount: sampleCount, iterations: request.vocoderIterations, seed: request.seed)
  }

  private func controls(of clip: Int, patchCount: Int) -> Tensor? {
    guard model.configuration.takesControls else { return nil }
    let sizes = model.configuration.denoiser
    let track = dataset.controls(clip, from: 0, count: patchCount * sizes.patchLength)
    return Tensor([patchCount, sizes.controlWidth], track.features())
  }
}

/// The denoiser with one caption.
private struct Branch {
  private let denoiser: DiffusionTransformer
  private let text: EncodedText
  private let layout: SequenceLayout
  private let controls: Tensor?

  init(_ denoiser: DiffusionTransformer, _ caption: TextEmbedding, _ patchCount: Int, _ controls: Tensor?) {
    let batch = CaptionBatch([caption])
    self.denoiser = denoiser
    self.controls = controls
    layout = SequenceLayout([patchCount])
    text = denoiser.encode(
      tokens: batch.tokens, layout: batch.layout, sentences: batch.sentences, on: Tape.inference())
  }

  func denoise(_ z: Tensor, _ t: Float) -> Tensor {
    let tape = Tape.inference()
    return denoiser(tape.constant(z), times: [t], text: text, layout: layout, controls: controls, on: tape).value
  }
}
