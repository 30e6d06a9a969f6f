/// A prompt in the captions' English.
public struct Translation: Sendable, Equatable {
  public let english: String
  /// The language that it was written in, in English.
  public let language: String
  /// Terms for which the nearest thing stands.
  public let approximations: [Approximation]
  /// Words that the table lacks; `english` is without them.
  public let unknown: [String]

  /// A term, and what it is taken for.
  public struct Approximation: Sendable, Equatable {
    public let term: String
    public let english: String

    public init(term: String, english: String) { (self.term, self.english) = (term, english) }
  }
}

extension PhraseTable {
  /// A text in English; nil where it is English already, or in a language of which the table has no word of it.
  /// - Parameters:
  ///   - kept: parts of the text, in order, that stay as they are written: chords, say.
  ///   - germanKeys: parts of the text, in order, that name keys if it is German, and the keys' English names.
  public func translate(
    _ text: String, keeping kept: [Range<String.Index>] = [],
    germanKeys: [(range: Range<String.Index>, name: String)] = []
  ) -> Translation? {
    let segments = Self.segments(text, kept)
    if let unspaced = unspaced(segments.map(\.text).joined(separator: " ")) {
      var translator = Translator(unspaced)
      return translator.unspaced(segments.flatMap(UnspacedSymbol.symbols))
    }
    let pieces = segments.flatMap { $0.isKept ? [Piece($0.text, isKept: true)] : Self.pieces($0.text) }
    guard let language = spaced(pieces) else { return nil }
    var translator = Translator([language])
    guard language.code == "de", !germanKeys.isEmpty else { return translator.spaced(pieces, isEnglish: isEnglish) }
    let named = Self.segments(text, kept, naming: germanKeys).flatMap {
      $0.isKept ? [Piece($0.text, isKept: true)] : Self.pieces($0.text)
    }
    return translator.spaced(named, isEnglish: isEnglish)
  }

  /// The English name of a key of another language, "H-Moll", "la mineur", "a小调"; nil where a text is anything else.
  package func key(_ name: String) -> String? {
    let term = Self.plain(name).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let entries = languages.lazy.compactMap { $0.entries[term] ?? $0.entries[term.replacing("-", with: " ")] }
    return entries.first { $0.group == "key" }?.english
  }

  /// A part of a text: as it is written where it stays so, else as terms are looked up.
  struct Segment {
    let text: String
    let isKept: Bool
  }

  /// - Parameter named: parts for which a name stands; what is kept beside them stays.
  private static func segments(
    _ text: String, _ kept: [Range<String.Index>], naming named: [(range: Range<String.Index>, name: String)] = []
  ) -> [Segment] {
    let kept = kept.filter { range in !named.contains { $0.range.overlaps(range) } }
    let parts = (kept.map { ($0, String?.none) } + named.map { ($0.range, $0.name) }).sorted {
      $0.0.lowerBound < $1.0.lowerBound
    }
    var (segments, start) = ([Segment](), text.startIndex)
    for (range, name) in parts + [(text.endIndex..<text.endIndex, nil)] {
      if start < range.lowerBound {
        segments.append(Segment(text: plain(String(text[start..<range.lowerBound])), isKept: false))
      }
      if !range.isEmpty {
        let plain = String(text[range]).map { "、，；".contains($0) ? ", " : String($0) }.joined()
        segments.append(Segment(text: name ?? plain, isKept: true))
      }
      start = range.upperBound
    }
    return segments
  }

  /// The languages to look words up in, for a text in characters of which they write no spaces.
  private func unspaced(_ text: String) -> [Language]? {
    let hasKana = text.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) }
    guard hasKana || text.unicodeScalars.contains(where: \.isHan) else { return nil }
    let order = hasKana ? ["ja", "zh"] : ["zh", "ja"]
    let found = order.compactMap { code in languages.first { $0.code == code } }
    return found.isEmpty ? nil : found
  }

  /// The language whose words most of a text's words are that are no English.
  private func spaced(_ pieces: [Piece]) -> Language? {
    var best: (language: Language, score: (Int, Int, Int))?
    for language in languages where language.writesSpaces {
      let found = language.matches(pieces)
      let foreign = found.filter { match in
        match.entry.group != "function" && match.entry.group != "and"
          && pieces[match.range].contains { Double($0.text) == nil && !$0.isKept && !isEnglish($0.text) }
      }
      let strong = foreign.filter { !$0.entry.isWeak && $0.isExact }.count
      let isAlone = foreign.count == 1 && pieces.filter { $0.isWord && !$0.isKept && isContent($0.text) }.count == 1
      // One word that English has too is believed beside a "de" or "mit".
      let isAmong =
        foreign.count == 1
        && found.contains { match in
          match.entry.group == "function" && pieces[match.range].contains { !isEnglish($0.text) }
        }
      guard strong > 0 || foreign.count > 1 || isAlone || isAmong else { continue }
      // Of two languages with as many words, the one that writes more of them so.
      let score = (strong > 0 ? foreign.count : 1, strong, found.reduce(0) { $0 + $1.range.count })
      if best.map({ $0.score < score }) ?? true { best = (language, score) }
    }
    return best?.language
  }

  private func isContent(_ word: String) -> Bool { Double(word) == nil && !FunctionWords.contains(word) }

  private func isEnglish(_ word: String) -> Bool {
    if FunctionWords.contains(word) || english.contains(word) { return true }
    if word.hasSuffix("s"), english.contains(String(word.dropLast())) { return true }
    return word.contains("-") && word.split(separator: "-").allSatisfy { isEnglish(String($0)) }
  }
}

extension Unicode.Scalar {
  var isHan: Bool { CharacterClass.isIdeograph(self) }
}
