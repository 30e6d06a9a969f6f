/// How many words one excluded thing has, which no sign need end: of "no drums piano" the piano is wanted, of "no drum machine"
/// nothing is.
struct ExcludedThings {
  /// In lower case, without punctuation.
  private let words: [String]
  /// Whether a sign follows a word.
  private let endsClause: [Bool]
  private let vocabulary: Vocabulary?

  /// - Parameter vocabulary: of the model; without one, a few usual words end alone.
  init(_ words: [String], endsClause: [Bool], _ vocabulary: Vocabulary?) {
    (self.words, self.endsClause, self.vocabulary) = (words, endsClause, vocabulary)
  }

  /// What is excluded most often, whatever a model knows.
  private static let usual: Set<String> = [
    "drums", "percussion", "vocals", "vocal", "voice", "voices", "singing", "reverb",
  ]
  /// What belongs to the word before it.
  private static let heldBy: Set<String> = [
    "loop", "loops", "sound", "sounds", "effect", "effects", "track", "tracks", "part", "parts", "fill", "fills",
    "samples", "chops", "hits", "instruments", "at",
  ]
  private static let conjunctions: Set<String> = ["and", "or", "nor", "&"]

  /// Whether an exclusion ends with a usual word, though no sign follows it.
  func endsAlone(at index: Int) -> Bool {
    guard Self.usual.contains(words[index]), words.indices.contains(index + 1) else { return false }
    return !Self.heldBy.contains(words[index + 1]) && !Self.conjunctions.contains(words[index + 1])
  }

  /// The words of the thing that is named from a word on, with how it is described before it ("loud drums") and what is said
  /// of it behind ("guitar riff"); nil where that cannot be told.
  /// - Parameter isDenied: after "not" a word that describes is all: of "not sad piano" the piano is wanted.
  func count(from start: Int, isDenied: Bool = false) -> Int? {
    if isDenied, Self.usual.contains(words[start]) { return 1 }
    var index = start
    while let (group, count) = term(at: index) {
      if isDenied, group == .word { return nil }
      index += count
      let isThing = Self.things.contains(group)
      if isThing { index += tail(from: index) }
      if isThing || isDenied || endsClause[index - 1] { return index - start }
    }
    // "No loud", and nothing that is known: what follows may belong to it.
    let isAtEnd = !words.indices.contains(index) || Self.conjunctions.contains(words[index])
    return index > start && isAtEnd ? index - start : nil
  }

  /// The words of the thing that a word begins, which the model or everybody knows; nil where it begins none.
  func named(from start: Int) -> Int? {
    count(from: start) ?? (Self.usual.contains(words[start]) || words[start] == "bass" ? 1 : nil)
  }

  private static let things: Set<Vocabulary.Group> = [.instrument, .drum, .drumStyle, .form]

  /// The longest term from a word on within its clause, and how many words it has.
  private func term(at start: Int) -> (group: Vocabulary.Group, count: Int)? {
    guard let vocabulary, words.indices.contains(start), !FunctionWords.contains(words[start]) else {
      return nil
    }
    let clause = (endsClause[start...].firstIndex(of: true) ?? words.count - 1) - start + 1
    for count in stride(from: min(clause, vocabulary.longestTerm), to: 0, by: -1) {
      guard let term = vocabulary.term(Array(words[start..<start + count])) else { continue }
      return (term.group, count)
    }
    return nil
  }

  /// How many words belong to the thing before them.
  private func tail(from start: Int) -> Int {
    var index = start
    while words.indices.contains(index), index > 0, !endsClause[index - 1] {
      if Self.usual.contains(words[index - 1]), !Self.heldBy.contains(words[index]) { break }
      guard Self.heldBy.contains(words[index]) || term(at: index)?.group == .form else { break }
      index += 1
    }
    return index - start
  }
}
