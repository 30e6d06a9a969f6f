import Foundation
import Tensors
import Testing
import Text

extension EncoderErrorTests {
  /// What a folder of kilobytes may ask for: the file is asked before memory is taken.
  @Test func sizesAreHeldAgainstTheFileFirst() throws {
    try withTemporaryFolder { folder in
      var encoder = SmallEncoder()
      let width = 8192
      encoder.configuration["hidden_size"] = width
      encoder.configuration["intermediate_size"] = 65_536
      encoder.configuration["num_hidden_layers"] = 256
      encoder.configuration["num_attention_heads"] = 1
      for (name, shape) in encoder.shapes where name.hasPrefix("embeddings") {
        encoder.shapes[name] = shape.dropLast() + [width]
      }
      try encoder.write(to: folder)
      let query = "encoder.layer.0.attention.self.query.weight"
      #expect(
        throws: TextError.weights(
          .wrongShape(
            path: folder.appendingPathComponent("model.safetensors").path, name: query, shape: [8, 8],
            expected: [width, width]))
      ) { try SentenceEncoder(directory: folder) }
    }
  }

  @Test(arguments: [
    ("hidden_size", "16777216"), ("num_hidden_layers", "16777216"), ("num_attention_heads", "0"),
    ("intermediate_size", "65537"), ("vocab_size", "1048577"), ("max_position_embeddings", "9223372036854775807"),
    ("type_vocab_size", "-9223372036854775808"), ("layer_norm_eps", "-1e30"), ("layer_norm_eps", "1e30"),
  ])
  func everySizeHasBounds(key: String, value: String) throws {
    try withTemporaryFolder { folder in
      var encoder = SmallEncoder()
      encoder.configuration[key] = try JSONSerialization.jsonObject(with: Data(value.utf8), options: .fragmentsAllowed)
      try encoder.write(to: folder)
      let error = #expect(throws: TextError.self) { try SentenceEncoder(directory: folder) }
      #expect(error?.description.contains("\(key) is ") == true, "\(String(describing: error))")
    }
  }

  @Test(arguments: ["config.json", "vocab.txt", "model.safetensors"])
  func whatIsNoFileOrTooLargeIsNotRead(name: String) throws {
    try withTemporaryFolder { folder in
      try SmallEncoder().write(to: folder)
      let url = folder.appendingPathComponent(name)
      #expect(truncate(url.path, 3 << 30) == 0)
      #expect(throws: TextError.self) { try SentenceEncoder(directory: folder) }
      for make in [{ mkfifo(url.path, 0o600) }, { symlink("/dev/zero", url.path) }] {
        try FileManager.default.removeItem(at: url)
        #expect(make() == 0)
        let error = #expect(throws: TextError.self) { try SentenceEncoder(directory: folder) }
        #expect(error?.description.contains("it is a folder, a pipe or a device") == true)
        #expect(throws: TextError.self) { try SentenceEncoder.hash(of: folder) }
      }
    }
  }

  @Test func weightsThatAreNoNumbersAreRefused() throws {
    try withTemporaryFolder { folder in
      try SmallEncoder().write(to: folder)
      let url = folder.appendingPathComponent("model.safetensors")
      var bytes = try Data(contentsOf: url)
      bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xC0, 0x7F])
      try bytes.write(to: url)
      let error = #expect(throws: TextError.self) { try SentenceEncoder(directory: folder) }
      #expect(error?.description.contains("holds numbers that are not finite") == true)
    }
  }

  @Test func vocabulariesHaveBounds() throws {
    try withTemporaryFolder { folder in
      try SmallEncoder().write(to: folder)
      let url = folder.appendingPathComponent("vocab.txt")
      let start = "[UNK]\n[CLS]\n[SEP]\n"
      for text in [start + String(repeating: "a\n", count: 1 << 20), start + String(repeating: "a", count: 2000)] {
        try Data(text.utf8).write(to: url)
        let error = #expect(throws: TextError.self) { try SentenceEncoder(directory: folder) }
        #expect(error?.description.contains("one too many, or too long") == true)
      }
    }
  }
}
