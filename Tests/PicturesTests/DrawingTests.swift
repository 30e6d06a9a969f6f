import Foundation
import Pictures
import Testing

private let white = PictureColor(gray: 255)
private let black = PictureColor(gray: 0)

/// Where a picture is not black.
private func lit(_ picture: Picture) -> [(x: Int, y: Int)] {
  (0..<picture.height).flatMap { y in
    (0..<picture.width).compactMap { x in picture[x, y] == black ? nil : (x: x, y: y) }
  }
}

private func drawn(_ text: String, size: Picture.TextSize = .normal) -> Picture {
  var picture = Picture(width: max(24, Picture.textWidth(text, size: size) + 4), height: 24)
  picture.drawText(text, x: 2, y: 2, color: white, size: size)
  return picture
}

@Suite("Drawing")
struct DrawingTests {
  private static let printable = (33...126).map { String(UnicodeScalar(UInt8($0))) }

  @Test("Every printable ASCII character has a glyph of its own, in both sizes", arguments: [1, 2])
  func glyphs(scale: Int) throws {
    let size = try #require(Picture.TextSize(rawValue: scale))
    let box = drawn("\u{65E5}", size: size)
    var seen: [[UInt8]] = [box.pixels]
    for character in Self.printable {
      let picture = drawn(character, size: size)
      let dots = lit(picture)
      #expect(dots.count >= 3 * scale, "\(character) is hardly there")
      #expect(dots.allSatisfy { $0.x >= 2 && $0.x < 2 + 5 * scale && $0.y >= 2 && $0.y < 2 + 9 * scale })
      #expect(!seen.contains(picture.pixels), "\(character) looks like another character")
      seen.append(picture.pixels)
    }
    #expect(lit(drawn(" ", size: size)).isEmpty)
  }

  @Test("Accents are dropped and typographic marks replaced; the rest shows as boxes")
  func folding() {
    #expect(drawn("Geräusch – “é”…") == drawn("Gerausch - \"e\"..."))
    #expect(drawn("\u{65E5}") == drawn("\u{1F3B5}"))
    #expect(!lit(drawn("\u{65E5}")).isEmpty)
  }

  @Test("Text has the width that it says, and turns upwards by a quarter")
  func textExtent() {
    #expect(Picture.textWidth("HHH") == 34)
    #expect(Picture.textWidth("") == 0)
    #expect(lit(drawn("HHH")).map(\.x).max() == 2 + 33)
    var level = Picture(width: 60, height: 60)
    level.drawText("Fg7", x: 10, y: 20, color: white)
    var upright = Picture(width: 60, height: 60)
    upright.drawText("Fg7", x: 20, y: 49, color: white, upwards: true)
    #expect(lit(level).allSatisfy { upright[$0.y, 59 - $0.x] == level[$0.x, $0.y] })
    #expect(lit(level).count == lit(upright).count)
  }

  @Test("Nothing is drawn outside, whatever the place")
  func clipping() {
    var picture = Picture(width: 10, height: 10)
    picture.fill(x: -5, y: -5, width: 8, height: 8, color: white)
    #expect(lit(picture).count == 9)
    picture.fill(x: 20, y: 20, width: 5, height: 5, color: white)
    picture.fill(x: 3, y: 3, width: -4, height: 2, color: white)
    picture.drawText("outside", x: 500, y: -40, color: white)
    picture.drawLine(through: [(x: 1e9, y: 1e9), (x: 2e9, y: 1e9)], color: white)
    #expect(lit(picture).count == 9)
    picture.draw(Picture(width: 4, height: 4, color: white), x: 8, y: 8)
    #expect(lit(picture).count == 13)
  }

  @Test("A level line of two pixels covers two rows, however many points it has")
  func lines() {
    var sparse = Picture(width: 40, height: 20)
    sparse.drawLine(through: [(x: -5, y: 10), (x: 45, y: 10)], width: 2, color: white)
    #expect(Set(lit(sparse).map(\.y)) == [9, 10])
    #expect(lit(sparse).allSatisfy { sparse[$0.x, $0.y] == white })
    #expect(lit(sparse).count == 80)
    var dense = Picture(width: 40, height: 20)
    let points = (0...1000).map { step in (x: -5 + Double(step) / 20, y: 10.0) }
    dense.drawLine(through: points, width: 2, color: white)
    #expect(dense == sparse)
  }

  @Test("A point that is not finite breaks the line, and a lone point is a dot")
  func brokenLines() {
    var picture = Picture(width: 40, height: 20)
    picture.drawLine(through: [(x: 5, y: 10), (x: .nan, y: 10), (x: 30, y: 10)], width: 4, color: white)
    let columns = Set(lit(picture).map(\.x))
    #expect(columns.contains(5) && columns.contains(30))
    #expect(columns.isDisjoint(with: 10..<25))
  }

  @Test("Blending is a straight mixture, and its ends are exact")
  func blending() {
    let color = PictureColor(red: 200, green: 100, blue: 0)
    #expect(black.blended(with: color, coverage: 0) == black)
    #expect(black.blended(with: color, coverage: 1) == color)
    #expect(black.blended(with: color, coverage: 0.5) == PictureColor(red: 100, green: 50, blue: 0))
  }
}
