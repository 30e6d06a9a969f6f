public import Foundation

/// How a sound came to be, in the terms of the IPTC's "digital source type" (cv.iptc.org/newscodes/digitalsourcetype), which
/// C2PA has taken up: a machine-readable mark, as article 50 of the EU's AI Act wants one.
public enum DigitalSource: String, Sendable, CaseIterable, Codable {
  /// A model made it, that learned from samples.
  case trainedAlgorithmicMedia
  /// A model made a part of it, and the rest is something else: a recording that it changed, repainted or continued.
  case compositeWithTrainedAlgorithmicMedia

  private static let vocabulary = "http://cv.iptc.org/newscodes/digitalsourcetype/"

  /// The term as files hold it.
  public var address: String { Self.vocabulary + rawValue }

  /// Reads a term with or without its address; nil for one of another kind.
  public init?(term: some StringProtocol) {
    let name = String(term.reversed().prefix { $0 != "/" }.reversed())
    guard let source = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else { return nil }
    self = source
  }

  /// Its name among Vorbis comments and ID3's texts, which have no name of their own for it.
  static let fieldName = "DIGITALSOURCETYPE"
}

extension AudioFile {
  private static let readBytes = 1 << 20

  /// What a file says of how its sound came to be; nil where it says nothing, or something else.
  /// - Throws: `missing`, `notAFile` or `unreadable`.
  public static func digitalSource(of url: URL) throws(AudioFileError) -> DigitalSource? {
    if let chunks = ChunkFile(url) {
      return chunks.content("_PMX").flatMap { XMPPacket.source(in: String(decoding: $0, as: UTF8.self)) }
        ?? (chunks.content("ID3 ") ?? chunks.content("id3 ")).flatMap { ID3Tag($0)?.source }
    }
    let head: [UInt8]
    do {
      let file = try FileHandle(forReadingFrom: url)
      head = Array(try file.read(upToCount: readBytes) ?? Data())
    } catch { throw .unreadable(path: url.path, reason: error.localizedDescription) }
    if let tag = ID3Tag(head) { return tag.source }
    let comments = FLACFile(head)?.comments ?? OggFile(beginning: head)?.comments
    return comments?[DigitalSource.fieldName].flatMap { DigitalSource(term: $0) }
  }
}
