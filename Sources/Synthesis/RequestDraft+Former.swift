import Music
import Text

extension RequestDraft {
  /// Takes away what the former prompt's words said, where another prompt is set: its tempo, key, length, chords and note, and
  /// what it excluded. What an option said otherwise stays, as does what was set by name. Tags do not tell which said
  /// it, so that the former prompt is heard again, by the rules of its time.
  mutating func forgetFormerPrompt() {
    let former = request
    guard !isNew else { return }
    if let music = former.heardMusic {
      forgetMusic(music)
      forgetLength(music.length, of: former)
    }
    if controls.range != nil, controls.range == InstrumentRange.keys(of: former.prompt), !isSet("follow-range") {
      controls.range = nil
    }
    let wasOneShot = PromptMusic.namesOneShot(former.prompt) || former.heardMusic?.note != nil
    if former.trims == true, wasOneShot, !isSet("trim") { (request.trims, trimsByPrompt) = (nil, true) }
    forgetExclusions(of: former)
    forgetImage(of: former)
  }

  func isSet(_ field: String) -> Bool { setFields.contains(field) }

  private mutating func forgetMusic(_ music: PromptMusic) {
    if let tempo = music.tempo, controls.tempo == tempo, !isSet("bpm") {
      controls.tempo = nil
      forgotten.append(Hearing.tempo(tempo))
    }
    if let signature = music.timeSignature?.name, controls.timeSignature == signature, !isSet("time-signature") {
      controls.timeSignature = nil
      forgotten.append(signature)
    }
    if let key = music.key, controls.key.flatMap({ Key(name: $0) }) == key, !isSet("key") {
      controls.key = nil
      forgotten.append(key.name)
    }
    if let chords = music.chords, controls.chords == music.chordNames || isChart(chords), !isSet("chords") {
      forgotten.append("chords \(music.chordNames ?? "")")
      controls.chords = nil
      request.controls?.chords = nil
      controls.beatsPerChord = ControlRequest().beatsPerChord
    }
    if let note = music.note, controls.note.flatMap({ PitchClass.key(ofNoteName: $0) }) == note, !isSet("note") {
      controls.note = nil
      forgotten.append("note \(music.noteName ?? "")")
    }
  }

  /// Whether the chords are those of a chart, in whatever spelling.
  private func isChart(_ chart: ChordChart) -> Bool {
    guard let own = try? controls.chart() else { return false }
    return own.spans.map(\.chord) == chart.spans.map(\.chord)
  }

  private mutating func forgetLength(_ length: SpokenLength?, of former: GenerationRequest) {
    guard let length, controls.midi == nil, controls.follow == nil, changedRecording == nil else { return }
    let seconds: Double? =
      switch length {
      case .seconds(let seconds): seconds
      case .bars(let bars): former.controls?.seconds(bars: bars)
      }
    guard let seconds, abs(seconds - former.duration) < 1e-6 else { return }
    request.duration = GenerationRequest(prompt: "").duration
    forgotten.append(length.words)
  }

  private mutating func forgetExclusions(of former: GenerationRequest) {
    guard former.understoodPrompt != nil, !isSet("negative-prompt") else { return }
    for reading in [PromptReading(former.prompt, vocabulary: vocabulary), PromptReading(former.prompt)] {
      let words = reading.excluded.joined(separator: ", ")
      guard !words.isEmpty, request.negativePrompt.hasSuffix(words) else { continue }
      let rest = request.negativePrompt.dropLast(words.count)
      guard rest.isEmpty || rest.hasSuffix(", ") else { continue }
      request.negativePrompt = String(rest.dropLast(2))
      forgotten.append(contentsOf: reading.excluded.map { "no \($0)" })
      return
    }
  }
}
