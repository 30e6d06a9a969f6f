/// The classes of code points that BERT's basic tokenisation asks about.
///
/// Hugging Face's tokenizers takes general categories from Unicode 8.0: later code points belong to none of the classes
/// there, and a few have changed category since. Both are reproduced, for a prompt must get the ids that the encoder
/// was trained with. White space and lower case have no such limit.
enum CharacterClass {
  /// Whether the code point disappears: NUL, U+FFFD, and the categories Cc, Cf and Co except tab and line ends.
  static func isRemoved(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: return false
    case 0x00, 0xFFFD: return true
    case 0x20..<0x7F: return false
    default: break
    }
    switch category(of: scalar) {
    case .control, .format, .privateUse: return true
    default: return false
    }
  }

  static func isWhitespace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? (scalar == " " || (0x09...0x0D).contains(scalar.value)) : scalar.properties.isWhitespace
  }

  /// Whether the code point is a word of its own: the blocks of CJK ideographs, without kana and Hangul.
  static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // BERT begins extension E at 2B920, where Unicode begins it at 2B820.
    case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
      0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
      true
    default: false
    }
  }

  /// Whether the code point is an accent to strip (category Mn).
  static func isNonspacingMark(_ scalar: Unicode.Scalar) -> Bool {
    guard !scalar.isASCII else { return false }
    switch scalar.value {
    // Mn in Unicode 8 and Mc since, then the other way round.
    case 0x1734, 0x1171E: return true
    case 0x1885, 0x1886, 0xA9BD, 0x111C9: return false
    default: return category(of: scalar) == .nonspacingMark
    }
  }

  /// Whether the code point is a word of its own: ASCII's symbols and the categories P*.
  static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
    case 0x00...0x7F: return false
    // Po in Unicode 8, another category since.
    case 0x166D, 0x111C9: return true
    default: break
    }
    switch category(of: scalar) {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      return true
    default: return false
    }
  }

  static func lowercasedASCII(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar
  }

  /// The general category that Unicode 8.0 knows, `.unassigned` for later code points.
  private static func category(of scalar: Unicode.Scalar) -> Unicode.GeneralCategory {
    guard let age = scalar.properties.age, age.major <= 8 else { return .unassigned }
    return scalar.properties.generalCategory
  }
}
