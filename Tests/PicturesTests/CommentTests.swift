import Foundation
import Pictures
import TestSupport
import Testing

@Suite("What a PNG says of itself") struct CommentTests {
  @Test func isReadBackAndChangesNoPixel() throws {
    let directory = try TemporaryDirectory()
    var picture = Picture(width: 30, height: 20)
    picture.fill(x: 3, y: 4, width: 7, height: 5, color: PictureColor(gray: 200))
    let (plain, told) = (directory.file("plain.png"), directory.file("told.png"))
    try picture.writePNG(to: plain)
    try picture.writePNG(to: told, comment: #"{"prompt":"pad"}"#)
    #expect(Picture.comment(of: plain) == nil)
    #expect(Picture.comment(of: told) == #"{"prompt":"pad"}"#)
    // libpng checks the sum of every chunk.
    #expect(try Picture(contentsOf: told) == picture)
  }

  @Test func otherFilesSayNothing() throws {
    let directory = try TemporaryDirectory()
    let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let endless = signature + [0xFF, 0xFF, 0xFF, 0xFF] + Array("tEXtComment".utf8)
    for bytes in [[], Array("text".utf8), signature, signature + [0, 0], endless] {
      #expect(Picture.comment(of: try directory.write(bytes, as: "x.png")) == nil)
    }
    #expect(Picture.comment(of: directory.file("missing.png")) == nil)
    #expect(Picture.comment(of: directory.url) == nil)
  }
}
