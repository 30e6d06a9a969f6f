import Denoising
import Tensors
import Text

/// The denoiser with one caption, whose share of the work is done once.
struct Branch: @unchecked Sendable {
  // Sendable: nothing here changes, and an inference tape keeps nothing.
  private let denoiser: DiffusionTransformer
  private let text: EncodedText
  private let layout: SequenceLayout
  private let controls: Tensor?
  private let precision: Precision
  private let likings: Tensor?

  /// - Parameter liking: how much the clip is to be liked, as the network is told; nil for nothing.
  init(
    _ denoiser: DiffusionTransformer, _ caption: TextEmbedding, _ patchCount: Int, _ controls: Tensor?,
    _ precision: Precision, liking: [Float]? = nil
  ) {
    let batch = CaptionBatch([caption])
    self.denoiser = denoiser
    self.controls = controls
    self.precision = precision
    likings = liking.map { Tensor([1, $0.count], $0) }
    layout = SequenceLayout([patchCount])
    text = denoiser.encode(
      tokens: batch.tokens, layout: batch.layout, sentences: batch.sentences, audio: layout,
      on: .inference(precision: precision))
  }

  /// The time until which products are computed in int8: what it rounds off is less than the noise that is still there; the
  /// detail that comes after is not.
  private static let int8Until: Float = 0.6

  /// - Parameters:
  ///   - leap: what the network is told of how far the step goes; nil for nothing.
  ///   - end: the time that the step goes to, where that decides how exact products are.
  func denoise(
    _ z: Tensor, _ t: Float, rotatedBy offset: Int, threads: Int, leap: [Float]? = nil, until end: Float? = nil
  ) -> Tensor {
    let precision = precision == .int8 && (end ?? t) > Self.int8Until ? Precision.fastest : precision
    let tape = Tape.inference(precision: precision, threads: threads)
    let controls = controls.map { $0.rotated(by: offset) }
    let text = text.moving { $0.rotated(by: offset) }
    return denoiser(
      tape.constant(z), times: [t], text: text, layout: layout, controls: controls, likings: likings,
      leaps: leap.map { Tensor([1, $0.count], $0) }
    ).value
  }
}
