import Foundation
import Storage

/// A file that a clip depends on: where it was, and what was in it.
public struct ControlFile: Codable, Sendable, Equatable {
  public var path: String
  /// Of its bytes, as 16 hexadecimal digits.
  public var hash: String

  var url: URL { URL(fileURLWithPath: path) }

  /// The file at a path as it is now.
  /// - Throws: `ControlError.missing`.
  public init(path: String) throws(ControlError) {
    guard let hash = Self.hash(of: path) else { throw .missing(path: path) }
    self.path = path
    self.hash = hash
  }

  /// - Throws: `ControlError` when the file is gone, or another.
  func check() throws(ControlError) {
    guard let found = Self.hash(of: path) else { throw .missing(path: path) }
    guard found == hash else { throw .changed(path: path) }
  }

  private static func hash(of path: String) -> String? {
    DurableFile.fingerprint(of: URL(fileURLWithPath: path)).map { StableHash.hexadecimal($0.hash) }
  }
}
