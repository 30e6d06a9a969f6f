import Denoising
import Music
import Spectra
import Synthesis
import Text
import Training

/// Makes the clips that a model is judged by: of a data set's captions, as it learned them, and, where they are asked
/// for, its control tracks.
struct CaptionSynthesis: Sendable {
  private let dataset: Dataset
  private let vocoder: Vocoder
  private let synthesizer: Synthesizer
  private let usesControls: Bool

  /// - Parameters:
  ///   - empty: the embedding of the empty caption, for guidance.
  ///   - usesControls: whether clips get control tracks besides their captions; the model has to take them.
  init(model: ModelBundle, dataset: Dataset, empty: TextEmbedding, usesControls: Bool) {
    self.dataset = dataset
    self.usesControls = usesControls
    vocoder = Vocoder(model.configuration.mel)
    let captions = Dictionary(dataset.heldOutIndices.map { (dataset.clips[$0].caption, $0) }) { first, _ in first }
    synthesizer = Synthesizer(model: model) { caption in captions[caption].map({ dataset.text($0) }) ?? empty }
  }

  /// Samples of a clip that is as long as another, which is vocoded: of two channels the mid.
  func vocoded(_ clip: Int, sampleCount: Int, iterations: Int) -> [Float] {
    let frames = dataset.soundFrames(clip, limit: dataset.mel.frameCount(sampleCount: sampleCount))
    return vocoder.synthesize(
      frames.mel, attacks: frames.attacks, sampleCount: sampleCount, iterations: iterations)
  }

  /// What a clip of a data set asks for: the track that a network would learn it with.
  func track(of clip: Int, sampleCount: Int) -> ControlTrack {
    dataset.controls(clip, from: 0, count: dataset.mel.frameCount(sampleCount: sampleCount))
  }

  /// What it takes to make a clip of a held-out caption, with the controls of that clip if any are used.
  func plan(_ request: GenerationRequest, of clip: Int) throws(ControlError) -> ClipPlan {
    guard usesControls else { return try synthesizer.plan(request, track: nil) }
    let configuration = synthesizer.model.configuration
    // Whole patches, the rest of the last one silent.
    let frames = configuration.mel.frameCount(sampleCount: synthesizer.sampleCount(request.duration))
    let track = dataset.controls(clip, from: 0, count: frames + configuration.denoiser.patchLength)
    return try synthesizer.plan(request, track: track)
  }

  /// - Throws: `ControlError.noNumbers`.
  func samples(_ plan: ClipPlan) throws(ControlError) -> [Float] { try synthesizer.samples(plan) }
}
