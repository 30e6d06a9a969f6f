import Foundation
import Music
import Tensors
public import Text

/// Holds prompts against the words of a model's captions.
public struct WordReader: Sendable {
  public let vocabulary: Vocabulary
  private let glossary: Glossary?
  private let encode: @Sendable (String) -> TextEmbedding

  /// - Parameter encode: the text encoder, without a glossary.
  package init(vocabulary: Vocabulary, glossary: Glossary?, encode: @escaping @Sendable (String) -> TextEmbedding) {
    (self.vocabulary, self.glossary, self.encode) = (vocabulary, glossary, encode)
  }

  /// From this cosine on, the encoder takes a word that no caption has for the nearest that some have.
  static let nearEnough = 0.62

  /// Beyond as many, nothing nearest is looked for: a prompt may have thousands of words.
  private static let mostNotes = 40

  /// What is taken for what in a request.
  public func understanding(of request: GenerationRequest) -> PromptUnderstanding {
    // What the request says is read of its prompt; the table of languages says what there was no word for.
    let reading = request.understoodPrompt == nil ? nil : PromptReading(request.prompt)
    return understanding(
      request.understoodPrompt ?? request.prompt, translation: reading?.translation,
      negativePrompt: request.negativePrompt)
  }

  package func understanding(
    _ prompt: String, translation: Translation? = nil, negativePrompt: String = ""
  ) -> PromptUnderstanding {
    let music = PromptMusic(prompt)
    var notes = (translation?.approximations ?? []).map {
      PromptUnderstanding.Note(words: $0.term, kind: .explained, meaning: $0.english)
    }
    // Words that a table lacks are left in the English, but for those in letters of which the encoder reads none.
    notes += (translation?.unknown ?? []).filter { !prompt.contains($0) }.map { unknown($0) }
    // A prompt of tempo and key alone says nothing of sound.
    let isMusicOnly =
      !music.isEmpty && music.caption == prompt
      && self.words(in: prompt).allSatisfy { Self.isMusic($0) || music.chords != nil && Chord.isName($0.capitalized) }
    if !isMusicOnly { notes += self.notes(on: music.caption) }
    // A prompt that only excludes asks for anything else.
    let share = prompt.isEmpty ? 1 : share(notes)
    let similarity =
      prompt.isEmpty
      ? nil : vocabulary.captionSimilarity(of: encode(glossary?.explaining(music.caption) ?? music.caption).sentence)
    notes += self.notes(on: negativePrompt)
    return PromptUnderstanding(notes: notes, knownShare: share, captionSimilarity: similarity)
  }

  /// The share of words that are known, or explained; one that is near counts half. 0 where there is none.
  private func share(_ notes: [PromptUnderstanding.Note]) -> Double {
    var (sum, count) = (0.0, 0.0)
    for note in notes {
      let words = Double(max(1, note.words.split(separator: " ").filter { !FunctionWords.contains(String($0)) }.count))
      count += words
      switch note.kind {
      case .known, .explained: sum += words
      case .near: sum += words / 2
      case .unknown: break
      }
    }
    return count > 0 ? sum / count : 0
  }

  private func words(in text: String) -> [String] { PromptToken.tokens(of: text).map(\.text) }

  /// Whether a word is a number, or names a chord, a note or a metre.
  private static func isMusic(_ word: String) -> Bool {
    if word.allSatisfy({ $0.isNumber || "-/.".contains($0) }) { return true }
    if FunctionWords.contains(word.lowercased()) || ["major", "minor", "flat", "sharp"].contains(word.lowercased()) {
      return true
    }
    return word.first?.isUppercase == true && (Chord(name: word) != nil || PitchClass(noteName: word) != nil)
  }
}

