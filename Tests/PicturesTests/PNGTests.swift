import Foundation
import Pictures
import TestSupport
import Testing

@Suite("PNG files")
struct PNGTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Every pixel different from its neighbours, so that a swapped axis or channel shows.
  private func pattern(width: Int, height: Int) -> Picture {
    var picture = Picture(width: width, height: height)
    for y in 0..<height {
      for x in 0..<width {
        let mixed = (x &* 2_654_435_761 ^ y &* 40_503) & 0xFF_FFFF
        picture[x, y] = PictureColor(
          red: UInt8(mixed >> 16), green: UInt8(mixed >> 8 & 0xFF), blue: UInt8(mixed & 0xFF))
      }
    }
    return picture
  }

  @Test("libpng reads back the pixels that were written", arguments: [(1, 1), (3, 2), (640, 7), (257, 300)])
  func roundTrip(width: Int, height: Int) throws {
    let picture = pattern(width: width, height: height)
    try picture.writePNG(to: directory.file("picture.png"))
    #expect(try Picture(contentsOf: directory.file("picture.png")) == picture)
  }

  @Test("The same picture makes the same bytes twice, and they are a PNG")
  func determinism() throws {
    let picture = pattern(width: 100, height: 50)
    let files = [directory.file("a.png"), directory.file("b.png")]
    for file in files { try picture.writePNG(to: file) }
    let bytes = try files.map { try Data(contentsOf: $0) }
    #expect(bytes[0] == bytes[1])
    #expect(Array(bytes[0].prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  @Test("Writing replaces the file and leaves nothing else in the folder")
  func replaces() throws {
    let url = directory.file("picture.png")
    for side in [20, 10] { try pattern(width: side, height: side).writePNG(to: url) }
    #expect(try Picture(contentsOf: url).width == 10)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path) == ["picture.png"])
  }

  @Test("A place that cannot be written to is named")
  func cannotWrite() {
    let url = directory.file("no/such/place.png")
    #expect(throws: PictureError.cannotWrite(path: url.path, reason: "No such file or directory")) {
      try Picture(width: 1, height: 1).writePNG(to: url)
    }
  }

  @Test("What is no PNG, and what is cut short, is refused with libpng's reason")
  func unreadable() throws {
    try Data("a letter".utf8).write(to: directory.file("letter.png"))
    try pattern(width: 50, height: 50).writePNG(to: directory.file("whole.png"))
    let whole = try Data(contentsOf: directory.file("whole.png"))
    try whole.prefix(whole.count / 2).write(to: directory.file("cut.png"))
    for name in ["letter.png", "cut.png", "missing.png"] {
      let error = #expect(throws: PictureError.self) { try Picture(contentsOf: directory.file(name)) }
      guard case .unreadable(let path, let reason) = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
      #expect(path == directory.file(name).path)
      #expect(!reason.isEmpty)
      #expect(error?.description.contains("\n") == false)
    }
  }
}
