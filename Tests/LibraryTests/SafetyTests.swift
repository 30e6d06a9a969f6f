import Audio
import Foundation
import GRDB
import Library
import TestSupport
import Testing

/// Nothing leads out of the library's folder, and nothing in it becomes more than text.
@Suite struct SafetyTests {
  private static let tricks = [
    "../outside", "..", ".", "", "/etc/passwd", "a/b", "a\\b", "a\u{0}b", ".hidden", "a\nb",
    String(repeating: "x", count: 300),
    "../../../../etc/passwd", "Clips/../../x", "%2e%2e%2f", "~/x", "con\u{7F}",
  ]

  @Test(arguments: tricks) func noNameLeadsOut(_ name: String) throws {
    let small = try SmallLibrary()
    let before = try small.directory.contents()
    let clip = try small.store(name)
    let file = try small.library.file(of: clip.id)
    #expect(file.deletingLastPathComponent().path == small.url.appending(path: "Clips").path)
    #expect(try small.names("Clips").count == 1 && small.directory.contents() == before)
    #expect(try small.library.change(clip.id, ClipChange(state: .picked)).file.hasPrefix("Picks/"))
    for id in [name, clip.id + "/..", "../" + clip.id] where id != clip.id {
      #expect(throws: LibraryError.self) { try small.library.file(of: id) }
      #expect(throws: LibraryError.self) { try small.library.folder.parts(of: id) }
      #expect(throws: LibraryError.self) { try small.library.job(id) }
      #expect(small.library.upload(id) == nil)
    }
  }

  @Test func partsAreFilesOfTheirClip() throws {
    let small = try SmallLibrary()
    let id = try small.store().id
    for name in ["../drums.wav", ".x", "a/b.wav", ""] {
      #expect(throws: LibraryError.badPath(name)) { try small.library.storePart([1], named: name, of: id) }
    }
    let url = try small.library.storePart([1, 2], named: "drums.wav", of: id)
    #expect(url.path == small.url.appending(path: "Parts/\(id)/drums.wav").path)
    #expect(try small.library.setParts(of: id, hasStems: true).hasStems)
    #expect(throws: LibraryError.noClip(id: "aaaaaaaaaa")) {
      try small.library.storePart([1], named: "drums.wav", of: "aaaaaaaaaa")
    }
  }

  /// Somebody changed the database: a name in it is still no way out.
  @Test func aRowsNameIsChecked() throws {
    let small = try SmallLibrary()
    let id = try small.store().id
    _ = try small.directory.write([1, 2, 3], as: "secret")
    try small.database().write { try $0.execute(sql: "UPDATE clips SET fileName = '../../secret'") }
    #expect(throws: LibraryError.badPath("../../secret")) { try small.library.file(of: id) }
    try small.database().write { try $0.execute(sql: "UPDATE clips SET isBinned = 1") }
    #expect(throws: LibraryError.self) { try small.library.emptyBin() }
    #expect(try small.directory.contents().contains("secret"))
  }

  @Test func aLinkIsNoClip() throws {
    let small = try SmallLibrary()
    let id = try small.store("tone").id
    let secret = try small.directory.write([1, 2, 3], as: "secret")
    let file = small.url.appending(path: "Clips/tone.wav")
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createSymbolicLink(at: file, withDestinationURL: secret)
    #expect(throws: LibraryError.fileMissing(id: id, path: file.path)) { try small.library.file(of: id) }
  }

  @Test func whatUsersSayIsBounded() throws {
    let small = try SmallLibrary()
    let id = try small.store().id
    for change in [
      ClipChange(rating: 6), ClipChange(rating: -1), ClipChange(note: String(repeating: "x", count: 10_001)),
      ClipChange(tags: (0...100).map { "\($0)" }), ClipChange(tags: [String(repeating: "x", count: 101)]),
      ClipChange(shownBeside: ["../x"]),
    ] {
      #expect(throws: LibraryError.self) { try small.library.change(id, change) }
    }
    #expect(try small.library.clip(id) == small.library.clips().clips[0])
    #expect(throws: LibraryError.noClip(id: "nobody0000")) {
      try small.library.compare(ClipComparison(winner: id, losers: ["nobody0000"], kind: .ab))
    }
    #expect(throws: LibraryError.self) { try small.library.compare(ClipComparison(winner: id, losers: [], kind: .ab)) }
    // All of a step or nothing of it.
    #expect(throws: LibraryError.noClip(id: "nobody0000")) { try small.library.bin([id, "nobody0000"]) }
    #expect(try !small.library.clip(id).isBinned)
  }

  @Test func uploadsKeepTheirNamesAsFarAsTheyAreSafe() throws {
    let small = try SmallLibrary()
    for (name, start, ending) in [
      ("My Humming.WAV", "my-humming_", ".wav"), ("../../x.mid", "x_", ".mid"), ("<script>", "script_", ""),
      (".", "clip_", ""),
    ] {
      let temporary = small.library.newUpload()
      try Data([1, 2, 3]).write(to: temporary)
      let upload = try small.library.keepUpload(temporary, named: name)
      #expect(upload.url.lastPathComponent.hasPrefix(start) && upload.url.path.hasSuffix(ending), "\(upload.url)")
      #expect(upload.url.deletingLastPathComponent().path == small.library.folder.uploads.path)
      #expect(small.library.upload(upload.id)?.path == upload.url.path)
      #expect(!FileManager.default.fileExists(atPath: temporary.path))
    }
  }

  @Test func aSpreadsheetTakesNothingForAFormula() throws {
    let small = try SmallLibrary()
    let id = try small.store("tone", prompt: "=HYPERLINK(\"http://x\")", bpm: 90).id
    try small.library.change(id, ClipChange(state: .picked, note: "a, \"b\"\nc", tags: ["+x", "-1"]))
    let lines = PickTable(try small.library.allClips(.picked)).text
    #expect(lines.contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && lines.contains("\"a, \"\"b\"\"\nc\""))
    #expect(lines.contains(",'+x -1,") && lines.hasPrefix("file,prompt,bpm"))
    #expect(lines.contains(",90,"))
  }
}
