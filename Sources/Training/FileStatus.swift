#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What the file system says about a path, links followed.
struct FileStatus {
  let isFolder: Bool
  let isFile: Bool
  let byteCount: Int
  let modifiedNanoseconds: Int
  /// Device and inode: the same for two paths that lead to the same thing.
  let identity: [UInt64]

  /// Nil when there is nothing at `path`.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    isFile = status.st_mode & S_IFMT == S_IFREG
    byteCount = Int(status.st_size)
    modifiedNanoseconds = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    identity = [UInt64(status.st_dev), UInt64(status.st_ino)]
  }

  /// Why nothing can be said of a path that a folder lists.
  static func problem(with path: String) -> String {
    var status = stat()
    guard stat(path, &status) != 0 else { return "it came back" }
    return errno == ENOENT ? "a link that leads nowhere" : String(cString: strerror(errno))
  }
}
