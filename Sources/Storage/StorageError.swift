import Foundation

/// What the operating system refused, and for which file.
public enum StorageError: Error, Equatable, Sendable {
  case cannotRead(path: String, code: Int32)
  case cannotWrite(path: String, code: Int32)
  /// Files there cannot be locked.
  case cannotLock(path: String, code: Int32)
  /// A link, a pipe, a device or a folder, where a file of Hiss's own should be.
  case notAFile(path: String)
  /// A file with the name of one of Hiss's own, which holds something else.
  case notOurs(path: String)
  /// A link or a file, where a folder of Hiss's own should be.
  case notAFolder(path: String)

  /// Whether other files in the same place will fare no better: a full or broken disk, or one that knows no locks.
  public var concernsWholeDisk: Bool {
    switch self {
    case .cannotRead, .cannotWrite: [ENOSPC, EDQUOT, EROFS, EIO, ESTALE, ENODEV, EACCES, EPERM].contains(code)
    case .cannotLock, .notAFile, .notOurs, .notAFolder: true
    }
  }

  /// The system's number for what happened.
  package var code: Int32 {
    switch self {
    case .cannotRead(_, let code), .cannotWrite(_, let code), .cannotLock(_, let code): code
    case .notAFile, .notOurs: EINVAL
    case .notAFolder: ENOTDIR
    }
  }
}

extension StorageError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotRead(let path, _): "\(path): cannot be read: \(reason)"
    case .cannotWrite(let path, _): "\(path): cannot be written: \(reason)"
    case .cannotLock(let path, _): "\(path): cannot be locked: \(reason)"
    case .notAFile(let path), .notOurs(let path), .notAFolder(let path): "\(path): \(reason)"
    }
  }

  /// What is wrong, without the path; of what the system refused its own words.
  package var reason: String {
    switch self {
    case .cannotRead, .cannotWrite: String(cString: strerror(code))
    case .cannotLock: String(cString: strerror(code)) + " (work on a disk that knows locks)"
    case .notAFile: "this is no plain file, where one of Hiss's own should be; remove it, or work in another folder"
    case .notOurs:
      "this file has the name of one of Hiss's own, and holds something else; rename it, or work in another folder"
    case .notAFolder: "this is no folder but a link or a file; remove it, or work in another folder"
    }
  }
}
