import Foundation

/// What a prompt says should not be there: "no drums", "without vocals", "reverb-free".
///
/// To a text encoder "no drums" is about drums. What is excluded belongs into the negative prompt, and out of the prompt.
package struct Exclusion: Equatable, Sendable {
  /// The prompt without what it excludes; empty where nothing else is left.
  package let text: String
  package let excluded: [String]

  /// nil where a prompt excludes nothing.
  package init?(_ prompt: String) {
    let words = prompt.split(whereSeparator: \.isWhitespace).map(Word.init)
    var (kept, excluded) = ([Word](), [String]())
    var index = 0
    while index < words.count {
      guard let end = Self.exclusion(words, from: index, into: &excluded) else {
        kept.append(words[index])
        index += 1
        continue
      }
      if kept.last?.text == "i" || kept.last?.text == "we" { kept.removeLast() }
      // What ended with the exclusion has ended still.
      if words[end - 1].endsClause, !kept.isEmpty {
        kept[kept.count - 1].raw += kept[kept.count - 1].endsClause ? "" : ","
      }
      index = end
    }
    guard !excluded.isEmpty else { return nil }
    self.excluded = excluded
    text = Self.tidied(kept)
  }

  private struct Word {
    var raw: String
    /// In lower case, without the punctuation around it.
    let text: String
    var endsClause: Bool { raw.last.map { ",.;:!?)".contains($0) } ?? false }

    init(_ raw: Substring) {
      self.raw = String(raw)
      text = raw.lowercased().trimmingCharacters(in: .punctuationCharacters.subtracting(["-", "/", "#"]))
    }
  }

  private static let heads: Set<String> = ["no", "without", "w/o", "minus", "excluding", "except"]
  /// What may stand between the head and what is excluded.
  private static let fillers: Set<String> = ["any", "the", "a", "an", "all", "of"]
  /// "No longer", "no wave": the head excludes nothing.
  private static let idioms: Set<String> = [
    "more", "less", "longer", "one", "matter", "hurry", "wave", "problem", "idea", "end", "stop", "need", "limit",
    "doubt", "way", "thanks", "fear", "rush", "pressure", "worries",
  ]
  /// Words with which something else begins.
  private static let ends: Set<String> = [
    "just", "only", "but", "with", "in", "at", "for", "over", "on", "played", "playing", "please", "instead", "then",
    "featuring", "plus", "to", "from", "that", "which", "is", "as", "like",
  ]
  private static let most = 3

  /// Where the exclusion that begins at a word ends; nil where none begins there.
  private static func exclusion(_ words: [Word], from start: Int, into excluded: inout [String]) -> Int? {
    let text = words[start].text
    for suffix in ["-free", "less"] where text.hasSuffix(suffix) {
      let what = String(text.dropLast(suffix.count))
      guard !what.isEmpty, suffix == "-free" || lessNouns.contains(what) else { continue }
      excluded.append(what == "drum" || what == "vocal" || what == "voice" ? what + "s" : what)
      return start + 1
    }
    let isDo =
      ["don't", "dont", "not"].contains(text) && words.indices.contains(start + 1)
      && ["want", "any", "include", "add", "use"].contains(words[start + 1].text)
    guard heads.contains(text) || isDo, !words[start].endsClause else { return nil }
    var index = start + (isDo ? 2 : 1)
    while index < words.count, fillers.contains(words[index].text) { index += 1 }
    guard index < words.count, !idioms.contains(words[index].text), !ends.contains(words[index].text) else {
      return nil
    }
    return list(words, from: index, into: &excluded)
  }

  /// Words that take "-less".
  private static let lessNouns: Set<String> = ["drum", "beat", "vocal", "voice"]

  /// The things that are excluded from a word on, as "drums", "drums or bass", "loud drums and bass".
  private static func list(_ words: [Word], from start: Int, into excluded: inout [String]) -> Int {
    var (index, phrase) = (start, [String]())
    func end() {
      if !phrase.isEmpty { excluded.append(phrase.joined(separator: " ")) }
      phrase = []
    }
    while index < words.count, phrase.count < most {
      let word = words[index]
      if ends.contains(word.text) || heads.contains(word.text) { break }
      if ["and", "or", "nor", "&"].contains(word.text) {
        guard continues(words, after: index, isAnd: word.text == "and" || word.text == "&") else { break }
        end()
        index += 1
        while index < words.count, fillers.contains(words[index].text) { index += 1 }
        continue
      }
      if !word.text.isEmpty { phrase.append(word.text) }
      index += 1
      if word.endsClause || endsAlone(words, after: index - 1) { break }
    }
    end()
    return index
  }

  /// What is excluded most often. Of "no drums piano" the piano is wanted, of "no drum machine" nothing is.
  private static let usual: Set<String> = [
    "drums", "percussion", "vocals", "vocal", "voice", "voices", "singing", "reverb",
  ]
  private static let heldBy: Set<String> = [
    "loop", "loops", "sound", "sounds", "effect", "effects", "track", "tracks", "part", "parts", "fill", "fills",
    "samples",
    "chops", "hits", "instruments", "at", "and", "or", "nor", "&",
  ]

  /// Whether the exclusion ends with a word that says all, though no sign follows it.
  private static func endsAlone(_ words: [Word], after index: Int) -> Bool {
    guard usual.contains(words[index].text), words.indices.contains(index + 1) else { return false }
    return !heldBy.contains(words[index + 1].text)
  }

  /// Whether what follows "and" or "or" is excluded too. "And" begins something new as often: of "no drums and a soft piano"
  /// the piano is wanted.
  private static func continues(_ words: [Word], after index: Int, isAnd: Bool) -> Bool {
    guard words.indices.contains(index + 1) else { return false }
    let next = words[index + 1].text
    if ends.contains(next) || heads.contains(next) { return false }
    guard isAnd else { return true }
    return !fillers.contains(next) && (words[index + 1].endsClause || index + 2 == words.count)
  }

  private static let leading: Set<String> = ["just", "only", "but", "and", "instead", "please", "with", "or"]

  /// Without what only led to the excluded words, or from them.
  private static func tidied(_ words: [Word]) -> String {
    var words = words[...]
    while let first = words.first, leading.contains(first.text) || first.text.isEmpty { words = words.dropFirst() }
    while let last = words.last, leading.contains(last.text) || last.text.isEmpty { words = words.dropLast() }
    var text = words.map(\.raw).joined(separator: " ")
    for word in ["just", "only", "but"] { text = text.replacing(", \(word) ", with: ", ") }
    while let last = text.last, ",.;: ".contains(last) { text.removeLast() }
    return text
  }
}
