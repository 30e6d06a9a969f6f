extension Picture {
  /// The height of a text's capitals.
  public enum TextSize: Int, Sendable {
    /// 7 pixels.
    case small = 1
    /// 14 pixels, with smooth edges.
    case normal = 2

    /// Height of the capitals, in pixels.
    public var capHeight: Int { BitmapFont.capHeight * rawValue }
    /// From one character to the next, in pixels.
    public var advance: Int { BitmapFont.cellWidth * rawValue }
  }

  /// How wide `drawText` draws a text, in pixels.
  public static func textWidth(_ text: String, size: TextSize = .normal) -> Int {
    max(0, BitmapFont.characters(of: text).count * size.advance - size.rawValue)
  }

  /// The text, shortened to end in "..." where it would be wider than `width` pixels.
  static func fitted(_ text: String, width: Int, size: TextSize = .normal) -> String {
    guard textWidth(text, size: size) > width else { return text }
    let count = max(0, width / size.advance - 3)
    return String(BitmapFont.characters(of: text).prefix(count)) + "..."
  }

  /// Draws a line of text, its capitals' top left corner at (x, y).
  ///
  /// Accents are dropped, and what is not ASCII shows as a box. `upwards` turns the text to read from bottom to top,
  /// (x, y) then being the lower left corner of the rotated capitals.
  public mutating func drawText(
    _ text: String, x: Int, y: Int, color: PictureColor, size: TextSize = .normal, upwards: Bool = false
  ) {
    let cellWidth = size.advance
    for (position, character) in BitmapFont.characters(of: text).enumerated() {
      let coverage = BitmapFont.coverage(of: character, scale: size.rawValue)
      for (index, value) in coverage.enumerated() where value > 0 {
        let along = position * cellWidth + index % cellWidth
        let across = index / cellWidth
        if upwards {
          blend(color, coverage: value, x: x + across, y: y - along)
        } else {
          blend(color, coverage: value, x: x + along, y: y + across)
        }
      }
    }
  }
}
