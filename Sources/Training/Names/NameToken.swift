import Foundation

/// A word or a number in a file's or a folder's name.
struct NameToken: Equatable, Sendable {
  /// As it is written.
  let text: String
  /// In small letters.
  let word: String
  /// Which of the name's pieces between separators it belongs to, from 0.
  let chunk: Int
  /// Whether it is all of that piece.
  let isWhole: Bool

  var isNumber: Bool { word.allSatisfy { $0.isNumber || $0 == "." } }
  var isLetter: Bool { word.count == 1 && !isNumber }

  private init(_ text: String, chunk: Int, isWhole: Bool) {
    (self.text, self.chunk, self.isWhole) = (text, chunk, isWhole)
    word = text.lowercased()
  }

  /// The tokens of a name: what stands between separators, where it is no whole word, cut where a small letter meets a
  /// capital ("BassDrum", "GMRockKit") and a letter a digit ("BD01").
  /// - Parameter isWhole: whether a piece is not to be cut.
  static func tokens(of name: String, isWhole: (String) -> Bool) -> [NameToken] {
    chunks(of: name).enumerated().flatMap { place, chunk in
      if isWhole(chunk) { return [NameToken(chunk, chunk: place, isWhole: true)] }
      let pieces = pieces(of: chunk)
      return pieces.map { NameToken($0, chunk: place, isWhole: pieces.count == 1) }
    }
  }

  /// What stands between separators. A point between two digits is none, and a sharp stays with its note.
  static func chunks(of name: String) -> [String] {
    let letters = Array(name.precomposedStringWithCanonicalMapping)
    var (chunks, current) = ([String](), "")
    for (place, letter) in letters.enumerated() {
      let isPoint =
        letter == "." && place > 0 && letters[place - 1].isNumber && place + 1 < letters.count
        && letters[place + 1].isNumber
      if letter.isLetter || letter.isNumber || isPoint || letter == "♯" || letter == "♭" {
        current.append(letter)
      } else if letter == "#", let last = current.last, "ABCDEFGabcdefg".contains(last) {
        current.append(letter)
      } else if letter == "'" || letter == "’" {
        continue
      } else if !current.isEmpty {
        chunks.append(current)
        current = ""
      }
    }
    return current.isEmpty ? chunks : chunks + [current]
  }

  private static func pieces(of chunk: String) -> [String] {
    let letters = Array(chunk)
    var (pieces, current) = ([String](), "")
    for (place, letter) in letters.enumerated() {
      if place > 0, cuts(letters, at: place) {
        pieces.append(current)
        current = ""
      }
      current.append(letter)
    }
    return pieces + [current]
  }

  private static func cuts(_ letters: [Character], at place: Int) -> Bool {
    let (before, here) = (letters[place - 1], letters[place])
    if isDigit(before) != isDigit(here) { return true }
    if before.isLowercase, here.isUppercase { return true }
    let next = place + 1 < letters.count ? letters[place + 1] : nil
    return before.isUppercase && here.isUppercase && next?.isLowercase == true
  }

  private static func isDigit(_ letter: Character) -> Bool { letter.isNumber || letter == "." }
}
