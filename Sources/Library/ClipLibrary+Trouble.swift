import Foundation
import GRDB
public import Storage

extension LibraryError {
  /// Whether it is the disk's fault, or another program's: what was to be done can be done when that is over.
  public var mayPass: Bool {
    switch self {
    case .folderGone, .cannotWrite, .diskFull, .busy: true
    case .storage(let error): error.isOfWriting
    case .notAFolder, .damaged, .newer, .database, .noClip, .noJob, .fileMissing, .badPath, .invalid, .notHeld, .sound:
      false
    }
  }
}

extension StorageError {
  /// Whether a disk does not take what is written.
  public var isOfWriting: Bool { if case .cannotWrite = self { concernsWholeDisk } else { false } }
}

extension ClipLibrary {
  /// As much as a clip or two.
  private static let triedBytes = 2 << 20

  /// Finds out whether the library can be written: a file as large as a clip, and the database.
  /// - Throws: `LibraryError` with what keeps it from that.
  public func tryWriting() throws(LibraryError) {
    let file = incoming("0-trial-\(getpid())")
    defer { unlink(file.path) }
    try writeFlushed([UInt8](repeating: 0, count: Self.triedBytes), to: file)
    try transaction { try $0.db.execute(sql: "UPDATE revision SET value = value") }
  }
}