extension WordReader {
  /// What the words of a text are taken for, in its order.
  private func notes(on text: String) -> [PromptUnderstanding.Note] {
    let tokens = PromptToken.tokens(of: text).flatMap(parts)
    var (notes, index, waiting) = ([PromptUnderstanding.Note](), 0, [String]())
    func flush() {
      while let last = waiting.last, FunctionWords.contains(last.lowercased()) { waiting.removeLast() }
      if !waiting.isEmpty {
        notes +=
          notes.count < Self.mostNotes
          ? unlearned(waiting) : [.init(words: waiting.joined(separator: " "), kind: .unknown)]
      }
      waiting = []
    }
    while index < tokens.count {
      let near = tokens[index...].prefix(longestTerm)
      let clause = near.prefix { !$0.endsClause }.count + 1
      let (note, count) = known(near.prefix(clause).map(\.text))
      let word = tokens[index].text
      if let note {
        flush()
        notes.append(note)
      } else if count > 0, !FunctionWords.contains(word.lowercased()) {
        // A chord, a number.
        flush()
      } else if count == 0 || !waiting.isEmpty {
        waiting.append(word)
      }
      index += max(count, 1)
      if tokens[index - 1].endsClause { flush() }
    }
    flush()
    var seen: Set<String> = []
    return notes.filter { seen.insert($0.words.lowercased()).inserted }
  }

  /// A word, or where it is joined of words that are known, these: "techno-bassline".
  private func parts(_ token: PromptToken) -> [PromptToken] {
    let parts = token.text.split(separator: "-").map(String.init)
    guard parts.count > 1, vocabulary.term([token.text]) == nil, glossary?.entry(token.text.lowercased()) == nil,
      parts.allSatisfy({ vocabulary.term([$0]) != nil || glossary?.entry($0.lowercased()) != nil })
    else { return [token] }
    return parts.enumerated().map { index, text in
      PromptToken(text: text, endsClause: token.endsClause && index == parts.count - 1)
    }
  }

  /// The most words of a known term or an explained name.
  private var longestTerm: Int { max(vocabulary.longestTerm, 4) }

  /// The note on what is known or explained of the first words, and how many these are: 0 for a word that is not, and no
  /// note for a word that there is nothing to say of.
  private func known(_ words: [String]) -> (PromptUnderstanding.Note?, Int) {
    for count in stride(from: min(words.count, longestTerm), to: 0, by: -1) {
      let first = words.prefix(count).joined(separator: " ")
      if count == 1, FunctionWords.contains(first.lowercased()) { return (nil, 1) }
      if let term = vocabulary.term(Array(words.prefix(count))) {
        let meaning = term.group == .word ? nil : term.name == term.text ? nil : term.name
        return (.init(words: first, kind: .known, meaning: meaning), count)
      }
      if let entry = glossary?.entry(first.lowercased()) {
        return (.init(words: entry.name, kind: .explained, meaning: entry.meaning), count)
      }
    }
    return Self.isMusic(words[0]) ? (nil, 1) : (nil, 0)
  }

  /// The notes on words in a row that no caption has: one for all, or where each by itself is near to something, one each.
  private func unlearned(_ words: [String]) -> [PromptUnderstanding.Note] {
    let whole = unknown(words.joined(separator: " "))
    guard whole.kind == .unknown, (2...4).contains(words.count) else { return [whole] }
    let single = words.filter { !FunctionWords.contains($0.lowercased()) }.map(unknown)
    return single.allSatisfy { $0.kind == .near } ? single : [whole]
  }

  private func unknown(_ words: String) -> PromptUnderstanding.Note {
    let isReadable = PromptToken.tokens(of: words).allSatisfy(\.isReadable)
    guard isReadable, let nearest = vocabulary.nearest(to: encode(words).sentence) else {
      return .init(words: words, kind: .unknown)
    }
    let similarity = (nearest.similarity * 1000).rounded() / 1000
    return .init(
      words: words, kind: similarity >= Self.nearEnough ? .near : .unknown, meaning: nearest.term.name,
      similarity: similarity)
  }
}

extension Synthesizer {
  /// What holds prompts against the words of the model's captions; nil for a model that has no list of them.
  /// - Throws: `TextError` when its list is damaged.
  public func wordReader() throws(TextError) -> WordReader? {
    guard let vocabulary = try model.source.vocabulary() else { return nil }
    return WordReader(vocabulary: vocabulary, glossary: model.glossary, encode: encode)
  }
}
