import ArgumentParser
import Rendering
import Synthesis
import Text

/// Says, before clips are made, what a model takes the words of prompts for.
struct WordDisplay {
  private let model: String
  private let reader: WordReader?
  private let isStrict: Bool

  /// - Throws: `WordError.noList` where somebody is strict with a model that says nothing of its words.
  init(_ synthesizer: Synthesizer, isStrict: Bool = false) throws {
    model = synthesizer.model.name
    self.isStrict = isStrict
    do { reader = try synthesizer.wordReader() } catch {
      Console.note("warning: \(error); nothing is said of what \(model) knows")
      reader = nil
    }
    if isStrict, reader == nil { throw WordError.noList(model: model) }
  }

  /// What the model makes of a request's words, said on stderr; nil for a model without a list of its words.
  /// - Parameter synthesizer: whose glossary is asked where there is no list.
  /// - Throws: `WordError.notUnderstood` where somebody is strict and there is a word that was not learned.
  @discardableResult
  func tell(_ request: GenerationRequest, of synthesizer: Synthesizer) throws -> PromptUnderstanding? {
    guard let reader else {
      for prompt in [request.englishPrompt, request.negativePrompt] {
        for entry in synthesizer.model.glossary?.entries(in: prompt) ?? [] {
          Console.note("note: \(model) takes \"\(entry.name)\" for: \(entry.meaning)")
        }
      }
      Console.note("note: \(model) has no list of its words: what it does not know is not said")
      return nil
    }
    let understanding = reader.understanding(of: request)
    if isStrict, let reason = understanding.refusal {
      throw WordError.notUnderstood(model: model, reason: reason)
    }
    for line in understanding.lines(model: model) { Console.note("note: " + line) }
    if let doubt = understanding.doubt(model: model) { Console.note("warning: " + doubt) }
    return understanding
  }
}

/// Whether words that were not learned are refused.
struct WordOptions: ParsableArguments {
  @Flag(help: "Make nothing of a prompt with words that the model has not learned, rather than guess.")
  var strict = false
}

extension Console {
  /// Says what a prompt was read as, where that is not what it says, what of it counts, and what else is to be known.
  /// - Parameter prefix: what stands before a field's name: `--` on the command line.
  static func note(_ resolved: RequestDraft.Resolved, prefix: String = "") {
    if case .failure(let error) = PromptReading.table { note("warning: \(error)") }
    for line in resolved.readingLines { note(line.text(prefix: prefix)) }
    if !resolved.understood.isEmpty {
      note("understood: \(resolved.understood.joined(separator: ", ")) (\(prefix)no-parse: leave it to the prompt)")
    }
    for line in resolved.notes { note("note: " + line.text(prefix: prefix)) }
  }
}

extension RequestDraft.Resolved {
  /// All that is to be known of a request, in lines.
  func told(prefix: String = "") -> [String] { (readingLines + notes).map { $0.text(prefix: prefix) } }
}
