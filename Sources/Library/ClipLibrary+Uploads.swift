public import Foundation
import Storage
import Synthesis

/// A file that a page sent: a recording, a melody.
public struct StoredUpload: Sendable, Equatable {
  public var id: String
  public var url: URL
}

extension ClipLibrary {
  /// Takes a file into `Uploads/`, called after its own name and its id.
  /// - Parameter temporary: a file in the library's folder, as `newUpload` names it, whole and closed; gone afterwards.
  /// - Throws: `LibraryError`.
  public func keepUpload(_ temporary: URL, named name: String) throws(LibraryError) -> StoredUpload {
    let id = LibraryID.new()
    let last = (name.split { "/\\".contains($0) }.last.map(String.init) ?? "") as NSString
    let ending = last.pathExtension.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(8)
    let stem = ClipName.of(last.deletingPathExtension)
    let target = try folder.file("\(stem)_\(id)" + (ending.isEmpty ? "" : ".\(ending)"), in: .uploads)
    do throws(StorageError) {
      let file = try FileDescriptor(temporary.path, O_RDONLY | O_NOFOLLOW)
      guard fsync(file.number) == 0 else { throw .cannotWrite(path: temporary.path, code: errno) }
      try DurableFile.replace(target, by: temporary)
    } catch { throw told(error) }
    return StoredUpload(id: id, url: target)
  }

  /// Where the bytes of an upload may go while they come in.
  public func newUpload() -> URL { folder.folder(.incoming).appendingPathComponent(LibraryID.new() + ".upload") }

  /// The file of an upload; nil where there is none.
  public func upload(_ id: String) -> URL? {
    guard LibraryID.isOne(id) else { return nil }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.uploads.path)) ?? []
    return names.first { name in
      LibraryFolder.isPlainName(name) && (name as NSString).deletingPathExtension.hasSuffix("_" + id)
    }.map(folder.uploads.appendingPathComponent)
  }
}
