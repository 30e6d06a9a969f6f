/// A line of progress in the columns of a terminal.
package enum ProgressText {
  /// The cells of a bar where there is room for it, and the fewest that are worth drawing.
  private static let bar = (usual: 24, least: 4)

  /// A title, a bar and what else there is to say, in at most `columns` columns: the bar grows short first, then goes, and
  /// at last the title loses its end, then the rest.
  /// - Parameter share: how much is done, 0 … 1; nil for a line without a bar.
  package static func line(_ title: String, share: Double?, _ rest: String, columns: Int) -> String {
    let (title, rest) = (VisibleText.of(title), VisibleText.of(rest))
    let words = [title, rest].filter { !$0.isEmpty }
    let text = words.joined(separator: " ")
    let room = columns - width(of: text) - 1
    if let share, room >= bar.least {
      let cells = min(bar.usual, room)
      let filled = Int(min(max(share, 0), 1) * Double(cells))
      let drawn = String(repeating: "█", count: filled) + String(repeating: "░", count: cells - filled)
      return ([title, drawn, rest].filter { !$0.isEmpty }).joined(separator: " ")
    }
    let left = columns - width(of: rest) - 1
    guard !title.isEmpty, left > 0 else { return prefix(of: text, columns: columns) }
    return prefix(of: title, columns: left) + " " + prefix(of: rest, columns: columns)
  }

  /// The columns that a terminal takes for a text.
  package static func width(of text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + width(of: $1) } }

  /// The beginning of a text, as far as it fits; an ellipsis stands for what is left out.
  static func prefix(of text: String, columns: Int) -> String {
    guard width(of: text) > columns else { return text }
    var (result, used) = (String.UnicodeScalarView(), 0)
    for scalar in text.unicodeScalars {
      guard used + width(of: scalar) < columns else { break }
      used += width(of: scalar)
      result.append(scalar)
    }
    return columns > 0 ? String(result) + "…" : ""
  }

  /// Unicode's East Asian Width as far as names and prompts have it: ideographs, kana, hangul and most emoji are wide.
  private static func width(of scalar: UnicodeScalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
