import Foundation

/// What the operating system refused, and for which file.
public enum StorageError: Error, Equatable, Sendable {
  case cannotRead(path: String, code: Int32)
  case cannotWrite(path: String, code: Int32)
  /// Files there cannot be locked.
  case cannotLock(path: String, code: Int32)

  /// Whether other files in the same place will fare no better: a full or broken disk.
  public var concernsWholeDisk: Bool {
    [ENOSPC, EDQUOT, EROFS, EIO, ESTALE, ENODEV, EACCES, EPERM].contains(code)
  }

  /// The system's number for what happened.
  package var code: Int32 {
    switch self {
    case .cannotRead(_, let code), .cannotWrite(_, let code), .cannotLock(_, let code): code
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

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
