import Foundation

/// What a page or a program shows to be let in: 160 bits by chance, or a text that somebody chose.
package struct AccessToken: Sendable {
  /// As it stands in the address.
  package let text: String

  private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
  /// Bytes of UTF-8 of one that is chosen.
  package static let lengths = 16...128

  /// One by chance.
  package init() {
    var source = SystemRandomNumberGenerator()
    text = String((0..<32).map { _ in Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &source)] })
  }

  /// One that somebody chose: letters, digits, `-` and `_`, long enough not to be guessed; nil for another.
  package init?(_ text: String) {
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
        || byte == 0x5F
    }
    guard Self.lengths.contains(text.utf8.count), isPlain else { return nil }
    self.text = text
  }

  /// Whether this is the token; how long that takes does not tell how much of it is right.
  package func matches(_ shown: some StringProtocol) -> Bool {
    let (own, other) = (Array(text.utf8), Array(shown.utf8.prefix(Self.lengths.upperBound + 1)))
    var difference = own.count ^ other.count
    for index in own.indices { difference |= Int(own[index] ^ (index < other.count ? other[index] : 0)) }
    return difference == 0
  }
}
