import Foundation

/// The sizes of a BERT encoder, as `config.json` of Hugging Face's transformers names them.
struct BertConfiguration: Sendable, Equatable {
  var width: Int
  var layerCount: Int
  var headCount: Int
  var innerWidth: Int
  var vocabularySize: Int
  var maximumPositionCount: Int
  var tokenTypeCount: Int
  var normalizationEpsilon: Float

  /// Reads `config.json`.
  /// - Throws: `TextError` when the file cannot be read, or asks for what `BertEncoder` does not compute.
  init(contentsOf url: URL) throws(TextError) {
    let file = try File.read(url)
    width = file.hidden_size
    layerCount = file.num_hidden_layers
    headCount = file.num_attention_heads
    innerWidth = file.intermediate_size
    vocabularySize = file.vocab_size
    maximumPositionCount = file.max_position_embeddings
    tokenTypeCount = file.type_vocab_size
    normalizationEpsilon = file.layer_norm_eps
    if let reason = objection(to: file) { throw .unsupportedConfiguration(path: url.path, reason: reason) }
  }

  private func objection(to file: File) -> String? {
    // Ten times those of the largest BERT, and so small that no product of them overflows.
    for (name, size, most) in [
      ("hidden_size", width, 8192), ("num_hidden_layers", layerCount, 256), ("num_attention_heads", headCount, 256),
      ("intermediate_size", innerWidth, 1 << 16), ("vocab_size", vocabularySize, WordPieceVocabulary.mostPieces),
      ("type_vocab_size", tokenTypeCount, 1024), ("max_position_embeddings", maximumPositionCount, 1 << 16),
    ] where !(1...most).contains(size) {
      return "\(name) is \(size)"
    }
    guard normalizationEpsilon.isFinite, (0...1).contains(normalizationEpsilon) else {
      return "layer_norm_eps is \(normalizationEpsilon)"
    }
    if width % headCount != 0 { return "hidden_size \(width) is not a multiple of num_attention_heads \(headCount)" }
    if maximumPositionCount < 2 { return "max_position_embeddings \(maximumPositionCount) leaves no room for a token" }
    if file.hidden_act != "gelu" { return "hidden_act is \(file.hidden_act) instead of gelu" }
    if let kind = file.position_embedding_type, kind != "absolute" {
      return "position_embedding_type is \(kind) instead of absolute"
    }
    return nil
  }

  // swift-format-ignore: AlwaysUseLowerCamelCase
  private struct File: Decodable {
    var hidden_size: Int
    var num_hidden_layers: Int
    var num_attention_heads: Int
    var intermediate_size: Int
    var vocab_size: Int
    var max_position_embeddings: Int
    var type_vocab_size: Int
    var layer_norm_eps: Float
    var hidden_act: String
    var position_embedding_type: String?

    static func read(_ url: URL) throws(TextError) -> File {
      let data = try FileContents.read(url, limit: 1 << 20)
      do {
        return try JSONDecoder().decode(File.self, from: data)
      } catch DecodingError.keyNotFound(let key, _) {
        throw .unsupportedConfiguration(path: url.path, reason: "it has no \(key.stringValue)")
      } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
        let key = context.codingPath.map(\.stringValue).joined(separator: ".")
        throw .unsupportedConfiguration(path: url.path, reason: "its \(key) is of the wrong kind")
      } catch {
        throw .unreadable(path: url.path, reason: "it is not JSON")
      }
    }
  }
}
