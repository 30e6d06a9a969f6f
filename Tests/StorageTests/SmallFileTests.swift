import Foundation
import Storage
import TestSupport
import Testing

@Suite("Files that are meant to be small")
struct SmallFileTests {
  private let directory: TemporaryDirectory
  private var url: URL { directory.file("config.json") }

  init() throws { directory = try TemporaryDirectory() }

  private func expect(_ fault: SmallFile.Fault) {
    #expect(throws: fault) { try SmallFile.read(url, limit: 100) }
    #expect(!fault.description.contains("\n") && !fault.description.isEmpty)
  }

  @Test("are read whole")
  func whole() throws {
    for count in [0, 1, 100] {
      try Data(repeating: 7, count: count).write(to: url)
      #expect(try SmallFile.read(url, limit: 100) == Data(repeating: 7, count: count))
    }
  }

  @Test("are refused by their size: three gigabytes without a byte on the disk are not read")
  func sparse() throws {
    try Data().write(to: url)
    #expect(truncate(url.path, 3 << 30) == 0)
    expect(.tooLarge(byteCount: 3 << 30, limit: 100))
  }

  @Test("are no folders, no pipes that wait for somebody to write, and no devices without an end")
  func others() throws {
    expect(.missing)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    expect(.notAFile)
    try FileManager.default.removeItem(at: url)
    #expect(mkfifo(url.path, 0o600) == 0)
    expect(.notAFile)
    try FileManager.default.removeItem(at: url)
    try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: "/dev/zero")
    expect(.notAFile)
  }

  @Test("A fingerprint is the hash of all bytes, whatever blocks they are read in")
  func fingerprints() throws {
    for count in [0, 1, 31, 32, 33, 1 << 20, 1 << 20 + 1, 3 << 20 - 5] {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
      try Data(bytes).write(to: url)
      let found = try #require(DurableFile.fingerprint(of: url))
      #expect(found.byteCount == count && found.hash == bytes.withUnsafeBytes { StableHash.of($0) }, "\(count) bytes")
    }
    try FileManager.default.removeItem(at: url)
    #expect(mkfifo(url.path, 0o600) == 0)
    #expect(DurableFile.fingerprint(of: url) == nil)
  }
}
