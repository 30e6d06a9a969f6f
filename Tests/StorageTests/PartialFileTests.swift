import Foundation
import Storage
import Testing

@Suite("Files that are not whole yet") final class PartialFileTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-partial-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(at: folder) }

  private func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("have names of their own, and what is left of them is cleared by name") func names() throws {
    let url = folder.appending(path: "a.json")
    try Data("half".utf8).write(to: folder.appending(path: ".a.json.partial"))
    try DurableFile.write(Array("whole".utf8), to: url)
    #expect(try contents() == ["a.json"])
    for name in [".a.json.partial", ".a.json.1-2.partial", ".b.json.partial", "a.json.partial"] {
      try Data("half".utf8).write(to: folder.appending(path: name))
    }
    DurableFile.removeLeftovers(of: ["a.json"], in: folder)
    #expect(try contents() == [".b.json.partial", "a.json", "a.json.partial"])
    #expect(throws: StorageError.cannotWrite(path: "/nonexistent/a", code: ENOENT)) {
      try DurableFile.write([1], to: URL(fileURLWithPath: "/nonexistent/a"))
    }
  }

  @Test("take their name, or go") func replacing() throws {
    let (url, part) = (folder.appending(path: "a"), folder.appending(path: "b"))
    try Data("new".utf8).write(to: part)
    try DurableFile.replace(url, by: part)
    #expect(try contents() == ["a"])
    let taken = folder.appending(path: "taken")
    try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: false)
    try Data("new".utf8).write(to: part)
    #expect(throws: StorageError.cannotWrite(path: taken.path, code: EISDIR)) {
      try DurableFile.replace(taken, by: part)
    }
    #expect(try contents() == ["a", "taken"])
  }
}
