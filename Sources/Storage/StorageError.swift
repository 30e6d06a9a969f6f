import Foundation

/// What the operating system refused, and for which file.
public enum StorageError: Error, Equatable, Sendable {
  case cannotRead(path: String, code: Int32)
  case cannotWrite(path: String, code: Int32)
  /// Files there cannot be locked.
  case cannotLock(path: String, code: Int32)

  /// Whether other files in the same place will fare no better: a full or broken disk.
  public var concernsWholeDisk: Bool {
    switch self {
    case .cannotRead(_, let code), .cannotWrite(_, let code), .cannotLock(_, let code):
      [ENOSPC, EDQUOT, EROFS, EIO, ESTALE, ENODEV, EACCES, EPERM].contains(code)
    }
  }
}

extension StorageError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotRead(let path, let code): "\(path): cannot be read: \(Self.reason(code))"
    case .cannotWrite(let path, let code): "\(path): cannot be written: \(Self.reason(code))"
    case .cannotLock(let path, let code): "\(path): cannot be locked: \(Self.reason(code))"
    }
  }

  /// The operating system's words.
  package var reason: String {
    switch self {
    case .cannotRead(_, let code), .cannotWrite(_, let code), .cannotLock(_, let code): Self.reason(code)
    }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
