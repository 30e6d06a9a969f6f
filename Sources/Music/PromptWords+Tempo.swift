extension PromptWords {
  /// The first number before "bpm", or after "tempo", "tempo of" or "bpm": "90 bpm", "BPM: 120", "tempo=97", "♩ = 60".
  var tempo: Reading<Double>? { tempos.first }

  /// All of them, in order.
  var tempos: [Reading<Double>] { readings(tempo) }

  private func tempo(at index: Int) -> Reading<Double>? {
    let word = words[index].lowercased
    if word.hasSuffix("bpm"), let tempo = Self.tempo(word.dropLast(3)) {
      return Reading(value: tempo, words: index..<index + 1)
    }
    if rules != .first, let labelled = labelledTempo(at: index) { return labelled }
    guard let tempo = Self.tempo(word[...]) else { return nil }
    func follow(_ unit: String...) -> Bool {
      unit.enumerated().allSatisfy { lowercased(index + 1 + $0.offset) == $0.element }
    }
    if follow("bpm") { return Reading(value: tempo, words: index..<index + 2) }
    if follow("beats", "per", "minute") || rules != .first && follow("beats", "a", "minute") {
      return Reading(value: tempo, words: index..<index + 4)
    }
    if lowercased(index - 1) == "tempo" { return Reading(value: tempo, words: index - 1..<index + 1) }
    if lowercased(index - 2) == "tempo", lowercased(index - 1) == "of" {
      return Reading(value: tempo, words: index - 2..<index + 1)
    }
    return nil
  }

  static let labels: Set<String> = ["bpm", "tempo", "♩"]

  /// "bpm 120", "BPM: 120", "tempo = 97", "bpm=120", "tempo:97".
  private func labelledTempo(at index: Int) -> Reading<Double>? {
    let parts = words[index].lowercased.split(whereSeparator: Self.isEquation)
    if parts.count == 2, Self.labels.contains(String(parts[0])), let tempo = Self.tempo(parts[1]) {
      return Reading(value: tempo, words: index..<index + 1)
    }
    guard let tempo = Self.tempo(words[index].lowercased.drop(while: Self.isEquation)) else { return nil }
    var label = index - 1
    // An equals sign of its own.
    if label > 0, words[label].text.allSatisfy(Self.isEquation) { label -= 1 }
    guard label >= 0 else { return nil }
    let name = words[label].lowercased.split(whereSeparator: Self.isEquation)
    // "bpm, 120 voices": a comma separates them.
    let isJoined = !words[label].endsClause || words[label].raw.hasSuffix(":")
    guard name.count == 1, Self.labels.contains(String(name[0])), isJoined else { return nil }
    return Reading(value: tempo, words: label..<index + 1)
  }

  static func isEquation(_ character: Character) -> Bool { character == ":" || character == "=" }

  private static func tempo(_ text: Substring) -> Double? {
    let digits = withDecimalPoint(String(text.hasSuffix("-") ? text.dropLast() : text))
    guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let tempo = Double(digits),
      (20...400).contains(tempo)
    else { return nil }
    return tempo
  }
}
