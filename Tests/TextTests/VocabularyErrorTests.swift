import Foundation
import Testing
import Text

struct VocabularyErrorTests {
  @Test(arguments: ["[UNK]", "[CLS]", "[SEP]"])
  func aVocabularyWithoutASpecialTokenIsRefused(token: String) throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("vocab.txt")
      let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "##b"].filter { $0 != token }
      try pieces.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
      #expect(throws: TextError.missingToken(path: url.path, token: token)) {
        try WordPieceTokenizer(vocabulary: url)
      }
    }
  }

  @Test func aMissingVocabularyIsRefused() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("vocab.txt")
      #expect(throws: TextError.missingFile(path: url.path)) { try WordPieceTokenizer(vocabulary: url) }
    }
  }

  @Test func aVocabularyOfOnesOwnIsRead() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("vocab.txt")
      try "[UNK]\r\n[CLS]\r\n[SEP]\r\na\r\n##b\r\n##bc\r\nc".write(to: url, atomically: true, encoding: .utf8)
      let tokenizer = try WordPieceTokenizer(vocabulary: url)
      #expect(tokenizer.encode("abc ab cab ca Á") == [1, 3, 5, 3, 4, 0, 0, 3, 2])
    }
  }
}

/// Calls `body` with an empty folder that is removed afterwards.
func withTemporaryFolder(_ body: (URL) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("TextTests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder)
}
