/// What a model takes the words of a prompt for.
public struct PromptUnderstanding: Codable, Sendable, Equatable {
  /// How a word is understood.
  public enum Kind: String, Codable, Sendable {
    /// The model's captions use it.
    case known
    /// Somebody has said what it means: the model's glossary, or the table of languages.
    case explained
    /// The captions do not use it, but a word that is near to it for the text encoder.
    case near
    /// The captions use nothing like it.
    case unknown
  }

  /// Words in a row, and what they are taken for.
  public struct Note: Codable, Sendable, Equatable {
    public var words: String
    public var kind: Kind
    /// What they are taken for, or of unknown ones what is nearest; nil where nothing can be said.
    public var meaning: String?
    /// Of words that the captions do not use: the cosine between their embedding and that of what is nearest.
    public var similarity: Double?

    public init(words: String, kind: Kind, meaning: String? = nil, similarity: Double? = nil) {
      (self.words, self.kind, self.meaning, self.similarity) = (words, kind, meaning, similarity)
    }
  }

  /// In the prompt's order, then those of the negative prompt.
  public var notes: [Note]
  /// The share of the prompt's words that are known or explained, 0 … 1; one that is near counts half.
  public var knownShare: Double
  /// The cosine between the prompt's embedding and that of the nearest caption; nil for a list without captions.
  public var captionSimilarity: Double?
  /// How likely it is, 0 … 1, that the model has learned what the prompt asks for.
  public var confidence: Double

  public init(notes: [Note], knownShare: Double, captionSimilarity: Double?) {
    (self.notes, self.knownShare, self.captionSimilarity) = (notes, knownShare, captionSimilarity)
    confidence = Confidence.of(knownShare: knownShare, similarity: captionSimilarity)
  }

  /// The lines to be said of a prompt: of each thing that is not known as it is, up to a dozen.
  /// - Parameter model: the model's name.
  public func lines(model: String) -> [String] {
    let notes = remarkable
    let more = notes.count > Self.mostLines ? ["\(notes.count - Self.mostLines) more words are not its own"] : []
    return notes.prefix(Self.mostLines).map { $0.line(model: model) } + more
  }

  private static let mostLines = 12

  /// Those of which something is to be said.
  public var remarkable: [Note] { notes.filter { $0.kind != .known } }
  /// The words of which nothing was learned.
  public var unknownWords: [String] { notes.filter { $0.kind == .unknown }.map(\.words) }
  /// Why somebody who wants nothing guessed is refused; nil where all is understood.
  public var refusal: String? {
    let unknown = unknownWords.prefix(Self.mostLines).map { "\"\($0.prefix(80))\"" }
    if !unknown.isEmpty { return "nothing like \(unknown.joined(separator: ", ")) was learned" }
    return isConfident ? nil : "the captions ask for nothing like this prompt (confidence \(percent))"
  }

  /// What is to be said of a prompt that the model has probably not learned to make; nil of another.
  /// - Parameter model: the model's name.
  public func doubt(model: String) -> String? {
    isConfident
      ? nil
      : "\(model) has hardly learned what this prompt asks for (confidence \(percent)); `hiss words` lists what it knows"
  }

  private var percent: String { "\(Int((100 * confidence).rounded())) %" }

  /// Whether the model has probably learned what the prompt asks for.
  public var isConfident: Bool { confidence >= 0.5 }
}

extension PromptUnderstanding.Note {
  /// One line for people.
  /// - Parameter model: the model's name.
  public func line(model: String) -> String {
    switch kind {
    case .known: "\(model) knows \"\(words)\""
    case .explained: "\(model) takes \"\(words)\" for: \(meaning ?? words)"
    case .near: "\(model) takes \"\(words)\" for what is nearest: \(meaning ?? words)"
    case .unknown: "nothing like \"\(words.prefix(80))\" was learned" + (meaning.map { "; nearest: \($0)" } ?? "")
    }
  }
}
