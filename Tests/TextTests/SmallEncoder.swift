import Foundation
import Tensors

/// Writes the folder of a tiny BERT, whole or damaged on purpose, for tests that need no real weights.
struct SmallEncoder {
  var configuration: [String: Any] = [
    "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16, "vocab_size": 6,
    "max_position_embeddings": 12, "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu",
  ]
  var vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "drum", "##s"]
  var shapes: [String: [Int]] = [
    "embeddings.word_embeddings.weight": [6, 8],
    "embeddings.position_embeddings.weight": [12, 8],
    "embeddings.token_type_embeddings.weight": [2, 8],
    "embeddings.LayerNorm.weight": [8],
    "embeddings.LayerNorm.bias": [8],
    "encoder.layer.0.attention.self.query.weight": [8, 8],
    "encoder.layer.0.attention.self.query.bias": [8],
    "encoder.layer.0.attention.self.key.weight": [8, 8],
    "encoder.layer.0.attention.self.key.bias": [8],
    "encoder.layer.0.attention.self.value.weight": [8, 8],
    "encoder.layer.0.attention.self.value.bias": [8],
    "encoder.layer.0.attention.output.dense.weight": [8, 8],
    "encoder.layer.0.attention.output.dense.bias": [8],
    "encoder.layer.0.attention.output.LayerNorm.weight": [8],
    "encoder.layer.0.attention.output.LayerNorm.bias": [8],
    "encoder.layer.0.intermediate.dense.weight": [16, 8],
    "encoder.layer.0.intermediate.dense.bias": [16],
    "encoder.layer.0.output.dense.weight": [8, 16],
    "encoder.layer.0.output.dense.bias": [8],
    "encoder.layer.0.output.LayerNorm.weight": [8],
    "encoder.layer.0.output.LayerNorm.bias": [8],
  ]

  func write(to folder: URL) throws {
    try JSONSerialization.data(withJSONObject: configuration).write(to: folder.appendingPathComponent("config.json"))
    try vocabulary.joined(separator: "\n")
      .write(to: folder.appendingPathComponent("vocab.txt"), atomically: true, encoding: .utf8)
    var random = RandomSource(seed: 1)
    let tensors = shapes.sorted { $0.key < $1.key }.map { name, shape in
      (name: name, tensor: Tensor(shape, (0..<shape.reduce(1, *)).map { _ in random.normal() }))
    }
    try Safetensors.write(tensors, to: folder.appendingPathComponent("model.safetensors"))
  }
}
