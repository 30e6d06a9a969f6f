import Music

/// A way of synthesis as an instrument: where it sounds well, what it is good for, its numbers and how it is called.
struct SynthFamily: Decodable, Sendable, Equatable {
  var name: String
  /// Its instrument in the orchestras.
  var instrument: String
  var family: Instrument.Family
  /// Lowest and highest MIDI key.
  var range: [Int]
  /// The nearest General MIDI program, for the notes' file.
  var program: Int
  /// Seconds from the release of a key to silence, least and most.
  var release: [Double]
  /// What it plays, by the names of `Instrument.Uses`.
  var uses: [String]
  var aliases: [String]
  /// Whether it dies away by itself.
  var decays: Bool?
  /// Notes are held at least so long, where shorter ones would hide what is said of it.
  var leastSeconds: Double?
  var parameters: [SoundParameter]

  static let useNames: [String: Instrument.Uses] = [
    "note": .note, "chord": .chord, "progression": .progression, "arpeggio": .arpeggio, "melody": .melody,
    "riff": .riff,
    "bass": .bass,
  ]

  var instrumentUses: Instrument.Uses {
    uses.reduce(into: []) { $0.formUnion(Self.useNames[$1] ?? []) }
  }

  /// Whether it plays one of the kinds.
  func plays(_ kinds: Set<PhraseKind>) -> Bool {
    PhraseKind.solos.contains { kinds.contains($0.kind) && instrumentUses.contains($0.use) }
  }
}

/// A family with its numbers: one sound of a synthesizer, described by the words that are true of it.
struct SynthPatch: Sendable, Equatable {
  let family: SynthFamily
  let parameters: [DrawnParameter]
  let releaseSeconds: Double
  /// What chance in the orchestra comes from.
  let seed: Int
  var finish: Finish?

  init(of family: SynthFamily, random: inout CorpusRandom) {
    self.init(family, parameters: family.parameters.map { $0.drawn(&random) }, random: &random)
  }

  init(_ family: SynthFamily, parameters: [DrawnParameter], random: inout CorpusRandom) {
    self.family = family
    self.parameters = parameters
    releaseSeconds = random.uniform(family.release[0], family.release[1])
    seed = random.integer(1...0x3FFF_FFFF)
  }

  private var contour: Double? { parameters.first { $0.parameter.name == "contour" }?.value }

  /// The instrument that a phrase is composed for: a slow swell is a pad, which plays what is held.
  var instrument: Instrument {
    let swells = (contour ?? 1) < 0.3
    let held = family.instrumentUses.intersection(.slow)
    return Instrument(
      family.name, family.program, family: swells ? .pad : family.family, range: family.range[0]...family.range[1],
      uses: swells && !held.isEmpty ? held : family.instrumentUses, aliases: family.aliases,
      decays: family.decays ?? ((contour ?? 0) > 0.8))
  }

  /// Groups of single words, any one of each of which goes before the instrument's name.
  var adjectives: [[String]] {
    parameters.map { $0.words.filter { !$0.contains(" ") } }.filter { !$0.isEmpty }
  }

  /// Groups of longer descriptions, which come last; those of a rhythm only where the notes are long enough to hear it.
  func descriptions(in composition: Composition) -> [[String]] {
    let beat = composition.frame.secondsPerBeat
    let notes = composition.parts.first?.notes ?? []
    let seconds = notes.map { $0.durationBeats * beat }.reduce(0, +) / Double(max(notes.count, 1))
    return parameters.map { drawn in
      let words = drawn.words.filter { $0.contains(" ") }
      guard drawn.parameter.perBeat == true else { return words }
      guard drawn.value(secondsPerBeat: beat) * seconds >= 1.5 else { return [] }
      // A lone note has no other beat than the one that is said.
      return composition.hasPulse ? words : words.map { "\($0) at \(composition.frame.tempo) bpm" }
    }.filter { !$0.isEmpty }
  }
}
