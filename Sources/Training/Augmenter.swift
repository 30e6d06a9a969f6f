import Music
import Spectra
import Synthesis
import Tensors
import Text

/// Varies the clips of a data set as they are learned: the same clip differs from pass to pass, and by nothing else than
/// its place in the training.
struct Augmenter: Sendable {
  private let augmentation: Augmentation
  private let dataset: Dataset
  private let frames: FrameVariation
  /// Whether a caption of a clip names notes, chords or a key, which a transposed clip would belie.
  private let namesPitch: [Bool]

  init(_ augmentation: Augmentation, dataset: Dataset) {
    self.augmentation = augmentation
    self.dataset = dataset
    frames = FrameVariation(dataset.mel, parts: dataset.parts)
    namesPitch = dataset.clips.map { $0.captions.contains { PromptMusic($0).namesPitch } }
  }

  func variation(of example: TrainingExample) -> Variation {
    augmentation.draw(
      from: example.random.stream(.variation), namesPitch: namesPitch[example.clip], clips: dataset.trainingIndices)
  }

  /// Writes `count` frames of an example, `[frame, value]` in −1 … 1.
  func copyFrames(of example: TrainingExample, count: Int, into destination: UnsafeMutablePointer<Float>) {
    let variation = variation(of: example)
    let noise = example.random.stream(.backgroundNoise)
    var made = varied(example.clip, from: example.start, count: count, variation, noise)
    if let partner = variation.partner {
      made = frames.mixed(made, varied(partner, from: 0, count: count, Variation(), noise))
    }
    made.withUnsafeBufferPointer { if let from = $0.baseAddress { destination.update(from: from, count: made.count) } }
  }

  /// The control track of an example; see `Variation.track`.
  func track(of example: TrainingExample, count: Int) -> ControlTrack {
    let variation = variation(of: example)
    let source = dataset.controls(example.clip, from: example.start, count: variation.sourceFrameCount(count))
    return variation.track(of: source, frameCount: count)
  }

  /// What the network is told of how each example is varied, `[example, count]`; nil for one that is not told.
  func features(of examples: [TrainingExample], count: Int) -> Tensor? {
    guard count == Variation.featureCount else { return nil }
    return Tensor([examples.count, count], examples.flatMap { variation(of: $0).features })
  }

  /// What is said of an example: both captions where two clips sound.
  func text(of example: TrainingExample) -> TextEmbedding {
    let own = dataset.text(of: example)
    return variation(of: example).partner.map { own.joined(with: dataset.text($0)) } ?? own
  }

  private func varied(
    _ clip: Int, from start: Int, count: Int, _ variation: Variation, _ noise: RandomSource
  ) -> [Float] {
    let needed = variation.sourceFrameCount(count)
    var source = [Float](repeating: 0, count: needed * dataset.layout.valueCount)
    source.withUnsafeMutableBufferPointer {
      if let to = $0.baseAddress { dataset.copyFrames(clip, from: start, count: needed, into: to) }
    }
    if variation.isReversed {
      source = frames.reversed(source, sounding: min(needed, max(0, dataset.frameCount(clip) - start)))
    }
    return frames.frames(source, varied: variation, count: count, noise: noise)
  }
}

extension TextEmbedding {
  /// Two captions at once: the tokens of both, and the mean of what they say.
  func joined(with other: TextEmbedding) -> TextEmbedding {
    let sums = zip(sentence.values, other.sentence.values).map { $0 + $1 }
    let length = max(sums.reduce(0) { $0 + $1 * $1 }.squareRoot(), 1e-12)
    return TextEmbedding(
      tokens: Tensor(
        [tokens.shape[0] + other.tokens.shape[0], tokens.shape[1]], tokens.values + other.tokens.values),
      sentence: Tensor(sentence.shape, sums.map { $0 / length }))
  }
}
