import Foundation
import Storage
import TestSupport
import Testing

@Suite("Files that are mapped into memory")
struct MappedFileTests {
  @Test func bytesAreTheFiles() throws {
    let directory = try TemporaryDirectory()
    let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    #expect(try Array(MappedFile.read(directory.write(bytes, as: "a"))) == bytes)
    #expect(try MappedFile.read(directory.write([], as: "empty")).isEmpty)
  }

  @Test func whatIsNoFileIsRefused() throws {
    let directory = try TemporaryDirectory()
    let missing = directory.file("missing")
    #expect(throws: StorageError.cannotRead(path: missing.path, code: ENOENT)) { try MappedFile.read(missing) }
    #expect(throws: StorageError.notAFile(path: directory.url.path)) { try MappedFile.read(directory.url) }
    let pipe = directory.file("pipe")
    #expect(mkfifo(pipe.path, 0o600) == 0)
    #expect(throws: StorageError.notAFile(path: pipe.path)) { try MappedFile.read(pipe) }
  }

  @Test func theSystemsReasonIsItsOwn() {
    for error in [StorageError.cannotRead(path: "a", code: ENOMEM) as any Error, POSIXError(.ENOMEM)] {
      #expect(error.systemReason == "Cannot allocate memory")
    }
    #expect(SmallFile.Fault.missing.systemReason == "there is no such file")
  }
}
