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
  let elementCounts: [Int]

  init(
    _ examples: [TrainingExample], dataset: Dataset, empty: TextEmbedding, times: [Float], scale: ValueScale,
    sizes: DenoiserConfiguration, controls lessons: ControlLessons?, augmenter: Augmenter? = nil
  ) {
    let (patchLength, patchWidth) = (sizes.patchLength, sizes.patchWidth)
    let layout = SequenceLayout(examples.map(\.patchCount))
    var clean = Tensor([layout.rowCount, patchWidth])
    var noise = Tensor([layout.rowCount, patchWidth])
    clean.withUnsafeMutable { values in
      noise.withUnsafeMutable { normals in
        for (example, start) in zip(examples, layout.starts) {
          let count = example.patchCount * patchWidth
          let base = values + start * patchWidth
          let frameCount = example.patchCount * patchLength
          if let augmenter {
            augmenter.copyFrames(of: example, count: frameCount, into: base)
          } else {
            dataset.copyFrames(example.clip, from: example.start, count: frameCount, into: base)
          }
          scale.normalize(base, count: count)
          example.random.split(2).fillNormals(normals + start * patchWidth, count: count)
        }
      }
    }
    elementCounts = examples.map { $0.patchCount * patchWidth }
    self.clean = clean
    self.times = times
    self.layout = layout
    noised = Objective.noised(clean: clean, noise: noise, times: times, elementCounts: elementCounts)
    controls = lessons.flatMap { lessons in
      lessons.tensor(examples, sizes: sizes, layout: layout) { example, count in
        augmenter?.track(of: example, count: count) ?? dataset.controls(example.clip, from: example.start, count: count)
      }
    }
    text = CaptionBatch(
      examples.map { $0.told(augmenter?.text(of: $0) ?? dataset.text(of: $0), empty: empty) })
  }

  /// The network's prediction of the clean patches, on the tape.
  func prediction(of network: DiffusionTransformer, on tape: Tape) -> Variable {
    let encoded = network.encode(
      tokens: text.tokens, layout: text.layout, sentences: text.sentences, on: tape)
    return network(tape.constant(noised), times: times, text: encoded, layout: layout, controls: controls)
  }
}
