import Foundation
import Tensors
import Testing
import Text

struct EncoderErrorTests {
  @Test func aWholeFolderOfAnySizesLoads() throws {
    try withTemporaryFolder { folder in
      try SmallEncoder().write(to: folder)
      let encoder = try SentenceEncoder(directory: folder)
      #expect(encoder.width == 8)
      #expect(encoder.maximumTokenCount == 12)
      #expect(encoder.encode("Drums, drum").tokens.shape == [6, 8])
      #expect(encoder.encode(String(repeating: "drum ", count: 50)).tokens.shape == [12, 8])
    }
  }

  @Test func aMissingFolderIsRefused() throws {
    try withTemporaryFolder { folder in
      let missing = folder.appendingPathComponent("none")
      #expect(throws: TextError.missingFile(path: missing.appendingPathComponent("config.json").path)) {
        try SentenceEncoder(directory: missing)
      }
    }
  }

  @Test(arguments: ["config.json", "vocab.txt", "model.safetensors"])
  func aMissingFileIsRefused(name: String) throws {
    try withTemporaryFolder { folder in
      try SmallEncoder().write(to: folder)
      let url = folder.appendingPathComponent(name)
      try FileManager.default.removeItem(at: url)
      #expect(throws: TextError.missingFile(path: url.path)) { try SentenceEncoder(directory: folder) }
    }
  }

  @Test func aFileThatIsAFolderIsRefused() throws {
    try withTemporaryFolder { folder in
      try SmallEncoder().write(to: folder)
      let url = folder.appendingPathComponent("config.json")
      try FileManager.default.removeItem(at: url)
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
      #expect {
        try SentenceEncoder(directory: folder)
      } throws: { error in
        guard case TextError.unreadable(url.path, _) = error else { return false }
        return true
      }
    }
  }

  @Test func truncatedWeightsAreRefused() throws {
    try withTemporaryFolder { folder in
      try SmallEncoder().write(to: folder)
      let url = folder.appendingPathComponent("model.safetensors")
      let whole = try Data(contentsOf: url)
      for length in [0, 7, 100, whole.count / 2, whole.count - 1] {
        try whole.prefix(length).write(to: url)
        #expect {
          try SentenceEncoder(directory: folder)
        } throws: { error in
          guard case TextError.weights(let cause) = error else { return false }
          switch cause {
          case .truncated(url.path, _), .wrongLength(url.path, _, _): return true
          default: return false
          }
        }
      }
    }
  }

  @Test func everyTensorIsAskedForInItsShape() throws {
    let whole = SmallEncoder()
    try withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("model.safetensors").path
      for (name, shape) in whole.shapes {
        var damaged = whole
        damaged.shapes[name] = nil
        try damaged.write(to: folder)
        #expect(throws: TextError.weights(.noSuchTensor(path: path, name: name))) {
          try SentenceEncoder(directory: folder)
        }
        let other = [shape[0] + 1] + shape.dropFirst()
        damaged.shapes[name] = other
        try damaged.write(to: folder)
        #expect(throws: TextError.weights(.wrongShape(path: path, name: name, shape: other, expected: shape))) {
          try SentenceEncoder(directory: folder)
        }
      }
    }
  }

  @Test func aTensorOfAnotherNetworkIsRefusedButThePoolerIsNot() throws {
    try withTemporaryFolder { folder in
      var encoder = SmallEncoder()
      encoder.shapes["pooler.dense.weight"] = [8, 8]
      encoder.shapes["embeddings.position_ids"] = [1, 12]
      try encoder.write(to: folder)
      _ = try SentenceEncoder(directory: folder)
      encoder.shapes["encoder.layer.1.output.dense.bias"] = [8]
      try encoder.write(to: folder)
      let path = folder.appendingPathComponent("model.safetensors").path
      #expect(throws: TextError.unexpectedTensor(path: path, name: "encoder.layer.1.output.dense.bias")) {
        try SentenceEncoder(directory: folder)
      }
    }
  }

  @Test(arguments: [
    ("hidden_size", "0", "hidden_size is 0"),
    ("num_hidden_layers", "-1", "num_hidden_layers is -1"),
    ("vocab_size", "9000000000000000000", "vocab_size is 9000000000000000000"),
    ("num_attention_heads", "3", "hidden_size 8 is not a multiple of num_attention_heads 3"),
    ("max_position_embeddings", "1", "max_position_embeddings 1 leaves no room for a token"),
    ("hidden_act", "\"relu\"", "hidden_act is relu instead of gelu"),
    ("position_embedding_type", "\"relative_key\"", "position_embedding_type is relative_key instead of absolute"),
    ("vocab_size", "5", "vocab_size is 5, but vocab.txt has 6 lines"),
    ("intermediate_size", "\"wide\"", "its intermediate_size is of the wrong kind"),
    ("type_vocab_size", "null", "its type_vocab_size is of the wrong kind"),
  ])
  func aConfigurationOfAnotherNetworkIsRefused(key: String, value: String, reason: String) throws {
    try withTemporaryFolder { folder in
      var encoder = SmallEncoder()
      encoder.configuration[key] = try JSONSerialization.jsonObject(with: Data(value.utf8), options: .fragmentsAllowed)
      try encoder.write(to: folder)
      let path = folder.appendingPathComponent("config.json").path
      #expect(throws: TextError.unsupportedConfiguration(path: path, reason: reason)) {
        try SentenceEncoder(directory: folder)
      }
    }
  }

  @Test func theHashIsOfAllThreeFiles() throws {
    try withTemporaryFolder { folder in
      try SmallEncoder().write(to: folder)
      var hashes: Set<String> = [try SentenceEncoder.hash(of: folder)]
      for name in ["config.json", "vocab.txt", "model.safetensors"] {
        let url = folder.appendingPathComponent(name)
        try (Data(contentsOf: url) + Data("\n".utf8)).write(to: url)
        hashes.insert(try SentenceEncoder.hash(of: folder))
      }
      #expect(hashes.count == 4 && hashes.allSatisfy { $0.count == 16 })
      try FileManager.default.removeItem(at: folder.appendingPathComponent("vocab.txt"))
      #expect(throws: TextError.missingFile(path: folder.appendingPathComponent("vocab.txt").path)) {
        try SentenceEncoder.hash(of: folder)
      }
    }
  }

  @Test func aConfigurationThatIsNotWholeIsRefused() throws {
    try withTemporaryFolder { folder in
      var encoder = SmallEncoder()
      encoder.configuration["layer_norm_eps"] = nil
      try encoder.write(to: folder)
      let url = folder.appendingPathComponent("config.json")
      #expect(throws: TextError.unsupportedConfiguration(path: url.path, reason: "it has no layer_norm_eps")) {
        try SentenceEncoder(directory: folder)
      }
      try Data("{".utf8).write(to: url)
      #expect(throws: TextError.unreadable(path: url.path, reason: "it is not JSON")) {
        try SentenceEncoder(directory: folder)
      }
    }
  }

  @Test func everyErrorIsOneLineThatNamesThePlace() {
    let errors: [TextError] = [
      .encoderNotFound(searched: ["/place", "/other"]), .missingFile(path: "/place"),
      .unreadable(path: "/place", reason: "r"), .missingToken(path: "/place", token: "[UNK]"),
      .unsupportedConfiguration(path: "/place", reason: "r"), .unexpectedTensor(path: "/place", name: "n"),
      .weights(.noSuchTensor(path: "/place", name: "n")),
    ]
    for error in errors {
      #expect(error.description.contains("/place"))
      #expect(!error.description.contains("\n"))
    }
    #expect(errors[0].description.contains("scripts/setup"))
  }
}
