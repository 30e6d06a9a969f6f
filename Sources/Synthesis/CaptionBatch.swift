public import Tensors
public import Text

/// The embeddings of several captions, back to back, as the denoiser takes them.
public struct CaptionBatch: Sendable {
  /// `[rows of all, textWidth]`.
  public let tokens: Tensor
  public let layout: SequenceLayout
  /// `[caption, textWidth]`.
  public let sentences: Tensor

  public init(_ captions: [TextEmbedding]) {
    precondition(!captions.isEmpty, "a batch of no captions")
    layout = SequenceLayout(captions.map { $0.tokens.shape[0] })
    let width = captions[0].sentence.count
    tokens = Tensor([layout.rowCount, width], captions.flatMap(\.tokens.values))
    sentences = Tensor([captions.count, width], captions.flatMap(\.sentence.values))
  }
}
