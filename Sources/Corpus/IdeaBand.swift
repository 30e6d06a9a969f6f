import Music

/// Gives an idea a band: drums and a bass beside its chords and melody.
///
/// Each player draws from a source of its own, so that leaving one out changes no other.
struct IdeaBand {
  var frame: PhraseFrame
  var harmony: [ChordSpan]
  let style: EnsembleStyle?
  /// The instrument of the chords.
  let chords: Instrument
  /// What was asked for, in words.
  let text: String
  let seed: UInt64
  /// What a section of a form is played by; nil for an idea without one.
  var section: SectionSeed?

  /// What makes the same band play something else in a section.
  struct SectionSeed: Sendable {
    let character: SectionCharacter
    /// Of what is played; the song's own seed for the section that it begins with.
    let seed: UInt64
  }

  private static let channels = (bass: 2, lead: 1, chords: 0)
  private static let usualBasses = ["bass guitar", "upright bass", "synth bass"]
  private static let usualLeads = ["vibraphone", "flute", "clarinet", "violin", "music box", "trumpet"]
  private static let usualLines = ["1-------1-------", "1---------1-5---", "1-------5-------"]
  private static let usualDrums = ["rock", "hip hop", "house", "ballad"]

  /// Four stems of these chords and this melody.
  func stems(chords comping: [NoteEvent], melody: [NoteEvent]) -> [IdeaStem] {
    [drums(), bass(), chordStem(comping), lead(melody)]
  }

  func chordStem(_ notes: [NoteEvent]) -> IdeaStem {
    IdeaStem(role: .chords, prompt: chords.name, notes: notes, program: chords.programs[0])
  }

  func lead(_ melody: [NoteEvent]) -> IdeaStem {
    var random = CorpusRandom(seed: seed, index: 5)
    let names = (style?.lead?.instruments ?? Self.usualLeads).filter { $0 != chords.name }
    let instrument = InstrumentCatalogue.named(random.pick(names.isEmpty ? Self.usualLeads : names))
    // Where the instrument plays it: by octaves, all of it.
    let notes = Self.moved(melody, into: instrument.range)
    return IdeaStem(role: .lead, prompt: instrument.name + " melody", notes: notes, program: instrument.programs[0])
  }

  func bass(isLast: Bool = false) -> IdeaStem {
    var random = CorpusRandom(seed: seed, index: 6)
    let instrument = InstrumentCatalogue.named(random.pick(style?.bass?.instruments ?? Self.usualBasses))
    enter(&random, index: 6)
    let line = BassLine(frame: frame, harmony: harmony, range: PhraseComposer.bassRange(of: instrument))
    let drawn = section?.character.pattern(bassPatterns, random: &random) ?? random.pick(bassPatterns)
    let strokes = line.strokes(pattern: isLast ? "1---" : drawn, random: &random)
    return IdeaStem(
      role: .bass, prompt: instrument.name + " line", notes: played(strokes, on: Self.channels.bass, &random),
      program: instrument.programs[0])
  }

  /// The style's in its own metre, or such as fit anything.
  private var bassPatterns: [String] {
    if let style, style.timeSignature == frame.timeSignature, let own = style.bass?.patterns, !own.isEmpty {
      return own
    }
    return frame.beatsPerBar == 3 ? ["1---........", "1---5-..5-.."] : Self.usualLines
  }

  /// From here on a section of a form draws from a source of its own.
  private func enter(_ random: inout CorpusRandom, index: Int) {
    if let section, section.seed != seed { random = CorpusRandom(seed: section.seed, index: index) }
  }

  func drums() -> IdeaStem {
    var random = CorpusRandom(seed: seed, index: 7)
    let drumStyle = DrumStyle.named(random.pick(drumStyles))
    let kit = random.pick(drumStyle.kits)
    let strokes = DrumPart(frame: frame).groove(
      random.pick(drumStyle.grooves), opensWithCrash: random.chance(0.3),
      endsWithFill: drumStyle.takesFills && frame.bars > 2, random: &random)
    return drumStem(drumStyle, kit, strokes, &random)
  }

  /// The drums of a section: its groove, a cymbal where one is asked for, and a fill towards what comes behind it.
  /// - Parameter fill: draws the fill; nil for none.
  func drums(opensWithCrash: Bool, fill: CorpusRandom?) -> IdeaStem {
    var random = CorpusRandom(seed: seed, index: 7)
    let drumStyle = DrumStyle.named(random.pick(drumStyles))
    let kit = random.pick(drumStyle.kits)
    enter(&random, index: 7)
    let groove = random.pick(drumStyle.grooves)
    // Styles that know no fills lead on with a roll.
    let part = DrumPart(frame: frame, fillVoices: drumStyle.takesFills ? nil : [.snare])
    var fillRandom = fill ?? random
    let strokes = part.groove(
      section?.character.groove(groove) ?? groove, opensWithCrash: opensWithCrash,
      endsWithFill: fill != nil && frame.bars > 1, random: &fillRandom)
    return drumStem(drumStyle, kit, strokes, &random)
  }

  /// What the drums end a song with.
  func lastDrums() -> IdeaStem {
    var random = CorpusRandom(seed: seed, index: 7)
    let drumStyle = DrumStyle.named(random.pick(drumStyles))
    return drumStem(drumStyle, random.pick(drumStyle.kits), DrumPart(frame: frame).lastStroke(), &random)
  }

  private func drumStem(
    _ style: DrumStyle, _ kit: DrumKit, _ strokes: [Stroke], _ random: inout CorpusRandom
  ) -> IdeaStem {
    IdeaStem(
      role: .drums, prompt: style.name, notes: played(strokes, on: GeneralMIDI.percussionChannel, &random),
      program: kit.program)
  }

  private var drumStyles: [String] {
    if let own = style?.drums?.instruments, style?.timeSignature == frame.timeSignature { return own }
    return frame.beatsPerBar == 3 ? ["waltz"] : Self.usualDrums
  }

  /// On the grid: a stem is worked on in a program that has one.
  private func played(_ strokes: [Stroke], on channel: Int, _ random: inout CorpusRandom) -> [NoteEvent] {
    var performance = Performance(frame: frame, lengthBeats: frame.lengthBeats, dynamics: .medium, channel: channel)
    performance.loosenessSeconds = 0
    return performance.notes(strokes, random: &random)
  }

  /// Notes moved by octaves, all alike, to where most of them lie within a range.
  static func moved(_ notes: [NoteEvent], into range: ClosedRange<Int>) -> [NoteEvent] {
    func inside(_ octaves: Int) -> Int { notes.count { range.contains($0.key + 12 * octaves) } }
    let octaves = (-3...3).max { (inside($0), -abs($0)) < (inside($1), -abs($1)) } ?? 0
    return notes.map { note in
      var note = note
      note.key += 12 * octaves
      return note
    }
  }
}
