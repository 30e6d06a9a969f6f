import Foundation
import Tensors

/// The folder of a tiny BERT, of which one file is damaged at a time.
enum FuzzedEncoder {
  private static let configuration = """
    {"hidden_size":8,"num_hidden_layers":1,"num_attention_heads":2,"intermediate_size":16,"vocab_size":6,\
    "max_position_embeddings":12,"type_vocab_size":2,"layer_norm_eps":1e-12,"hidden_act":"gelu"}
    """
  private static let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\ndrum\n##s\n"

  private static let shapes: [(name: String, shape: [Int])] =
    [
      ("embeddings.word_embeddings.weight", [6, 8]), ("embeddings.position_embeddings.weight", [12, 8]),
      ("embeddings.token_type_embeddings.weight", [2, 8]), ("embeddings.LayerNorm.weight", [8]),
      ("embeddings.LayerNorm.bias", [8]),
    ] + layer("attention.self.query", 8, 8) + layer("attention.self.key", 8, 8) + layer("attention.self.value", 8, 8)
    + layer("attention.output.dense", 8, 8) + layer("intermediate.dense", 8, 16) + layer("output.dense", 16, 8)
    + ["attention.output.LayerNorm", "output.LayerNorm"].flatMap { name in
      [("encoder.layer.0.\(name).weight", [8]), ("encoder.layer.0.\(name).bias", [8])]
    }

  private static func layer(_ name: String, _ inputs: Int, _ outputs: Int) -> [(name: String, shape: [Int])] {
    [("encoder.layer.0.\(name).weight", [outputs, inputs]), ("encoder.layer.0.\(name).bias", [outputs])]
  }

  /// Writes the folder, and returns one of its files.
  static func write(to folder: URL, _ name: String) throws -> [UInt8] {
    try Data(configuration.utf8).write(to: folder.appendingPathComponent("config.json"))
    try Data(vocabulary.utf8).write(to: folder.appendingPathComponent("vocab.txt"))
    let tensors = shapes.map { (name: $0.name, tensor: RandomSource(seed: 1).normals($0.shape)) }
    try Safetensors.write(tensors, to: folder.appendingPathComponent("model.safetensors"))
    return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }
}
