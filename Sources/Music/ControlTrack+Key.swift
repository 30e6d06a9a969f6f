extension ControlTrack {
  /// A track that knows a key and nothing else: in every frame each pitch class as strongly as it sounds on average in
  /// music of that key, as `withMeanPitch` has it.
  public init(key: Key, frameCount: Int, framesPerSecond: Double = Self.framesPerSecond) {
    self.init(frameCount: frameCount, framesPerSecond: framesPerSecond)
    let degrees = key.mode.meanStrengths
    set(.pitch, throughout: (0..<12).map { degrees[PitchClass($0 - key.tonic.value).value] })
  }

  /// A track of one note that sounds throughout, its octave left open.
  public init(note: PitchClass, frameCount: Int, framesPerSecond: Double = Self.framesPerSecond) {
    self.init(frameCount: frameCount, framesPerSecond: framesPerSecond)
    set(.pitch, throughout: (0..<12).map { $0 == note.value ? 1 : 0 })
  }

  /// A track of the note of a MIDI key that sounds throughout.
  public init(key: Int, frameCount: Int, framesPerSecond: Double = Self.framesPerSecond) {
    self.init(note: PitchClass(key), frameCount: frameCount, framesPerSecond: framesPerSecond)
    let octave = Self.octave(ofKey: key)
    set(.register, throughout: (0..<Self.octaveCount).map { $0 == octave ? 1 : 0 })
  }
}

extension Key.Mode {
  /// How strongly the twelve steps from the tonic up sound on average, 0 … 1: over a clip, then over clips.
  ///
  /// Measured by scripts/reference/degrees.py on the scores of 6,337 clips of the corpus that the bundled model learns
  /// from: arpeggios, melodies, progressions and riffs whose labels name the key (2,438 in major, 2,645 in minor, 621
  /// dorian, 534 mixolydian, 99 lydian), and for phrygian, which has none of these, 73 ensembles. A melody alone has
  /// some 0.6 of these strengths, a progression 1.6. Lydian and phrygian are as poor as the corpus: of few chords.
  var meanStrengths: [Float] {
    switch self {
    case .major: [0.351, 0.001, 0.128, 0.000, 0.249, 0.149, 0.000, 0.297, 0.000, 0.185, 0.000, 0.134]
    case .minor: [0.299, 0.000, 0.108, 0.269, 0.000, 0.129, 0.000, 0.254, 0.113, 0.000, 0.171, 0.018]
    case .dorian: [0.335, 0.000, 0.081, 0.251, 0.000, 0.197, 0.000, 0.232, 0.000, 0.149, 0.147, 0.000]
    case .mixolydian: [0.301, 0.000, 0.142, 0.033, 0.186, 0.168, 0.000, 0.240, 0.000, 0.124, 0.163, 0.011]
    case .phrygian: [0.384, 0.373, 0.000, 0.074, 0.000, 0.067, 0.000, 0.307, 0.294, 0.000, 0.009, 0.000]
    case .lydian: [0.322, 0.000, 0.289, 0.000, 0.282, 0.000, 0.264, 0.295, 0.000, 0.281, 0.000, 0.000]
    }
  }
}
