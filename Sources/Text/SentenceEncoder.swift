public import Foundation

/// Turns a prompt into numbers: a BERT encoder with its tokenizer, as sentence-transformers' all-MiniLM-L6-v2.
///
/// Embeddings agree with sentence-transformers' up to float32 rounding, and depend on nothing but the text: not on
/// other texts, nor on threads. Any uncased BERT with mean pooling loads, if its folder has the same layout.
public final class SentenceEncoder: Sendable {
  /// The length of an embedding: 384 for all-MiniLM-L6-v2.
  public let width: Int
  /// The most tokens that are read of a text, `[CLS]` and `[SEP]` included: 256, as sentence-transformers sets it.
  public let maximumTokenCount: Int
  /// The folder that it was read from.
  public let directory: URL
  private let tokenizer: WordPieceTokenizer
  private let encoder: BertEncoder

  /// Loads an encoder.
  /// - Parameter directory: a folder that holds `config.json`, `vocab.txt` and `model.safetensors`; see `locate`.
  /// - Throws: `TextError` when a file is missing, damaged, or does not belong with the others.
  public init(directory: URL) throws(TextError) {
    self.directory = directory
    let configurationURL = directory.appendingPathComponent("config.json")
    let configuration = try BertConfiguration(contentsOf: configurationURL)
    tokenizer = try WordPieceTokenizer(vocabulary: directory.appendingPathComponent("vocab.txt"))
    guard tokenizer.idCount <= configuration.vocabularySize else {
      throw .unsupportedConfiguration(
        path: configurationURL.path,
        reason: "vocab_size is \(configuration.vocabularySize), but vocab.txt has \(tokenizer.idCount) lines")
    }
    var weights = try BertWeights(contentsOf: directory.appendingPathComponent("model.safetensors"))
    encoder = try BertEncoder(configuration, &weights)
    try weights.finish()
    width = configuration.width
    maximumTokenCount = min(256, configuration.maximumPositionCount)
  }

  /// The embedding of `text`, of which the first `maximumTokenCount` tokens are read. Safe to call from any thread.
  public func encode(_ text: String) -> TextEmbedding {
    TextEmbedding(pooling: encoder(tokenizer.encode(text, maximumLength: maximumTokenCount)))
  }
}
