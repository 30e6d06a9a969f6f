import Foundation
import Storage

/// A mark that the library is open: a shared lock on a file, which goes with the process.
final class LibraryPresence: Sendable {
  private let number: Int32

  /// Joins those who have it open; waits while one of them makes a damaged database anew.
  /// - Throws: `LibraryError`.
  init(_ folder: LibraryFolder, patience: Double) throws(LibraryError) {
    number = try Self.lock(folder, LOCK_SH, patience: patience)
  }

  private init(number: Int32) { self.number = number }

  deinit { close(number) }

  /// Nobody else may have it open meanwhile.
  /// - Throws: `LibraryError.busy` when somebody has.
  static func alone(_ folder: LibraryFolder) throws(LibraryError) -> LibraryPresence {
    LibraryPresence(number: try lock(folder, LOCK_EX, patience: 1))
  }

  private static func lock(_ folder: LibraryFolder, _ kind: Int32, patience: Double) throws(LibraryError) -> Int32 {
    let path = folder.url.appendingPathComponent(".hiss/presence.lock").path
    let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard number >= 0 else { throw .cannotWrite(path: path, reason: String(cString: strerror(errno))) }
    let start = ContinuousClock.now
    while flock(number, kind | LOCK_NB) != 0 {
      let code = errno
      guard code == EWOULDBLOCK || code == EINTR else {
        close(number)
        throw .storage(.cannotLock(path: path, code: code))
      }
      guard start.secondsAgo < patience else {
        close(number)
        throw .busy(path: folder.url.path, seconds: Int(patience))
      }
      usleep(20_000)
    }
    return number
  }
}
