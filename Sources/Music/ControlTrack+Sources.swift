extension ControlTrack {
  // MARK: Metre

  /// A track that knows the metre and nothing else: bars from the first frame on, at one tempo.
  ///
  /// - Parameters:
  ///   - tempo: quarter notes a minute.
  ///   - firstBeat: where a bar begins, in seconds.
  /// - Precondition: the tempo is positive and finite.
  public init(
    tempo: Double, firstBeat: Double = 0, timeSignature: TimeSignature = .common, frameCount: Int,
    framesPerSecond: Double = Self.framesPerSecond
  ) {
    let tempo = Tempo(beatsPerMinute: tempo)
    self.init(frameCount: frameCount, framesPerSecond: framesPerSecond)
    declare(.meter)
    for frame in 0..<frameCount {
      let beat = (Double(frame) / framesPerSecond - firstBeat) / tempo.secondsPerBeat
      setMeter(frame: frame, quartersIntoBar: beat, timeSignature: timeSignature)
    }
  }

  // MARK: Chords, keys and notes

  /// A track of the chords' tones, bass notes among them, and the metre, from the first bar line on.
  ///
  /// Tones are 1 for as long as their chord lasts; the chart goes round until the track is full.
  /// - Parameter tempo: quarter notes a minute.
  /// - Precondition: the tempo is positive and finite.
  public init(
    chords chart: ChordChart, tempo: Double, timeSignature: TimeSignature = .common, frameCount: Int,
    framesPerSecond: Double = Self.framesPerSecond
  ) {
    self.init(tempo: tempo, timeSignature: timeSignature, frameCount: frameCount, framesPerSecond: framesPerSecond)
    declare(.pitch)
    let tones = chart.spans.map { span in
      var tones = [Float](repeating: 0, count: 12)
      for pitch in span.chord?.pitchClasses ?? [] { tones[pitch.value] = 1 }
      return tones
    }
    for frame in 0..<frameCount {
      let beat = Double(frame) / framesPerSecond * tempo / 60
      set(.pitch, frame: frame, to: tones[chart.index(atBeat: beat)])
    }
  }

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

// MARK: MIDI

extension ControlTrack {
  /// How long a note takes to fade away after its end, in seconds.
  static let releaseSeconds = 0.05

  /// A track of the notes that sound in a MIDI file, and its metre.
  ///
  /// A pitch class or an octave is as strong as its hardest struck note, 0.5 + velocity / 254, and fades over 50 ms after
  /// the note's end, or after the sustain pedal's. Percussion (channel 10) has no pitch. Bars are counted from each time
  /// signature, 4/4 until the first. Loudness and brightness are absent: a file says nothing of them that a synthesizer
  /// keeps to.
  public init(midi: MIDIFile, frameCount: Int, framesPerSecond: Double = Self.framesPerSecond) {
    self.init(frameCount: frameCount, framesPerSecond: framesPerSecond)
    let tempoMap = midi.tempoMap
    addMeter(midi.timeSignatures, tempoMap: tempoMap)
    addNotes(of: midi, tempoMap: tempoMap)
  }

  private mutating func addMeter(_ changes: [MIDIFile.TimeSignatureChange], tempoMap: TempoMap) {
    declare(.meter)
    let changes = changes.sorted { $0.beat < $1.beat }
    var next = 0
    var current = MIDIFile.TimeSignatureChange(beat: 0, timeSignature: .common)
    for frame in 0..<frameCount {
      let beat = tempoMap.beat(atSeconds: Double(frame) / framesPerSecond)
      while next < changes.count && changes[next].beat <= beat + 1e-9 {
        current = changes[next]
        next += 1
      }
      setMeter(frame: frame, quartersIntoBar: beat - current.beat, timeSignature: current.timeSignature)
    }
  }

  private mutating func addNotes(of midi: MIDIFile, tempoMap: TempoMap) {
    declare([.pitch, .register])
    var pitches = [Float](repeating: 0, count: frameCount * 12)
    var octaves = [Float](repeating: 0, count: frameCount * Self.octaveCount)
    let pedals = SustainPedals(midi)
    for note in midi.tracks.lazy.flatMap(\.notes) where note.channel != GeneralMIDI.percussionChannel {
      let endBeats = pedals.release(of: note)
      let (start, end) = (tempoMap.seconds(atBeat: note.startBeats), tempoMap.seconds(atBeat: endBeats))
      let strength = Float(0.5 + Double(note.velocity) / 254)
      // A note is heard in the frame that it begins nearest to, however short it is.
      let first = (start * framesPerSecond).rounded()
      let last = max(first, ((end + Self.releaseSeconds) * framesPerSecond).rounded(.down))
      guard last >= 0, first < Double(frameCount) else { continue }
      for frame in Int(max(0, first))...Int(min(last, Double(frameCount - 1))) {
        let overtime = max(0, Double(frame) / framesPerSecond - max(end, first / framesPerSecond))
        let faded = strength * Float(1 - overtime / Self.releaseSeconds)
        let pitch = frame * 12 + PitchClass(note.key).value
        pitches[pitch] = max(pitches[pitch], faded)
        let octave = frame * Self.octaveCount + Self.octave(ofKey: note.key)
        octaves[octave] = max(octaves[octave], faded)
      }
    }
    set(.pitch, rows: pitches)
    set(.register, rows: octaves)
  }
}
