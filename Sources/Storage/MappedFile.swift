package import Foundation

/// Maps files into memory: opening a large one costs nothing, and what is not looked at is not read.
package enum MappedFile {
  /// The first bytes of an open file. It must not be cut short by others while they are in use.
  /// - Throws: `StorageError.cannotRead`, with `ENOMEM` where there is no room for so many.
  package static func map(_ file: borrowing FileDescriptor, byteCount: Int) throws(StorageError) -> Data {
    guard byteCount > 0 else { return Data() }
    guard let map = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, file.number, 0), map != MAP_FAILED else {
      throw .cannotRead(path: file.path, code: errno)
    }
    return Data(bytesNoCopy: map, count: byteCount, deallocator: .custom { munmap($0, $1) })
  }

  /// All bytes of a plain file.
  /// - Throws: `StorageError.cannotRead`, or `notAFile` for a folder, a pipe or a device.
  package static func read(_ url: URL) throws(StorageError) -> Data {
    let file = try FileDescriptor(url.path, O_RDONLY | O_NONBLOCK)
    let status = try file.status()
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: url.path) }
    return try map(file, byteCount: Int(status.st_size))
  }
}
