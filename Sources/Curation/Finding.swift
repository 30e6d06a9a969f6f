/// One thing that is to be said of a folder of samples: what it is, which files it concerns, and what to do about it.
public struct Finding: Sendable, Codable, Equatable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case unreadable, silent, cancelling, same, near, clipped, tooLoud, offset, silence, cut, quiet, short, long, dull
    case nameless, uncategorised, rare, tempo, key, note, alike, few, folder
  }

  public var kind: Kind
  /// In a few words, with numbers.
  public var what: String
  /// What its owner may do.
  public var advice: String
  public var files: [String]

  /// Files that a line names.
  static let namedFiles = 3

  /// What, the first of its files, and what to do.
  public var line: String {
    let named = files.prefix(Self.namedFiles).joined(separator: ", ")
    let more = files.count > Self.namedFiles ? " and \(files.count - Self.namedFiles) more" : ""
    return what + (files.isEmpty ? "" : ": \(named)\(more)") + (advice.isEmpty ? "" : " — \(advice)")
  }
}
