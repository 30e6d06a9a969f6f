package import Foundation

/// Finds out, before long work, whether its results can be written; leaves nothing behind.
package enum OutputPlace {
  /// Checks that a file can be written under a path.
  /// - Parameters:
  ///   - extensions: one of which it must have, in lower case.
  ///   - input: the file that must not be replaced.
  ///   - makingFolders: whether missing folders will be made; else they are an error.
  package static func check(
    file: URL, extensions: Set<String>, apartFrom input: URL? = nil, makingFolders: Bool = false
  ) throws(OutputError) {
    guard extensions.contains(file.pathExtension.lowercased()) else {
      throw .unknownExtension(path: file.path, known: extensions.sorted(), mayBeFolder: false)
    }
    if isFolder(file) == true { throw .isFolder(path: file.path) }
    if let input,
      file.resolvingSymlinksInPath().standardizedFileURL == input.resolvingSymlinksInPath().standardizedFileURL
    {
      throw .isInput(path: file.path)
    }
    guard file.lastPathComponent.utf8.count <= Int(NAME_MAX) else {
      throw .cannotWrite(path: file.path, reason: reason(ENAMETOOLONG))
    }
    try check(folder: file.deletingLastPathComponent(), makingFolders: makingFolders)
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
    guard write(file, page, page.count) == page.count else {
      throw .cannotWrite(path: folder.path, reason: reason(errno))
    }
  }

  /// Whether there is a folder; nil where there is nothing.
  package static func isFolder(_ url: URL) -> Bool? {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) ? isFolder.boolValue : nil
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

/// Why nothing can be written where the user wants it.
package enum OutputError: Error, Equatable, Sendable, CustomStringConvertible {
  case noFolder(path: String)
  case notAFolder(path: String)
  case isFolder(path: String)
  case cannotWrite(path: String, reason: String)
  /// The output would replace the input.
  case isInput(path: String)
  /// The extension names no format that can be written.
  case unknownExtension(path: String, known: [String], mayBeFolder: Bool)

  package var description: String {
    switch self {
    case .noFolder(let path): "\(path): there is no such folder to write to; make it first"
    case .notAFolder(let path): "\(path): this is a file, and a folder is wanted"
    case .isFolder(let path): "\(path): this is a folder, and a file is to be written; name the file"
    case .cannotWrite(let path, let reason): "\(path): nothing can be written here: \(reason)"
    case .isInput(let path): "\(path): this is the input itself, which would be lost; name another output"
    case .unknownExtension(let path, let known, let mayBeFolder):
      "\(path): the extension of a file to write must be one of \(known.joined(separator: ", "))"
        + (mayBeFolder ? "; for a folder of that name, end it with a slash" : "")
    }
  }
}
