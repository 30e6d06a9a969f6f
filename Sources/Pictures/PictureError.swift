/// What can go wrong between a picture and its file.
public enum PictureError: Error, Equatable, Sendable {
  /// The file could not be put in place: no such directory, no permission, a full disk.
  case cannotWrite(path: String, reason: String)
  /// There is no such file, or it is no PNG; the reason is libpng's.
  case unreadable(path: String, reason: String)
}

extension PictureError: CustomStringConvertible {
  /// One line that says what is wrong and with which file.
  public var description: String {
    switch self {
    case .cannotWrite(let path, let reason): "\(path): the picture cannot be written: \(reason)"
    case .unreadable(let path, let reason): "\(path): not readable as a PNG: \(reason)"
    }
  }
}
