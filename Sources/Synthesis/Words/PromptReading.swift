public import Music
public import Text

/// What is read in a prompt before the text encoder is: its English, and what it says should not be there.
public struct PromptReading: Sendable, Equatable {
  /// What the text encoder is told of it; empty where it only says what should not be there.
  public let text: String
  /// The translation; nil for an English prompt.
  public let translation: Translation?
  /// What it says should not be there.
  public let excluded: [String]
  /// What seems to say so, and is not understood so.
  public let unclear: [String]
  /// What it says of left, right, and width, which the text encoder is not told.
  public let image: SpokenImage

  /// - Parameter vocabulary: the model's, where it has one.
  public init(_ prompt: String, vocabulary: Vocabulary? = nil) {
    self.init(prompt, table: (try? Self.table.get()) ?? nil, vocabulary: vocabulary)
  }

  /// - Parameter table: of other languages; nil reads English alone.
  package init(_ prompt: String, table: PhraseTable?, vocabulary: Vocabulary? = nil) {
    let prompt = prompt.withPlainLetters
    translation = table?.translate(
      prompt, keeping: PromptMusic.spellings(in: prompt), germanKeys: PromptMusic.germanKeys(in: prompt))
    let english = translation?.english ?? prompt
    let exclusion = Exclusion(english, vocabulary: vocabulary)
    excluded = exclusion?.excluded ?? []
    unclear = exclusion?.unclear ?? []
    // Of a prompt of which no word is understood, the encoder gets what there is.
    let text = exclusion?.text ?? english
    image = SpokenImage(text)
    self.text = text.isEmpty && excluded.isEmpty ? prompt : image.text
  }

  /// The table of languages that is installed; nil where there is none. It is read when it is first needed.
  public static let table: Result<PhraseTable?, TextError> = {
    do throws(TextError) { return .success(try PhraseTable.installed()) } catch { return .failure(error) }
  }()

  /// What should be said of how a prompt was read.
  public var lines: [RequestLine] {
    var lines: [RequestLine] = []
    if let translation { lines.append("translated (\(translation.language)): \(translation.english)") }
    if !excluded.isEmpty { lines.append("left out, as the negative prompt: \(excluded.joined(separator: ", "))") }
    for words in unclear {
      lines.append("\"\(words)\" leaves nothing out: \(field: "negative-prompt") says what it should not sound like")
    }
    return lines
  }

  /// What should be said of how a negative prompt was read: its English, and each thing that it is taken for, or that was not
  /// understood of it.
  public var linesOfNegativePrompt: [RequestLine] {
    guard let translation else { return [] }
    var lines: [RequestLine] = []
    if !translation.english.isEmpty {
      lines.append("\(field: "negative-prompt") translated (\(translation.language)): \(translation.english)")
    }
    lines += translation.approximations.map {
      "\"\($0.term)\" of \(field: "negative-prompt") is taken for what is nearest: \($0.english)"
    }
    for words in translation.unknown where !translation.english.contains(words) {
      lines.append("\"\(words)\" of \(field: "negative-prompt") is not understood, and keeps nothing away")
    }
    return lines
  }
}
