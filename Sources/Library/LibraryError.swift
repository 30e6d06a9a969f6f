public import Audio
import Foundation
import GRDB
public import Storage

/// What can be wrong with a library of clips. What it says is one line, with what to do.
public enum LibraryError: Error, Equatable, Sendable {
  /// The folder was there, and is no more.
  case folderGone(path: String)
  /// A file, or a link to one, where the library's folder should be.
  case notAFolder(path: String)
  /// A folder or file of the library cannot be written.
  case cannotWrite(path: String, reason: String)
  /// The disk has no room.
  case diskFull(path: String)
  /// Another program has kept the database to itself for so many seconds.
  case busy(path: String, seconds: Int)
  /// The database is damaged, or no database.
  case damaged(path: String, reason: String)
  /// A newer Hiss wrote the database.
  case newer(path: String)
  /// The database refused something else.
  case database(path: String, reason: String)
  case noClip(id: String)
  case noJob(id: String)
  /// A clip's file is not in the library's folder any more.
  case fileMissing(id: String, path: String)
  /// A path that leads out of the library, or a name that is none.
  case badPath(String)
  /// A value that nothing can have, in words.
  case invalid(String)
  /// Another process took the job over, or it has ended.
  case notHeld(job: String)
  case sound(AudioFileError)
  case storage(StorageError)
}

extension LibraryError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .folderGone(let path):
      "\(path): the library's folder is gone: mount its disk or put it back; what was saved is in it"
    case .notAFolder(let path): "\(path): this is no folder, and the library wants one; name another with --library"
    case .cannotWrite(let path, let reason):
      "\(path): the library cannot be written: \(reason); nothing was changed"
    case .diskFull(let path): "\(path): the disk is full: make room (`hiss library empty-bin`); nothing was changed"
    case .busy(let path, let seconds):
      "\(path): another program has kept the database to itself for \(seconds) s: close it, and try again"
    case .damaged(let path, let reason):
      "\(path): the database is damaged (\(reason)): `hiss library rebuild` makes it again from the files and the journal"
    case .newer(let path): "\(path): a newer Hiss wrote this library: use that one, or name another with --library"
    case .database(let path, let reason): "\(path): the database refused: \(reason)"
    case .noClip(let id): "there is no clip \(VisibleText.of(id, limit: 40)) in the library"
    case .noJob(let id): "there is no job \(VisibleText.of(id, limit: 40)) in the library"
    case .fileMissing(let id, let path):
      "\(path): the file of clip \(id) is gone; put it back, or let `hiss library check` say what is missing"
    case .badPath(let path): "\(VisibleText.of(path, limit: 200)): this is no place in the library"
    case .invalid(let reason): reason
    case .notHeld(let job): "job \(job) is not this worker's any more"
    case .sound(let error): "\(error)"
    case .storage(let error): "\(error)"
    }
  }
}

extension LibraryError {
  /// What an error of any of the libraries below means for a library in a folder.
  init(_ error: any Error, database path: String, patience: Double = ClipLibrary.patience) {
    switch error {
    case let error as LibraryError: self = error
    case let error as AudioFileError: self = .sound(error)
    case let error as StorageError: self = Self.of(error, path)
    case let error as DatabaseError: self = Self.of(error, path, patience)
    default: self = .database(path: path, reason: error.systemReason)
    }
  }

  private static func of(_ error: StorageError, _ database: String) -> LibraryError {
    switch error {
    case .cannotWrite(_, ENOENT) where access(database, F_OK) != 0:
      .folderGone(path: (database as NSString).deletingLastPathComponent)
    case .cannotWrite(let path, let code) where code == ENOSPC || code == EDQUOT: .diskFull(path: path)
    case .cannotWrite(let path, let code): .cannotWrite(path: path, reason: String(cString: strerror(code)))
    default: .storage(error)
    }
  }

  private static func of(_ error: DatabaseError, _ path: String, _ patience: Double) -> LibraryError {
    let isThere = access(path, F_OK) == 0
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: return .busy(path: path, seconds: Int(patience.rounded(.up)))
    case .SQLITE_FULL: return .diskFull(path: path)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: return .damaged(path: path, reason: error.message ?? "\(error.resultCode)")
    case .SQLITE_READONLY where isThere, .SQLITE_PERM:
      return .cannotWrite(path: path, reason: error.message ?? "it is read-only")
    case .SQLITE_CANTOPEN, .SQLITE_IOERR, .SQLITE_READONLY:
      return isThere
        ? .cannotWrite(path: path, reason: error.message ?? "\(error.resultCode)")
        : .folderGone(path: (path as NSString).deletingLastPathComponent)
    default: return .database(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }
}
