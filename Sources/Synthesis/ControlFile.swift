import Audio
public import Foundation
import Music
import Storage

/// A file that a clip depends on: where it was, and what was in it.
public struct ControlFile: Codable, Sendable, Equatable {
  public var path: String
  /// Of its bytes, as 16 hexadecimal digits.
  public var hash: String
  /// Where it is now, where that is not what the path says. Not kept: a file that lies beside its clip may move with it.
  private var place: URL?
  /// Whether it is named by a clip's tags, lies elsewhere, and nobody has asked for it.
  private var isOutside = false

  private enum CodingKeys: CodingKey {
    case path, hash
  }

  /// Wherever it was found: what is kept of both is the same.
  public static func == (first: ControlFile, second: ControlFile) -> Bool {
    first.path == second.path && first.hash == second.hash
  }

  /// What a file should be, which its size and its beginning tell before all of it is read.
  public enum Kind: Sendable {
    case sound, midi

    /// Why a file is none of this kind; nil if it may be one.
    func objection(to url: URL) -> ControlError? {
      switch self {
      case .sound:
        do { _ = try AudioFile.tags(of: url) } catch { return .audio(error) }
      case .midi:
        var status = stat()
        let isLarge = stat(url.path, &status) == 0 && Int(status.st_size) > MIDIFile.byteLimit
        if isLarge {
          return .midi(path: url.relativePath, .tooLarge(byteCount: Int(status.st_size), limit: MIDIFile.byteLimit))
        }
      }
      return nil
    }
  }

  /// Where it is read from; `check` comes first.
  var url: URL { place ?? URL(fileURLWithPath: path) }

  /// The file at a path as it is now.
  /// - Parameter kind: what it should be; nil where that is not looked at yet.
  /// - Throws: `ControlError`: `missing`, or that it is none of this kind.
  public init(path: String, as kind: Kind? = nil) throws(ControlError) {
    let url = URL(fileURLWithPath: path)
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, R_OK) == 0 else {
      throw .missing(path: path)
    }
    if let objection = kind?.objection(to: url) { throw objection }
    guard let hash = Self.hash(of: url) else { throw .missing(path: path) }
    self.path = path
    self.hash = hash
  }

  /// A file with these contents, which is to be written beside its clip before the clip is made.
  public init(name: String, in folder: URL, contents: [UInt8]) {
    path = name
    hash = StableHash.hexadecimal(contents.withUnsafeBytes { StableHash.of($0) })
    place = folder.appendingPathComponent(name)
  }

  /// The very file in a clip's folder, if it is there; else what its path says, if that is asked for.
  /// - Parameter readsOutside: whether files that do not lie in the folder may be read.
  func found(beside folder: URL, as kind: Kind, readsOutside: Bool) -> ControlFile {
    var file = self
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    let isBelow = !path.hasPrefix("/") && !path.isEmpty && !names.contains("..")
    // A path as the clip was made by may begin with the clip's own folder.
    let plain = folder.appendingPathComponent(names.last.map(String.init) ?? "")
    let below = isBelow ? folder.appendingPathComponent(path) : plain
    let beside = access(below.path, F_OK) == 0 ? below : plain
    let isThere = access(beside.path, F_OK) == 0
    if isThere, kind.objection(to: beside) == nil, Self.hash(of: beside) == hash {
      file.place = beside
    } else if readsOutside {
      file.place = place(above: folder, as: kind) ?? (access(path, F_OK) != 0 && isBelow ? beside : nil)
    } else if isThere, isBelow {
      // What lies there under the name is another file, which `check` tells.
      file.place = beside
    } else {
      file.isOutside = true
    }
    return file
  }

  /// Where the very file lies that a relative path means from here, or from the clip's folder or one above it, of which one
  /// is where the clip was made.
  private func place(above folder: URL, as kind: Kind) -> URL? {
    guard !path.hasPrefix("/"), access(path, F_OK) != 0 || Self.hash(of: URL(fileURLWithPath: path)) != hash else {
      return nil
    }
    var base = folder.absoluteURL.standardizedFileURL
    while true {
      let place = base.appendingPathComponent(path)
      if access(place.path, F_OK) == 0, kind.objection(to: place) == nil, Self.hash(of: place) == hash { return place }
      if base.path == "/" { return nil }
      base.deleteLastPathComponent()
    }
  }

  /// The file by the path that it has from here, for a clip that lies elsewhere than the one whose tags name it.
  fileprivate var fromHere: ControlFile {
    guard let place, FileIdentity(place) != FileIdentity(URL(fileURLWithPath: path)) else { return self }
    var file = self
    file.path = place.relativePath
    return file
  }

  /// - Throws: `ControlError` when the file is gone, another, none of its kind, or not to be read.
  func check(as kind: Kind) throws(ControlError) {
    if isOutside { throw .outside(path: path) }
    guard access(url.path, F_OK) == 0 else { throw .missing(path: url.relativePath) }
    if let objection = kind.objection(to: url) { throw objection }
    guard let found = Self.hash(of: url) else { throw .missing(path: url.relativePath) }
    guard found == hash else { throw .changed(path: url.relativePath) }
  }

  private static func hash(of url: URL) -> String? {
    DurableFile.fingerprint(of: url).map { StableHash.hexadecimal($0.hash) }
  }
}

extension GenerationRequest {
  /// The request of a clip with the files that lie beside it, wherever both are now.
  /// - Parameter readsOutside: whether files may be read that lie elsewhere; else the clip cannot be made that needs them.
  public func findingFiles(beside clip: URL, readsOutside: Bool = false) -> GenerationRequest {
    let folder = clip.deletingLastPathComponent()
    var request = self
    request.controls?.midi = controls?.midi?.found(beside: folder, as: .midi, readsOutside: readsOutside)
    request.controls?.follow = controls?.follow?.found(beside: folder, as: .sound, readsOutside: readsOutside)
    request.edit?.source = edit?.source?.found(beside: folder, as: .sound, readsOutside: readsOutside)
    return request
  }

  /// The request by the paths that its files have from here.
  public var withFilesFromHere: GenerationRequest {
    var request = self
    request.controls?.midi = controls?.midi?.fromHere
    request.controls?.follow = controls?.follow?.fromHere
    request.edit?.source = edit?.source?.fromHere
    return request
  }

  /// Sees to it, before long work, that the files that the clip depends on are there, are the same, and may be read.
  /// - Throws: `ControlError`.
  public func checkFiles() throws(ControlError) {
    try controls?.midi?.check(as: .midi)
    try controls?.follow?.check(as: .sound)
    try edit?.source?.check(as: .sound)
  }
}
