/// Text from elsewhere (a file's name, a tag, a tensor's name) made fit for a terminal: what could command one, or turn the
/// direction of what follows, is shown as an escape.
package enum VisibleText {
  /// One line, in which control characters, line ends and signs of direction are shown: `\n`, `\u{1B}`.
  /// - Parameter limit: the most characters that are shown; a longer text loses its middle.
  package static func of(_ text: String, limit: Int = .max) -> String {
    var result = String.UnicodeScalarView()
    for scalar in shortened(text.unicodeScalars, limit) {
      if isHidden(scalar) { result.append(contentsOf: escape(scalar).unicodeScalars) } else { result.append(scalar) }
    }
    return String(result)
  }

  /// JSON that says the same, with escapes for what could command a terminal: an encoder escapes some of it only.
  package static func ofJSON(_ json: String) -> String {
    guard json.unicodeScalars.contains(where: { $0.value >= 0x7F && isHidden($0) }) else { return json }
    return json.unicodeScalars.map { $0.value >= 0x7F && isHidden($0) ? JSONText.escape($0) : String($0) }.joined()
  }

  /// Whether a terminal obeys a character, or shows something else than it.
  static func isHidden(_ scalar: UnicodeScalar) -> Bool {
    switch scalar {
    // These two join and part the letters of many scripts.
    case "\u{200C}", "\u{200D}": false
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
  }

  private static func escape(_ scalar: UnicodeScalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }

  /// The beginning and the end of a text that is too long, two thirds and one third.
  private static func shortened(_ text: String.UnicodeScalarView, _ limit: Int) -> String.UnicodeScalarView {
    guard limit < .max, text.index(text.startIndex, offsetBy: limit + 1, limitedBy: text.endIndex) != nil else {
      return text
    }
    let end = limit / 3
    var result = String.UnicodeScalarView(text.prefix(limit - end - 1))
    result.append("…")
    result.append(contentsOf: text.suffix(end))
    return result
  }
}

extension String {
  /// Whether there are control characters (Unicode's Cc) besides some.
  package func holdsControlCharacters(besides allowed: String = "") -> Bool {
    unicodeScalars.contains {
      $0.properties.generalCategory == .control && !allowed.unicodeScalars.contains($0)
    }
  }
}
