import Music
import Synthesis
import Text

/// What was understood of a prompt, piece by piece.
struct PromptChips: Encodable, Sendable {
  struct Chip: Encodable, Sendable, Equatable {
    enum Kind: String, Encodable, Sendable {
      case tempo, key, chords, length, note, place, instrument, word, exclusion, unknown, notice
    }
    var kind: Kind
    var text: String
    /// What it is taken for.
    var value: String?
  }

  /// What the text encoder is told.
  var caption: String
  var chips: [Chip]
  var seconds: Double
  var bpm: Double?
  var key: String?
  /// How likely it is that the model has learned what is asked for, 0 … 1; nil where nobody can say.
  var confidence: Double?

  /// Of no words.
  static let empty = PromptChips()

  private init() { (caption, chips, seconds) = ("", [], GenerationRequest(prompt: "").duration) }

  /// - Throws: `RequestProblem`.
  init(_ draft: RequestDraft, _ model: Workshop.Model) throws {
    let resolved = try draft.resolve(takesControls: model.source.configuration.takesControls)
    let request = resolved.request
    caption = request.englishPrompt
    seconds = request.seconds
    (bpm, key) = (request.controls?.tempo, request.controls?.key)
    chips = Self.music(request, resolved, draft)
    chips += (resolved.reading?.excluded ?? []).map { Chip(kind: .exclusion, text: $0) }
    if let understanding = model.reader?.understanding(of: request) {
      // What is left out is said already.
      let excluded = Set((resolved.reading?.excluded ?? []).map { $0.lowercased() })
      let notes = understanding.notes.filter { !excluded.contains($0.words.lowercased()) }
      chips += notes.map { Self.chip($0, model.vocabulary) }
      confidence = understanding.confidence
      if let doubt = understanding.doubt(model: model.source.name) { chips.append(Chip(kind: .notice, text: doubt)) }
    }
    if let translation = resolved.reading?.translation {
      chips.append(Chip(kind: .notice, text: "translated (\(translation.language))", value: translation.english))
    }
    chips += (resolved.reading?.unclear ?? []).map { Chip(kind: .notice, text: "\"\($0)\" leaves nothing out") }
    chips += resolved.notes.map { Chip(kind: .notice, text: ErrorPhrasing.line($0)) }
  }

  private static func music(
    _ request: GenerationRequest, _ resolved: RequestDraft.Resolved, _ draft: RequestDraft
  ) -> [Chip] {
    var chips: [Chip] = []
    let controls = request.controls
    if let tempo = controls?.tempo {
      chips.append(Chip(kind: .tempo, text: "\(number(tempo)) bpm", value: number(tempo)))
    }
    if let key = controls?.key { chips.append(Chip(kind: .key, text: key, value: key)) }
    if let chords = controls?.chords { chips.append(Chip(kind: .chords, text: chords, value: chords)) }
    if let note = controls?.note { chips.append(Chip(kind: .note, text: note, value: note)) }
    let length =
      draft.bars.map { "\($0) bars" } ?? draft.duration.map { "\(number($0)) s" } ?? resolved.heard?.length?.words
    if let length { chips.append(Chip(kind: .length, text: length, value: number(request.seconds))) }
    return chips + place(request)
  }

  /// Where it lies, and how wide it is.
  private static func place(_ request: GenerationRequest) -> [Chip] {
    var chips: [Chip] = []
    if request.mono == true { chips.append(Chip(kind: .place, text: "mono")) }
    if let pan = request.pan {
      chips.append(Chip(kind: .place, text: SpokenImage.words(ofPan: pan), value: number(pan)))
    }
    if let width = request.width {
      chips.append(Chip(kind: .place, text: "width \(number(width))", value: number(width)))
    }
    return chips
  }

  private static func chip(_ note: PromptUnderstanding.Note, _ vocabulary: Vocabulary?) -> Chip {
    let value = note.meaning == note.words ? nil : note.meaning
    switch note.kind {
    case .unknown: return Chip(kind: .unknown, text: note.words, value: value)
    case .near, .explained: return Chip(kind: .word, text: note.words, value: value)
    case .known:
      let group = vocabulary?.term(note.words.split(separator: " ").map(String.init))?.group
      return Chip(kind: group == .instrument || group == .drum ? .instrument : .word, text: note.words, value: value)
    }
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\((value * 1000).rounded() / 1000)"
  }
}
