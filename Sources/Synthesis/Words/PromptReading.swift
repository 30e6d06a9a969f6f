public import Text

/// What is read in a prompt before the text encoder is: its English, and what it says should not be there.
public struct PromptReading: Sendable, Equatable {
  /// What the text encoder is told of it; empty where it only says what should not be there.
  public let text: String
  /// The translation; nil for an English prompt.
  public let translation: Translation?
  /// What it says should not be there.
  public let excluded: [String]

  public init(_ prompt: String) { self.init(prompt, table: (try? Self.table.get()) ?? nil) }

  /// - Parameter table: of other languages; nil reads English alone.
  package init(_ prompt: String, table: PhraseTable?) {
    translation = table?.translate(prompt)
    let english = translation?.english ?? prompt
    let exclusion = Exclusion(english)
    excluded = exclusion?.excluded ?? []
    // Of a prompt of which no word is understood, the encoder gets what there is.
    let text = exclusion?.text ?? english
    self.text = text.isEmpty && exclusion == nil ? prompt : text
  }

  /// The table of languages that is installed; nil where there is none. It is read when it is first needed.
  public static let table: Result<PhraseTable?, TextError> = {
    do throws(TextError) { return .success(try PhraseTable.installed()) } catch { return .failure(error) }
  }()
}
