import Foundation
import Storage
import Testing

@Suite final class AppendLogTests {
  private let url = FileManager.default.temporaryDirectory.appending(path: "hiss-log-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: url) }

  @Test func keepsEveryLineOfManyWriters() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask { [url] in
          let log = AppendLog(url)
          for number in 0..<25 { try log.append("\(writer)-\(number)-" + String(repeating: "x", count: 5000)) }
        }
      }
      try await group.waitForAll()
    }
    let lines = try AppendLog(url).newLines()
    #expect(Set(lines.map { $0.prefix(while: { $0 != "x" }) }).count == 100)
    #expect(lines.count == 100 && lines.allSatisfy { $0.hasSuffix(String(repeating: "x", count: 5000)) })
  }

  @Test func tellsOnlyWhatIsNewAndWhole() throws {
    let (log, other) = (AppendLog(url), AppendLog(url))
    #expect(try log.newLines() == [])
    try other.append("one")
    #expect(try log.newLines() == ["one"])
    let file = try FileHandle(forWritingTo: url)
    try file.seekToEnd()
    try file.write(contentsOf: Data("torn".utf8))
    #expect(try log.newLines() == [])
    try other.append("two")
    #expect(try log.newLines() == ["torn", "two"])
    #expect(try AppendLog(url).newLines() == ["one", "torn", "two"])
  }

  @Test func aPlaceThatCannotBeWrittenIsAnError() {
    let log = AppendLog(URL(fileURLWithPath: "/nonexistent/ledger"))
    #expect(throws: StorageError.cannotWrite(path: "/nonexistent/ledger", code: ENOENT)) { try log.append("x") }
  }

  /// The file would be made wherever the link points to.
  @Test func aLinkThatLeadsNowhereIsRefused() throws {
    let target = url.appendingPathExtension("target")
    defer { try? FileManager.default.removeItem(at: target) }
    try FileManager.default.createSymbolicLink(at: url, withDestinationURL: target)
    #expect(throws: StorageError.notAFile(path: url.path)) { try AppendLog(url).append("x") }
    #expect(throws: StorageError.notAFile(path: url.path)) { try AppendLog(url).newLines() }
    #expect(!FileManager.default.fileExists(atPath: target.path))
  }

  /// A pipe would keep whoever opens it waiting; what goes into a device is gone.
  @Test func whatIsNoFileIsRefused() throws {
    for path in ["/dev/full", "/dev/null"] {
      #expect(throws: StorageError.notAFile(path: path)) { try AppendLog(URL(fileURLWithPath: path)).append("x") }
    }
    #expect(mkfifo(url.path, 0o600) == 0)
    #expect(throws: StorageError.notAFile(path: url.path)) { try AppendLog(url).append("x") }
    #expect(throws: StorageError.notAFile(path: url.path)) { try AppendLog(url).newLines() }
  }
}
