import Foundation

/// What a prompt says should not be there: "no drums", "without vocals", "reverb-free", "not sad", "drums: no".
///
/// To a text encoder "no drums" is about drums. What is excluded belongs into the negative prompt, and out of the prompt.
package struct Exclusion: Equatable, Sendable {
  /// The prompt without what it excludes; empty where nothing else is left.
  package private(set) var text: String
  package private(set) var excluded: [String] = []
  /// What seems to exclude something and is left in the prompt: "not quantised", of which the model knows nothing.
  package private(set) var unclear: [String] = []

  /// nil where a prompt excludes nothing, and seems to exclude nothing.
  /// - Parameter vocabulary: what the model knows by name: with it, "no drums piano" ends where the drums do, and "not" is
  ///   heard before words of the captions.
  package init?(_ prompt: String, vocabulary: Vocabulary? = nil) {
    text = prompt
    let words = Self.withAnswersApart(prompt.split(whereSeparator: \.isWhitespace)).map(Word.init)
    var (kept, index) = ([Word](), 0)
    let isBeforeDash = words.indices.map { words.indices.contains($0 + 1) && words[$0 + 1].isDash }
    let ends = zip(words, isBeforeDash).map { $0.endsClause || $1 }
    let things = ExcludedThings(words.map(\.text), endsClause: ends, vocabulary)
    while index < words.count {
      guard let end = exclusion(words, from: index, things) ?? answered(words, from: index, things) else {
        kept.append(words[index])
        index += 1
        continue
      }
      // "With no drums", "absolutely no drums", "everything except drums".
      while let last = kept.last, Self.introductions.contains(last.text), !last.endsClause { kept.removeLast() }
      // "Piano - no drums - slow".
      if words.indices.contains(end), words[end].isDash, kept.last?.isDash ?? true { kept = Array(kept.dropLast()) }
      // What ended with the exclusion has ended still.
      if words[end - 1].endsClause, !kept.isEmpty {
        kept[kept.count - 1].raw += kept[kept.count - 1].endsClause ? "" : ","
      }
      index = end
    }
    if excluded.isEmpty, unclear.isEmpty { return nil }
    if !excluded.isEmpty { text = Self.tidied(kept) }
  }

  static let heads: Set<String> = [
    "no", "without", "w/o", "minus", "excluding", "except", "avoid", "avoiding", "exclude", "omit", "omitting", "sans",
    "neither", "remove", "removing",
  ]
  private static let pairs = [
    "instead": "of", "rather": "than", "devoid": "of", "anything": "but", "everything": "but", "all": "but",
    "leave": "out",
    "leaving": "out", "turn": "off", "switch": "off",
  ]
  /// What only leads to an exclusion.
  private static let introductions: Set<String> = [
    "i", "we", "do", "please", "with", "and", "but", "absolutely", "definitely", "strictly", "really", "all",
    "anything",
    "everything",
  ]
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
  private mutating func exclusion(_ words: [Word], from start: Int, _ things: ExcludedThings) -> Int? {
    let text = words[start].text
    for suffix in ["-free", "less"] where text.hasSuffix(suffix) {
      let what = String(text.dropLast(suffix.count))
      guard !what.isEmpty, suffix == "-free" || Self.lessNouns.contains(what) else { continue }
      excluded.append(what == "drum" || what == "vocal" || what == "voice" ? what + "s" : what)
      return start + 1
    }
    let isDo =
      ["don't", "don’t", "dont", "not"].contains(text) && words.indices.contains(start + 1)
      && ["want", "any", "include", "add", "use"].contains(words[start + 1].text)
    if Self.denials.contains(text), !isDo { return denial(words, from: start, things) }
    let isPair = words.indices.contains(start + 1) && Self.pairs[text] == words[start + 1].text
    guard Self.heads.contains(text) || isDo || isPair, !words[start].endsClause else { return nil }
    var index = start + (isDo || isPair ? 2 : 1)
    while index < words.count, Self.fillers.contains(words[index].text) { index += 1 }
    guard index < words.count, !Self.idioms.contains(words[index].text), !Self.ends.contains(words[index].text) else {
      return nil
    }
    return list(words, from: index, things)
  }

  private mutating func answered(_ words: [Word], from start: Int, _ things: ExcludedThings) -> Int? {
    guard let answer = Self.answer(words, from: start, things) else { return nil }
    excluded += answer.things
    return answer.end
  }

  private static let denials: Set<String> = ["not", "isn't", "isn’t", "isnt", "aren't", "aren’t", "never"]
  private static let degrees: Set<String> = ["too", "so", "very", "that", "overly", "really", "at", "all"]

  /// "Not drums", "not too loud": where it ends; nil where the model knows nothing of the word, which is told.
  private mutating func denial(_ words: [Word], from start: Int, _ things: ExcludedThings) -> Int? {
    guard !words[start].endsClause else { return nil }
    var index = start + 1
    while index < words.count, Self.fillers.contains(words[index].text) || Self.degrees.contains(words[index].text) {
      index += 1
    }
    guard index < words.count else { return nil }
    guard let count = things.count(from: index, isDenied: true) else {
      if !FunctionWords.contains(words[index].text), !Self.ends.contains(words[index].text) {
        unclear.append(words[start...index].map(\.text).joined(separator: " "))
      }
      return nil
    }
    excluded.append(words[index..<index + count].map(\.text).joined(separator: " "))
    index += count
    // "Not loud or sad".
    while index + 1 < words.count, !words[index - 1].endsClause, ["or", "nor"].contains(words[index].text),
      let count = things.count(from: index + 1, isDenied: true)
    {
      excluded.append(words[index + 1..<index + 1 + count].map(\.text).joined(separator: " "))
      index += 1 + count
    }
    return index
  }

  /// Words that take "-less".
  private static let lessNouns: Set<String> = ["drum", "beat", "vocal", "voice"]

  /// The things that are excluded from a word on, as "drums", "drums or bass", "loud drums and bass".
  private mutating func list(_ words: [Word], from start: Int, _ things: ExcludedThings) -> Int {
    var (index, phrase) = (start, [String]())
    func end() {
      if !phrase.isEmpty { excluded.append(phrase.joined(separator: " ")) }
      phrase = []
    }
    while index < words.count, phrase.count < Self.most {
      let word = words[index]
      if Self.ends.contains(word.text) || Self.heads.contains(word.text) || word.isDash { break }
      if Self.conjunctions.contains(word.text) {
        guard Self.continues(words, after: index, isAnd: word.text == "and" || word.text == "&") else { break }
        end()
        index += 1
        while index < words.count, Self.fillers.contains(words[index].text) { index += 1 }
        continue
      }
      if phrase.isEmpty, let count = things.count(from: index) {
        phrase = words[index..<index + count].map(\.text)
        index += count
        guard !words[index - 1].endsClause, index < words.count, Self.conjunctions.contains(words[index].text) else {
          break
        }
        continue
      }
      if !word.text.isEmpty { phrase.append(word.text) }
      index += 1
      if word.endsClause || things.endsAlone(at: index - 1) { break }
    }
    end()
    return index
  }

  static let conjunctions: Set<String> = ["and", "or", "nor", "&"]

  /// Whether what follows "and" or "or" is excluded too. "And" begins something new as often: of "no drums and a soft piano"
  /// the piano is wanted.
  private static func continues(_ words: [Word], after index: Int, isAnd: Bool) -> Bool {
    guard words.indices.contains(index + 1) else { return false }
    let next = words[index + 1].text
    if ends.contains(next) || heads.contains(next) { return false }
    guard isAnd else { return true }
    return !fillers.contains(next) && (words[index + 1].endsClause || index + 2 == words.count)
  }
}
