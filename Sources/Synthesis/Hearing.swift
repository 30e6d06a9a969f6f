import Foundation
import Music

/// What of a prompt's words counts for a clip: what became controls, and what fields say otherwise.
struct Hearing {
  /// What was read of music; nil where the prompt was not looked at.
  private(set) var music: PromptMusic?
  private(set) var reading: PromptReading?
  private(set) var negativeReading: PromptReading?
  /// What counts of the prompt, in words.
  private(set) var understood: [String] = []
  /// What does not, and why.
  private(set) var notes: [RequestLine] = []

  /// Reads the prompt of a draft, and takes from it what no field says.
  init(
    of draft: RequestDraft, request: inout GenerationRequest, controls: inout ControlRequest, takesControls: Bool
  ) {
    if draft.hearsPrompt {
      if draft.promptIsNew { reading = draft.prompts.reading(of: request.prompt, draft.vocabulary) }
      if draft.negativePromptIsNew { negativeReading = draft.prompts.reading(ofNegative: request.negativePrompt) }
    }
    draft.take(reading, negative: negativeReading, into: &request)
    if let image = reading?.image, !image.isEmpty { hear(image, &request, draft) }
    notes += reading?.image.remarks.map { "\($0)" } ?? []
    if !draft.forgotten.isEmpty {
      notes.append("what the former prompt said goes with it: \(draft.forgotten.joined(separator: ", "))")
    }
    let given = controls
    if takesControls, draft.hearsPrompt {
      let music = draft.prompts.music(in: request.englishPrompt)
      controls.hear(music.heard)
      self.music = music.heard
      notes += music.remarks.map { "\($0)" }
    }
    let image = understood
    guard let spoken = music ?? (draft.promptIsNew ? nil : request.heardMusic) else { return }
    compare(spoken, with: given, draft)
    // What was understood before has been said.
    if music == nil { understood = image }
  }

  /// Tells what counts from what fields say otherwise.
  private mutating func compare(_ spoken: PromptMusic, with given: ControlRequest, _ draft: RequestDraft) {
    let former = draft.promptIsNew ? nil : draft.request.controls
    weigh(
      spoken.tempo.map(Self.tempo), "bpm", given.tempo.map(PromptMusic.number), former?.tempo.map(PromptMusic.number),
      isSame: given.tempo == spoken.tempo)
    weigh(
      spoken.timeSignature?.name, "time-signature", given.timeSignature, former?.timeSignature,
      isSame: given.timeSignature.flatMap { TimeSignature(name: $0) } == spoken.timeSignature)
    if let bars = draft.bars {
      weigh(spoken.length?.words, "bars", "\(bars)", isSame: spoken.length == .bars(bars))
    } else {
      weigh(
        spoken.length?.words, "duration", draft.duration.map(PromptMusic.number),
        isSame: draft.duration.map { spoken.length == .seconds($0) } ?? false)
    }
    weigh(
      spoken.key?.name, "key", given.key, former?.key, isSame: given.key.flatMap { Key(name: $0) } == spoken.key)
    // Beside a file's notes `controlNotes` tells the rest.
    if given.midi == nil, given.follow == nil { compareNotes(spoken, with: given, former) }
  }

  /// Chords, a note and a key say each which notes sound.
  private mutating func compareNotes(
    _ spoken: PromptMusic, with given: ControlRequest, _ former: ControlRequest?
  ) {
    let (chords, note) = (spoken.chordNames.map { "chords \($0)" }, spoken.noteName.map { "note \($0)" })
    if given.chords == nil, let asked = given.note {
      weigh(chords, "note", asked, former?.note)
    } else {
      weigh(chords, "chords", given.chords, former?.chords, isSame: given.chords == spoken.chordNames)
    }
    if given.note == nil, let asked = given.chords {
      weigh(note, "chords", asked, former?.chords)
    } else if given.note == nil, let asked = given.key {
      weigh(note, "key", asked, former?.key)
    } else {
      weigh(note, "note", given.note, former?.note, isSame: given.note == spoken.noteName)
    }
  }

  /// Takes a part of the prompt as understood, or tells what a field says in its place.
  /// - Parameter before: what the field said before, which nobody says now.
  mutating func weigh(
    _ words: String?, _ field: String, _ value: String?, _ before: String? = nil, isSame: Bool = false
  ) {
    guard let words else { return }
    guard let value, !isSame else { return understood.append(words) }
    if value != before { notes.append("\(field: field) \(value) is taken, not the prompt's \(words)") }
  }

  /// A tempo in words.
  static func tempo(_ value: Double) -> String { PromptMusic.number(value) + " bpm" }
}

extension GenerationRequest {
  /// What was heard in the prompt when the request was made; nil where it was not looked at, or said nothing.
  var heardMusic: PromptMusic? {
    guard let controls, controls.hasHeardPrompt == true else { return nil }
    return PromptMusic(englishPrompt, rules: controls.rules ?? .first)
  }
}
