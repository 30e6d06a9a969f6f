import ArgumentParser
import Foundation
import Storage
import Synthesis
import Text

/// What a prompt is taken for.
struct Explanation: Encodable {
  var prompt: String
  /// What the text encoder is told instead, where that is something else.
  var understood: String?
  var negativePrompt: String
  /// What becomes controls of its music.
  var heard: [String]
  var language: String?
  /// What is not heard of it, and what it seems to exclude.
  var remarks: [String]
  var notes: [PromptUnderstanding.Note]
  var knownShare: Double
  var captionSimilarity: Double?
  var confidence: Double

  init(_ prompt: String, _ reader: WordReader) throws {
    var draft = RequestDraft()
    draft.vocabulary = reader.vocabulary
    draft.prompt = prompt
    let resolved: RequestDraft.Resolved
    do { resolved = try draft.resolve() } catch { throw error.usageError }
    let understanding = reader.understanding(of: resolved.request)
    self.prompt = prompt
    understood = resolved.request.understoodPrompt
    (negativePrompt, heard) = (resolved.request.negativePrompt, resolved.understood)
    let reading = resolved.reading
    remarks = resolved.notes.map { $0.text(prefix: "--") }
    remarks += (reading?.unclear ?? []).map { "\"\($0)\" leaves nothing out" }
    language = resolved.reading?.translation?.language
    (notes, confidence) = (understanding.notes, understanding.confidence)
    (knownShare, captionSimilarity) = (understanding.knownShare, understanding.captionSimilarity)
  }

  /// The prompts of an argument: itself, or for - the lines of standard input.
  static func prompts(_ argument: String) throws -> [String] {
    guard argument == "-" else { return [argument] }
    guard let text = try StandardStream.input.readText() else {
      throw ValidationError("the prompts on standard input are not UTF-8, as text must be here")
    }
    return text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
  }

  /// One line of JSON.
  var line: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }

  /// For people.
  func lines(model: String) -> [String] {
    var lines = ["\"\(prompt)\": confidence \(Int((100 * confidence).rounded())) %"]
    if let understood { lines.append("  understood\(language.map { " (\($0))" } ?? ""): \(understood)") }
    if !negativePrompt.isEmpty { lines.append("  negative prompt: \(negativePrompt)") }
    if !heard.isEmpty { lines.append("  heard: \(heard.joined(separator: ", "))") }
    lines += remarks.map { "  " + $0 }
    return lines + notes.map { "  " + $0.line(model: model) }
  }
}
