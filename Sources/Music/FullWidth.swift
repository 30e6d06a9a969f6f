extension String {
  /// With the full-width letters, digits and sharps of East Asian keyboards as those of ASCII: "Ｆ＃ｍ" is "F#m".
  package var withPlainLetters: String {
    let scalars = unicodeScalars
    guard scalars.contains(where: { Self.plainLetter($0) != nil }) else { return self }
    var plain = String.UnicodeScalarView()
    plain.append(contentsOf: scalars.map { Self.plainLetter($0) ?? $0 })
    return String(plain)
  }

  private static func plainLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0xFF03, 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: Unicode.Scalar(scalar.value - 0xFEE0)
    default: nil
    }
  }
}
