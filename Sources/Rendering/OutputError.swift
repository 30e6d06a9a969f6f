/// Why nothing can be written where the user wants it.
package enum OutputError: Error, Equatable, Sendable, CustomStringConvertible {
  case noFolder(path: String)
  case notAFolder(path: String)
  case isFolder(path: String)
  case cannotWrite(path: String, reason: String)
  /// The output would replace the input.
  case isInput(path: String)
  /// The output would replace another file.
  case exists(path: String)
  /// The output would replace a clip or a picture of the same request that is no longer as Hiss makes it.
  case isChanged(path: String)
  /// The output would replace a page or a list of Hiss's that was changed since.
  case isEdited(path: String)
  /// The extension names no format that can be written.
  case unknownExtension(path: String, known: [String], mayBeFolder: Bool)
  /// A template of names, and a path that is a file's.
  case namesFile(path: String)
  /// Nothing, or a hyphen, which means stdin elsewhere.
  case noName(path: String)

  package var description: String {
    switch self {
    case .noFolder(let path): "\(path): there is no such folder to write to; make it first"
    case .notAFolder(let path): "\(path): this is a file, and a folder is wanted"
    case .isFolder(let path): "\(path): this is a folder, and a file is to be written; name the file"
    case .cannotWrite(let path, let reason): "\(path): nothing can be written here: \(reason)"
    case .isInput(let path): "\(path): this is the input itself, which would be lost; name another output"
    case .exists(let path): "\(path): this file is there already, and would be lost; name another, or say --force"
    case .isChanged(let path):
      "\(path): this was made of the same request, but is not what comes of it here: it was changed since, or another build "
        + "made it, and it would be lost; name another, or say --force"
    case .isEdited(let path):
      "\(path): this was changed since it was written, and would be lost; rename it, or say --force"
    case .unknownExtension(let path, let known, let mayBeFolder):
      "\(path): the extension of a file to write must be one of \(known.joined(separator: ", "))"
        + (mayBeFolder ? "; for a folder of that name, end it with a slash" : "")
    case .namesFile(let path):
      "\(path): this names a file, and --name names files in a folder: leave out one of them"
    case .noName(let path):
      "\"\(path)\" names nothing to write to: clips do not go to stdout"
        + (path.isEmpty ? "" : "; for a folder of that name, say ./\(path)")
    }
  }
}
