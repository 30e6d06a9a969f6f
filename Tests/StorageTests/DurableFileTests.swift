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

  @Test func whatALinkLeadsToIsNotEmptied() throws {
    let (url, part, precious) = (
      folder.appending(path: "a"), folder.appending(path: "a.part"), folder.appending(path: "b")
    )
    try Data("precious".utf8).write(to: precious)
    try FileManager.default.createSymbolicLink(at: part, withDestinationURL: precious)
    #expect(throws: StorageError.cannotWrite(path: url.path, code: ELOOP)) {
      try DurableFile.write([1], to: url, by: part)
    }
    #expect(try String(contentsOf: precious, encoding: .utf8) == "precious")
  }

  @Test func foldersAreMadeOrItIsSaidWhyNot() throws {
    let deep = folder.appending(path: "a/b/c")
    try DurableFile.makeFolder(deep)
    try DurableFile.makeFolder(deep)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "a/b").path) == ["c"])
    let file = folder.appending(path: "file")
    try Data().write(to: file)
    #expect(throws: StorageError.cannotWrite(path: file.path, code: ENOTDIR)) { try DurableFile.makeFolder(file) }
    #expect(throws: StorageError.self) { try DurableFile.makeFolder(file.appending(path: "below")) }
    #expect(throws: StorageError.self) { try DurableFile.makeFolder(URL(fileURLWithPath: "/proc/folder/below")) }
  }

  @Test func aFileIsKnownByWhatItIs() throws {
    let (url, link, other) = (folder.appending(path: "a"), folder.appending(path: "link"), folder.appending(path: "b"))
    for url in [url, other] { try Data().write(to: url) }
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: url)
    #expect(FileIdentity(link) == FileIdentity(url) && FileIdentity(other) != FileIdentity(url))
    #expect(FileIdentity(folder.appending(path: "../\(folder.lastPathComponent)/a")) == FileIdentity(url))
    try FileManager.default.removeItem(at: url)
    #expect(FileIdentity(link) == nil && FileIdentity.isTaken(link) && !FileIdentity.isTaken(url))
  }

  @Test func reasonsAreTheSystems() {
    let path = "/proc/nothing/file"
    do { try Data([1]).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
      #expect(error.systemReason == String(cString: strerror(ENOENT)), "\(error.systemReason)")
    }
    do { try FileManager.default.createDirectory(atPath: "/dev/null/x", withIntermediateDirectories: true) } catch {
      #expect(!error.systemReason.contains("Cocoa"), "\(error.systemReason)")
    }
    for code in [512, 640, 642, 513] {
      let reason = NSError(domain: NSCocoaErrorDomain, code: code).systemReason
      #expect(!reason.contains("Cocoa") && !reason.isEmpty)
    }
    #expect(StorageError.cannotWrite(path: "x", code: ENOSPC).systemReason == "No space left on device")
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
    #expect(StorageError.cannotLock(path: "x", code: ENOLCK).concernsWholeDisk)
    #expect(
      StorageError.cannotWrite(path: "/a/b", code: ENOSPC).description
        == "/a/b: cannot be written: No space left on device")
  }
}
