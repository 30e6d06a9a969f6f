import Foundation
import Music

/// Composes phrases for synthesizers: a patch, then what suits it.
struct SynthComposer {
  private var random: CorpusRandom
  private var phrases: PhraseComposer
  private let families: [SynthFamily]
  private let isHeldOut: Bool

  /// The kinds of phrases that synthesizers play.
  static let kinds = PhraseKind.byForces[.solo] ?? []

  /// - Precondition: a family plays one of the kinds.
  init(
    seed: UInt64, index: Int, maximumSeconds: Double, kinds: Set<PhraseKind>,
    families: [SynthFamily] = Orchestra.synths, isHeldOut: Bool = false
  ) {
    // Another stream than the phrases' of the same seed.
    let own = seed ^ 0x53_796E_7468
    random = CorpusRandom(seed: own, index: index ^ 0x5041_5443)
    let played = kinds.intersection(Self.kinds)
    phrases = PhraseComposer(seed: own, index: index, maximumSeconds: maximumSeconds, kinds: played)
    phrases.repertoire = .world
    phrases.composesHeldOut = isHeldOut
    self.isHeldOut = isHeldOut
    self.families = families.filter { family in
      isHeldOut
        ? HeldOutCombination.synths.contains { $0.instrument == family.name && played.contains($0.kind) }
        : family.plays(played)
    }
    precondition(!self.families.isEmpty, "No synthesizer plays \(kinds)")
  }

  /// The phrase, and the random source as composing left it, for the caption.
  mutating func compose() -> (Composition, CorpusRandom) {
    var patch = SynthPatch(of: random.pick(families), random: &random)
    // A swell plays less than its family: where nothing is left of the kinds asked for, it is drawn anew.
    // What is held out is played as its family would play it.
    while phrases.solos(of: patch.instrument).isEmpty || isHeldOut && patch.instrument.family == .pad {
      patch = SynthPatch(of: random.pick(families), random: &random)
    }
    phrases.soloists = [patch.instrument]
    var result = phrases.compose()
    patch.finish = Finish(
      hasRoom: true, effectChance: 0.4, words: Set(patch.parameters.flatMap(\.words)),
      secondsPerBeat: result.frame.secondsPerBeat, random: &random)
    if let least = patch.family.leastSeconds { result.hold(atLeast: least) }
    result.patch = patch
    return (result, phrases.random)
  }
}

extension Composition {
  /// Ties notes to the one before: the same keys struck again, and in a single line what follows too soon.
  mutating func hold(atLeast seconds: Double) {
    guard !parts.isEmpty else { return }
    figure = nil
    articulation = nil
    if kind == .note || kind == .chord {
      let beats = min(seconds / frame.secondsPerBeat, lengthBeats)
      for index in parts[0].notes.indices {
        parts[0].notes[index].durationBeats = max(parts[0].notes[index].durationBeats, beats)
      }
      return
    }
    let groups = Dictionary(grouping: parts[0].notes) { Int(($0.startBeats * 16).rounded()) }
      .sorted { $0.key < $1.key }.map(\.value)
    let isLine = groups.allSatisfy { $0.count == 1 }
    var kept: [[NoteEvent]] = []
    for group in groups {
      if let last = kept.last {
        let isSame = Set(last.map(\.key)) == Set(group.map(\.key))
        let distance = (group[0].startBeats - last[0].startBeats) * frame.secondsPerBeat
        if isSame || (isLine && distance < seconds) { continue }
      }
      kept.append(group)
    }
    for index in kept.indices {
      let end = index + 1 < kept.count ? kept[index + 1][0].startBeats : lengthBeats
      for note in kept[index].indices { kept[index][note].durationBeats = 0.97 * (end - kept[index][note].startBeats) }
    }
    parts[0].notes = kept.flatMap { $0 }
  }

  /// What Csound plays, where a synthesizer does.
  var csoundScore: CsoundScore? {
    guard let patch else { return nil }
    let beat = frame.secondsPerBeat
    let values = patch.parameters.map { $0.value(secondsPerBeat: beat) }
    let notes = parts.first?.notes ?? []
    let events = notes.map { note -> CsoundScore.Event in
      let start = note.startBeats * beat
      let held = max(note.durationBeats * beat, 0.03)
      let whole = min(held + patch.releaseSeconds, seconds - start)
      let hertz = 440 * exp2(Double(note.key - 69) / 12)
      // Lower notes lie a little to the left, as on a keyboard.
      let place = 0.5 + 0.12 * (Double(note.key) - 60) / 24
      return CsoundScore.Event(
        instrument: patch.family.instrument, startSeconds: start, durationSeconds: whole,
        values: [hertz, Double(note.velocity) / 127, min(max(place, 0.3), 0.7), min(held, whole - 0.01)] + values)
    }
    return CsoundScore(
      seed: patch.seed, seconds: seconds, events: events.filter { $0.durationSeconds > 0.03 },
      finish: patch.finish?.values ?? [Double](repeating: 0, count: Finish.fields.count))
  }
}
