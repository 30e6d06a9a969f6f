import Denoising
import Tensors

/// One branch of guidance at work on one clip.
struct DenoiserBranch: @unchecked Sendable {
  // Sendable: nothing here changes, and an inference tape keeps nothing.
  let network: DiffusionTransformer
  /// `[patch, patchWidth]`, half-way from noise to data.
  let patches: Tensor
  /// The caption, encoded in `precision`.
  let text: EncodedText
  var precision = Precision.fastest
  /// Its share of the threads.
  var threads = 1

  func evaluate() -> Tensor {
    let tape = Tape.inference(precision: precision, threads: threads)
    let layout = SequenceLayout([patches.shape[0]])
    return network(tape.constant(patches), times: [0.5], text: text, layout: layout).value
  }
}
