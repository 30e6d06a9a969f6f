package import Foundation

/// Files that have a name of their own until they are whole: what writers that were killed leave can be told by it.
extension DurableFile {
  /// Writes `bytes` whole or not at all, under a temporary name that the file's own gives: for folders in which one process
  /// writes.
  /// - Throws: `StorageError.cannotWrite`.
  package static func write(_ bytes: some Sequence<UInt8>, to url: URL) throws(StorageError) {
    let name = partialPrefix(of: url.lastPathComponent) + String(partialSuffix.dropFirst())
    try write(bytes, to: url, by: url.deletingLastPathComponent().appendingPathComponent(name))
  }

  /// Gives a file that is whole and on the disk its name, and waits until that is on the disk too.
  /// - Parameter temporary: the file; gone afterwards, also when this fails.
  /// - Throws: `StorageError.cannotWrite`.
  package static func replace(_ url: URL, by temporary: URL) throws(StorageError) {
    guard rename(temporary.path, url.path) == 0 else {
      let code = errno
      unlink(temporary.path)
      throw .cannotWrite(path: url.path, code: code)
    }
    try flush(folder: url.deletingLastPathComponent())
  }

  /// How the names begin and end that a file has until it is whole; the name itself lies between dots.
  package static func partialPrefix(of name: String) -> String { ".\(name)." }
  package static let partialSuffix = ".partial"

  /// Removes what writers of these files that were killed have left beside them.
  /// - Precondition: nobody is writing the files: whoever calls this holds the folder's lock.
  package static func removeLeftovers(of names: [String], in folder: URL) {
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    where entry.hasSuffix(partialSuffix) && names.contains(where: { entry.hasPrefix(partialPrefix(of: $0)) }) {
      unlink(folder.appendingPathComponent(entry).path)
    }
  }
}
