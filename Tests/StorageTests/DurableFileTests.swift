import Foundation
import Storage
import Testing

@Suite final class DurableFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-files-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test func replacesWhole() throws {
    let (url, part) = (folder.appending(path: "a"), folder.appending(path: "a.part"))
    try DurableFile.write(Array("a longer text".utf8), to: url, by: part)
    try Data("left over, and longer than what comes".utf8).write(to: part)
    try DurableFile.write(Array("short".utf8), to: url, by: part)
    #expect(try String(contentsOf: url, encoding: .utf8) == "short")
    #expect(try contents() == ["a"])
    #expect(DurableFile.fingerprint(of: url)?.byteCount == 5)
    #expect(DurableFile.fingerprint(of: url)?.hash == StableHash.of("short"))
    #expect(DurableFile.fingerprint(of: part) == nil)
    #expect(DurableFile.fingerprint(of: URL(fileURLWithPath: "/dev/null")) == nil)
  }

  @Test func leavesNothingWhenItFails() throws {
    let (url, part) = (folder.appending(path: "a"), folder.appending(path: "a.part"))
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    #expect(throws: StorageError.cannotWrite(path: url.path, code: EISDIR)) {
      try DurableFile.write([1], to: url, by: part)
    }
    #expect(throws: StorageError.cannotWrite(path: "/nonexistent/a", code: ENOENT)) {
      try DurableFile.write([1], to: URL(fileURLWithPath: "/nonexistent/a"), by: part)
    }
    #expect(try contents() == ["a"])
  }

  @Test func aLockIsHeldByOne() throws {
    let url = folder.appending(path: "lock")
    let first = try #require(try FileLock.take(url))
    #expect(try FileLock.take(url) == nil)
    first.remove()
    // The file is gone, so the next one makes and holds another.
    let second = try #require(try FileLock.take(url))
    #expect(try FileLock.take(url) == nil)
    withExtendedLifetime((first, second)) {}
  }

  @Test func aLockGoesWithItsOwner() throws {
    let url = folder.appending(path: "lock")
    do {
      let lock = try #require(try FileLock.take(url))
      withExtendedLifetime(lock) {}
    }
    #expect(try FileLock.take(url) != nil)
  }

  @Test func onlyAFullOrBrokenDiskConcernsAllFiles() {
    #expect(StorageError.cannotWrite(path: "x", code: ENOSPC).concernsWholeDisk)
    #expect(StorageError.cannotWrite(path: "x", code: EROFS).concernsWholeDisk)
    #expect(!StorageError.cannotWrite(path: "x", code: EISDIR).concernsWholeDisk)
    #expect(
      StorageError.cannotWrite(path: "/a/b", code: ENOSPC).description
        == "/a/b: cannot be written: No space left on device")
  }
}
