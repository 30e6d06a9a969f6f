import Foundation
import Storage

/// Who is making which clip: locked files in `.hiss`, a folder that is there only while someone works.
///
/// Whoever holds the claim to a clip may write its part file, so what is there without a holder was left by a process
/// that died. A link of that name leads to files that are not ours, so it is refused.
struct Claims: Sendable {
  private let folder: URL
  private static let claimSuffix = ".claim"
  private static let partSuffix = ".part"

  init(in folder: URL) { self.folder = folder.appendingPathComponent(".hiss") }

  /// Claims a clip; nil while another process or thread makes it.
  func take(_ id: String) throws(StorageError) -> Claim? {
    // No id has a percent sign.
    let name = id.replacing("/", with: "%")
    let claim = folder.appendingPathComponent(name + Self.claimSuffix)
    while true {
      // Another process that finishes removes the folder when it is empty.
      guard mkdir(folder.path, 0o777) == 0 || errno == EEXIST else {
        throw .cannotWrite(path: folder.path, code: errno)
      }
      try check()
      do throws(StorageError) {
        guard let lock = try FileLock.take(claim) else { return nil }
        return Claim(lock: lock, part: folder.appendingPathComponent(name + Self.partSuffix))
      } catch {
        guard case .cannotWrite(_, ENOENT) = error else { throw error }
      }
    }
  }

  /// - Throws: `StorageError.notAFolder` for a link or a file; where there is nothing, nothing is wrong.
  func check() throws(StorageError) {
    var status = stat()
    guard lstat(folder.path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return }
    throw .notAFolder(path: folder.path)
  }

  /// Removes what processes that died have left, and the folder if nobody works in it.
  func sweep() {
    guard (try? check()) != nil else { return }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for name in names where name.hasSuffix(Self.claimSuffix) {
      if let claim = try? take(String(name.dropLast(Self.claimSuffix.count))) { claim.release() }
    }
    rmdir(folder.path)
  }
}

/// The right to make one clip.
struct Claim {
  private let lock: FileLock
  /// Where the clip may be written before it is renamed.
  let part: URL

  init(lock: FileLock, part: URL) {
    self.lock = lock
    self.part = part
  }

  func release() {
    unlink(part.path)
    lock.remove()
  }
}
