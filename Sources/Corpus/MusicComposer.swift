import Music

/// Composes phrases of part `music`: those of General MIDI instruments and drum machines, and how they are put before two ears.
struct MusicComposer {
  private var random: CorpusRandom
  private var phrases: PhraseComposer

  init(seed: UInt64, index: Int, maximumSeconds: Double, kinds: Set<PhraseKind>, isHeldOut: Bool = false) {
    // Another stream than the phrases' of the same seed.
    let own = seed ^ 0x4D_7573_6963
    random = CorpusRandom(seed: own, index: index ^ 0x5354_4147)
    phrases = PhraseComposer(seed: own, index: index, maximumSeconds: maximumSeconds, kinds: kinds)
    phrases.repertoire = .world
    phrases.composesHeldOut = isHeldOut
  }

  /// The phrase, and the random source as composing left it, for the caption.
  mutating func compose() -> (Composition, CorpusRandom) {
    var result = phrases.compose()
    result.staging = Staging(result, random: &random)
    return (result, phrases.random)
  }
}
