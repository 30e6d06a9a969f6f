import Foundation

/// The pieces of a BERT vocabulary (`vocab.txt`: one piece a line, its id the line's number) with their ids.
struct WordPieceVocabulary: Sendable {
  /// Pieces by their bytes: a `String` would compare by canonical equivalence, under which distinct pieces are equal.
  /// The keys are slices of one buffer, the file's.
  private var starts: [ArraySlice<UInt8>: Int] = [:]
  private var continuations: [ArraySlice<UInt8>: Int] = [:]
  private let path: String
  /// One more than the greatest id.
  private(set) var idCount = 0

  /// The most bytes of a `vocab.txt`, and of its lines that are words: five times those of the largest BERT for all languages.
  private static let longestFile = 16 << 20
  static let mostPieces = 1 << 20
  private static let longestPiece = 1000

  init(contentsOf url: URL) throws(TextError) {
    path = url.path
    let bytes = [UInt8](try FileContents.read(url, limit: Self.longestFile))
    starts.reserveCapacity(bytes.count / 6)
    continuations.reserveCapacity(bytes.count / 24)
    let newline = UInt8(ascii: "\n")
    for (id, line) in bytes.split(separator: newline, omittingEmptySubsequences: false).enumerated() {
      let piece = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      if piece.isEmpty { continue }
      guard id < Self.mostPieces, piece.count <= Self.longestPiece else {
        throw .unreadable(
          path: path,
          reason: "line \(id + 1) is one too many, or too long: it is not a BERT vocabulary")
      }
      idCount = id + 1
      if piece.count > 2, piece.starts(with: "##".utf8) {
        continuations[piece.dropFirst(2)] = id
      } else {
        starts[piece] = id
      }
    }
  }

  /// The id of the longest piece that `bytes` begins with, and its length, nil where there is none.
  /// - Parameter isContinuation: whether a word's rest (`##…`) is asked for, rather than its beginning.
  func longestPiece(of bytes: ArraySlice<UInt8>, isContinuation: Bool) -> (id: Int, length: Int)? {
    var candidate = bytes
    while !candidate.isEmpty {
      if let id = isContinuation ? continuations[candidate] : starts[candidate] {
        return (id, candidate.count)
      }
      candidate.removeLast()
    }
    return nil
  }

  /// The id of a special token such as `[CLS]`, if there is one.
  func id(of token: String) -> Int? {
    starts[Array(token.utf8)[...]]
  }

  /// The id of a special token that has to be there.
  func requiredID(of token: String) throws(TextError) -> Int {
    guard let id = id(of: token) else { throw .missingToken(path: path, token: token) }
    return id
  }
}
