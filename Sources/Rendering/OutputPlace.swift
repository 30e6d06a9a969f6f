package import Foundation
package import Storage

/// Finds out, before long work, whether its results can be written; leaves nothing behind.
package enum OutputPlace {
  /// The place that a path names.
  /// - Throws: `OutputError.noName` for nothing and for "-".
  package static func url(_ path: String) throws(OutputError) -> URL {
    guard !["", "-", "-/"].contains(path) else { throw .noName(path: path) }
    return URL(fileURLWithPath: path)
  }

  /// Checks that a file can be written under a path.
  /// - Parameters:
  ///   - extensions: one of which it must have, in lower case; nil where any does.
  ///   - rule: what may be replaced.
  ///   - makingFolders: whether missing folders will be made; else they are an error.
  ///   - isSame: whether the file that is there was made of the same request.
  package static func check(
    file: URL, extensions: Set<String>? = nil, rule: OutputRule, makingFolders: Bool = false,
    isSame: (URL) -> Bool = { _ in false }
  ) throws(OutputError) {
    if let extensions, !extensions.contains(file.pathExtension.lowercased()) {
      throw .unknownExtension(path: file.path, known: extensions.sorted(), mayBeFolder: false)
    }
    if isFolder(file) == true { throw .isFolder(path: file.path) }
    try rule.check(file, isSame: isSame)
    guard file.lastPathComponent.utf8.count <= Int(NAME_MAX) else {
      throw .cannotWrite(path: file.path, reason: reason(ENAMETOOLONG))
    }
    try check(folder: file.deletingLastPathComponent(), makingFolders: makingFolders)
  }

  /// Writes a file whole, and makes the folders that it lacks; of a new one nothing is left where that fails.
  package static func place(_ bytes: [UInt8], at file: URL) throws(StorageError) {
    let folder = file.deletingLastPathComponent()
    let isNew = isFolder(folder) == nil
    try DurableFile.makeFolder(folder)
    do { try DurableFile.writeShared(bytes, to: file) } catch {
      // Which keeps a folder with anything in it.
      if isNew { rmdir(folder.path) }
      throw error
    }
  }

  /// Checks that files can be written in a folder, by writing one, and making the folders above it, for a moment.
  package static func check(folder: URL, makingFolders: Bool = true) throws(OutputError) {
    var missing: [URL] = []
    var present = folder.standardizedFileURL
    while isFolder(present) == nil, present.path != "/" {
      missing.append(present)
      present.deleteLastPathComponent()
    }
    guard isFolder(present) == true else { throw .notAFolder(path: present.path) }
    guard makingFolders || missing.isEmpty else { throw .noFolder(path: folder.path) }
    defer { for folder in missing { rmdir(folder.path) } }
    for folder in missing.reversed() where mkdir(folder.path, 0o777) != 0 {
      throw .cannotWrite(path: folder.path, reason: reason(errno))
    }
    try writeSomething(in: folder)
  }

  /// Writes a page, which a full disk does not take, and removes it.
  private static func writeSomething(in folder: URL) throws(OutputError) {
    var name = Array(folder.appendingPathComponent(".hiss-XXXXXX").path.utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { throw .cannotWrite(path: folder.path, reason: reason(errno)) }
    defer {
      unlink(name)
      close(file)
    }
    let page = [UInt8](repeating: 0, count: 4096)
    var left = page.count
    while left > 0 {
      // What has room for a part of it says why only when asked for the rest.
      let written = write(file, page, left)
      guard written > 0 else { throw .cannotWrite(path: folder.path, reason: reason(written < 0 ? errno : ENOSPC)) }
      left -= written
    }
  }

  /// Whether there is a folder; nil where there is nothing.
  package static func isFolder(_ url: URL) -> Bool? {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) ? isFolder.boolValue : nil
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
