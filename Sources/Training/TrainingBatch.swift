import Denoising
import Diffusion
import Spectra
import Synthesis
import Tensors
import Text

/// Clips as the network learns from them: clean patches, the same ones with noise, and the captions.
struct TrainingBatch {
  let clean: Tensor
  let noised: Tensor
  let times: [Float]
  let layout: SequenceLayout
  let text: CaptionBatch
  /// `[token, controlWidth]`; nil when no clip shows any control.
  let controls: Tensor?
  /// `[sequence, variationCount]`; nil when nothing is varied, or the network is not told.
  let variations: Tensor?
  /// `[sequence, likingCount]`; nil when the network is not told how much clips are liked.
  let likings: Tensor?
  let elementCounts: [Int]
  /// The first frame of each example within its clip.
  let starts: [Int]

  /// - Parameters:
  ///   - source: where the examples come from.
  ///   - frame: where the values of its frames stand.
  ///   - lessons: how their control tracks are shown; nil for not at all.
  ///   - liking: how much they are liked; nil where nothing is said of it.
  init(
    _ examples: [TrainingExample], from source: some LessonSource, empty: TextEmbedding, times: [Float],
    scale: ValueScale, frame: FrameLayout, sizes: DenoiserConfiguration, controls lessons: ControlLessons?,
    liking: LikingLessons? = nil
  ) {
    precondition(frame.valueCount == sizes.frameWidth, "frames of \(frame.valueCount) values for \(sizes.frameWidth)")
    let width = sizes.patchWidth
    starts = examples.map(\.start)
    layout = SequenceLayout(examples.map(\.patchCount))
    elementCounts = examples.map { $0.patchCount * width }
    self.times = times
    clean = Self.patches(of: examples, layout, width: width) { example, values in
      source.copyFrames(of: example, count: example.patchCount * sizes.patchLength, into: values)
      scale.normalize(values, count: example.patchCount * width, layout: frame)
    }
    let noise = Self.patches(of: examples, layout, width: width) { example, values in
      example.random.stream(.noise).fillNormals(values, count: example.patchCount * width)
    }
    noised = Objective.noised(clean: clean, noise: noise, times: times, elementCounts: elementCounts)
    controls = lessons?.tensor(examples, sizes: sizes, layout: layout) { example, count in
      source.track(of: example, count: count)
    }
    variations = source.features(of: examples, count: sizes.variationCount)
    likings = liking?.values(of: examples, count: sizes.likingCount)
    text = CaptionBatch(examples.map { $0.conditioning(by: source.text(of: $0), empty: empty) })
  }

  /// `[patch, width]`, where `fill` writes the patches of each example.
  private static func patches(
    of examples: [TrainingExample], _ layout: SequenceLayout, width: Int,
    fill: (TrainingExample, UnsafeMutablePointer<Float>) -> Void
  ) -> Tensor {
    var tensor = Tensor([layout.rowCount, width])
    tensor.withUnsafeMutable { values in
      for (example, start) in zip(examples, layout.starts) { fill(example, values + start * width) }
    }
    return tensor
  }

  /// The network's prediction of the clean patches, on the tape.
  func prediction(of network: DiffusionTransformer, on tape: Tape) -> Variable {
    let encoded = network.encode(
      tokens: text.tokens, layout: text.layout, sentences: text.sentences, audio: layout, starts: starts, on: tape)
    return network(
      tape.constant(noised), times: times, text: encoded, layout: layout, controls: controls, variations: variations,
      likings: likings)
  }
}
