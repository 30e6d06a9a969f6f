import Music

/// What can truly be said about a phrase, measured on its notes rather than on what was meant.
struct PhraseFacts {
  let composition: Composition

  private var notes: [NoteEvent] { composition.parts.first?.notes ?? [] }

  var isSlow: Bool {
    composition.hasPulse && composition.frame.tempo <= 78 && onsetsPerSecond < 4.5
  }

  var isFast: Bool {
    guard composition.hasPulse, composition.style != "trap" else { return false }
    return composition.frame.tempo >= 140 || (composition.kind != .ensemble && onsetsPerSecond >= 8)
  }

  var isMidTempo: Bool {
    composition.hasPulse && (92...114).contains(composition.frame.tempo) && (1.5..<6).contains(onsetsPerSecond)
  }

  /// Moods that mode, tempo and loudness together are commonly heard as.
  var moods: [String] {
    guard let key = composition.key, composition.kind != .bassLine, composition.kind != .riff else { return [] }
    if let instrument = composition.instrument, PhraseComposer.isDistorted(instrument) { return [] }
    let tempo = composition.frame.tempo
    if key.mode.hasMinorThird {
      if composition.dynamics == .loud { return CaptionWords.darkLoud }
      return tempo <= 90 ? CaptionWords.sad : CaptionWords.dark
    }
    if tempo >= 112 { return composition.dynamics == .soft ? CaptionWords.cheerful : CaptionWords.happy }
    return tempo <= 90 && composition.dynamics != .loud ? CaptionWords.calm : []
  }

  /// Different moments at which the first part strikes.
  var onsetsPerSecond: Double {
    Double(Set(notes.map { Int(($0.startBeats * 12).rounded()) }).count) / composition.seconds
  }

  /// Low and high are said of notes that lie so both on the instrument and in general.
  var isLow: Bool {
    guard let instrument = composition.instrument, let mean = meanKey else { return false }
    return mean < 57 && mean < Double(instrument.range.lowerBound) + 0.36 * Double(instrument.range.count)
  }

  var isDeep: Bool { isLow && (meanKey ?? 127) < 47 }

  var isHigh: Bool {
    guard let instrument = composition.instrument, let mean = meanKey else { return false }
    return mean > 67 && mean > Double(instrument.range.lowerBound) + 0.66 * Double(instrument.range.count)
  }

  private var meanKey: Double? {
    guard composition.kind != .ensemble, !notes.isEmpty else { return nil }
    let offset = composition.instrument?.soundingOffset ?? 0
    return Double(notes.map { $0.key + offset }.reduce(0, +)) / Double(notes.count)
  }

  /// Seconds that the first note is held.
  var firstNoteSeconds: Double { (notes.first?.durationBeats ?? 0) * composition.frame.secondsPerBeat }

  /// The chord names in order, without immediate repeats.
  var chordNames: [String] {
    composition.chords.map(name(of:)).reduce(into: []) { names, name in
      if names.last != name { names.append(name) }
    }
  }

  func name(of span: ChordSpan) -> String {
    guard let key = composition.key else {
      return span.chord.name(preferringFlats: Self.usuallyFlat(span.chord))
    }
    return span.chord.name(preferringFlats: key.prefersFlats)
  }

  /// The first note's name as it is heard, such as "A3"; nil where it has no pitch of its own.
  var noteName: String? {
    guard let note = notes.first, let offset = composition.instrument?.soundingOffset else { return nil }
    let key = note.key + offset
    return PitchClass.noteName(ofKey: key, preferringFlats: [3, 8, 10].contains(PitchClass(key).value))
  }

  /// How a chord on its own is usually spelt: Eb and Bb always, Db and Ab where the third is major.
  static func usuallyFlat(_ chord: Chord) -> Bool {
    let hasMajorThird = chord.quality.intervals.contains(4)
    return [3, 10].contains(chord.root.value) || (hasMajorThird && [1, 8].contains(chord.root.value))
  }
}
