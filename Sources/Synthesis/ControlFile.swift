public import Foundation
import Storage

/// A file that a clip depends on: where it was, and what was in it.
public struct ControlFile: Codable, Sendable, Equatable {
  public var path: String
  /// Of its bytes, as 16 hexadecimal digits.
  public var hash: String
  /// Where a relative path begins; nil for the working directory. Not kept: a file that lies beside its clip may move
  /// with it.
  private var folder: URL?

  private enum CodingKeys: CodingKey {
    case path, hash
  }

  var url: URL {
    guard let folder, !path.hasPrefix("/") else { return URL(fileURLWithPath: path) }
    return folder.appendingPathComponent(path)
  }

  /// The file at a path as it is now.
  /// - Throws: `ControlError.missing`.
  public init(path: String) throws(ControlError) {
    guard let hash = Self.hash(of: URL(fileURLWithPath: path)) else { throw .missing(path: path) }
    self.path = path
    self.hash = hash
  }

  /// A file with these contents, which is to be written beside its clip before the clip is made.
  public init(name: String, in folder: URL, contents: [UInt8]) {
    path = name
    hash = StableHash.hexadecimal(contents.withUnsafeBytes { StableHash.of($0) })
    self.folder = folder
  }

  /// The very file in a clip's folder, if it is there; else what its path says, if anything is there.
  func found(beside folder: URL) -> ControlFile {
    var file = self
    file.folder = folder
    return Self.hash(of: file.url) == hash || Self.hash(of: url) == nil ? file : self
  }

  /// - Throws: `ControlError` when the file is gone, or another.
  func check() throws(ControlError) {
    guard let found = Self.hash(of: url) else { throw .missing(path: url.relativePath) }
    guard found == hash else { throw .changed(path: url.relativePath) }
  }

  private static func hash(of url: URL) -> String? {
    DurableFile.fingerprint(of: url).map { StableHash.hexadecimal($0.hash) }
  }
}

extension GenerationRequest {
  /// The request of a clip with the files that lie beside it, wherever both are now.
  public func findingFiles(beside clip: URL) -> GenerationRequest {
    let folder = clip.deletingLastPathComponent()
    var request = self
    request.controls?.midi = controls?.midi?.found(beside: folder)
    request.controls?.follow = controls?.follow?.found(beside: folder)
    request.edit?.source = edit?.source?.found(beside: folder)
    return request
  }
}
