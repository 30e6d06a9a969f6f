package import Music

/// A clip before it is rendered: what needs neither FluidSynth nor a soundfont.
package struct Score: Sendable {
  let composition: Composition
  package let caption: String
  /// What else might be said of it, in other words; none of them twice.
  package let wordings: [String]
  package let midi: MIDIFile
  package var labels: ClipLabels { composition.labels }

  /// - Parameter captionCount: how many captions, 1 and up; fewer where chance finds no other words. The first is the same
  ///   whatever their number.
  package init(
    seed: UInt64, index: Int, maximumSeconds: Double = 12, captionCount: Int = 1,
    kinds: Set<PhraseKind> = Set(PhraseKind.allCases)
  ) {
    precondition(index >= 0, "Clips are counted from 0, not \(index)")
    precondition(captionCount >= 1, "A clip of \(captionCount) captions has no name")
    var composer = PhraseComposer(seed: seed, index: index, maximumSeconds: maximumSeconds, kinds: kinds)
    let composition = composer.compose()
    self.init(composition, random: composer.random, captionCount: captionCount)
  }

  /// A phrase of a synthesizer.
  package init(
    synthSeed seed: UInt64, index: Int, maximumSeconds: Double = 12, captionCount: Int = 1,
    kinds: Set<PhraseKind> = Set(PhraseKind.allCases), isHeldOut: Bool = false
  ) {
    var composer = SynthComposer(
      seed: seed, index: index, maximumSeconds: maximumSeconds, kinds: kinds, isHeldOut: isHeldOut)
    let (composition, random) = composer.compose()
    self.init(composition, random: random, captionCount: captionCount)
  }

  /// A phrase of General MIDI instruments and drum machines, as part `music` has it.
  package init(
    musicSeed seed: UInt64, index: Int, maximumSeconds: Double = 12, captionCount: Int = 1,
    kinds: Set<PhraseKind> = Set(PhraseKind.allCases), isHeldOut: Bool = false
  ) {
    var composer = MusicComposer(
      seed: seed, index: index, maximumSeconds: maximumSeconds, kinds: kinds, isHeldOut: isHeldOut)
    let (composition, random) = composer.compose()
    self.init(composition, random: random, captionCount: captionCount)
  }

  init(_ composition: Composition, random: CorpusRandom, captionCount: Int) {
    self.composition = composition
    var writer = CaptionWriter(composition, random: random)
    (caption, wordings) = Self.captions(captionCount) { writer.caption() }
    midi = composition.midiFile(title: caption)
  }

  /// The first caption and the others, none of them twice.
  static func captions(_ count: Int, _ write: () -> String) -> (String, [String]) {
    let caption = write()
    var wordings: [String] = []
    for _ in 1..<count {
      let other = write()
      if other != caption, !wordings.contains(other) { wordings.append(other) }
    }
    return (caption, wordings)
  }

  /// Every melodic note with the range of the instrument that plays it.
  package var melodicNotes: [(key: Int, range: ClosedRange<Int>)] {
    composition.parts.flatMap { part -> [(key: Int, range: ClosedRange<Int>)] in
      guard case .instrument(let instrument, _) = part.player else { return [] }
      return part.notes.map { ($0.key, instrument.range) }
    }
  }

  /// Whether one of a band plays what is held out.
  package var playsHeldOut: Bool {
    composition.parts.contains { part in
      guard case .instrument(let instrument, _) = part.player else { return false }
      switch part.role {
      case .chords:
        return HeldOutCombination.holds(instrument.name, .chord)
          || HeldOutCombination.holds(instrument.name, .progression)
      case .lead: return HeldOutCombination.holds(instrument.name, .melody)
      case .bass: return HeldOutCombination.holds(instrument.name, .bassLine)
      default: return false
      }
    }
  }

  /// Every name that a caption may call one of the players by, and the style's.
  package var knownNames: [String] {
    let players = composition.parts.flatMap { part -> [String] in
      switch part.player {
      case .instrument(let instrument, _): [instrument.name] + instrument.aliases
      case .kit:
        ["drum", "beat", "rhythm", "percussion", "build-up", "crash", "roll"] + (composition.drum?.names ?? [])
      }
    }
    guard let style = composition.style, composition.kind == .ensemble else { return players }
    return players + [style] + (EnsembleStyle.everything.first { $0.name == style }?.aliases ?? [])
  }
}
