package import Foundation

/// A file that one process at a time holds; the operating system lets go of it when the process dies.
///
/// Uses flock(2), which Linux carries over NFS too. Two locks of one process on the same path exclude each other as well.
package final class FileLock: Sendable {
  private let url: URL
  private let number: Int32

  private init(_ url: URL, _ number: Int32) {
    self.url = url
    self.number = number
  }

  deinit { close(number) }

  /// Creates the file if need be and locks it; nil when another holds it.
  /// - Throws: `StorageError.cannotWrite` or `cannotLock`.
  package static func take(_ url: URL) throws(StorageError) -> FileLock? {
    while true {
      let number = open(url.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o666)
      guard number >= 0 else { throw .cannotWrite(path: url.path, code: errno) }
      guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        close(number)
        if code == EINTR { continue }
        if code == EWOULDBLOCK { return nil }
        throw .cannotLock(path: url.path, code: code)
      }
      // The holder before may have removed the file between the opening and the locking.
      var (held, present) = (stat(), stat())
      if fstat(number, &held) == 0, stat(url.path, &present) == 0, held.st_ino == present.st_ino {
        return FileLock(url, number)
      }
      close(number)
    }
  }

  /// Removes the file; the lock goes with its owner.
  package func remove() { unlink(url.path) }
}
