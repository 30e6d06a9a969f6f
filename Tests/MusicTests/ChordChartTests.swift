import Music
import Testing

@Suite struct ChordChartTests {
  static func names(_ chart: ChordChart, flats: Bool = false) -> [String] {
    chart.spans.map { $0.chord?.name(preferringFlats: flats) ?? "-" }
  }

  @Test func chordsWithoutBarsLastOneBar() throws {
    let chart = try ChordChart("Am F, C  G")
    #expect(Self.names(chart) == ["Am", "F", "C", "G"])
    #expect(chart.spans.map(\.beats) == [4, 4, 4, 4] && chart.lengthBeats == 16)
    #expect(try ChordChart("Am F", beatsPerChord: 2).spans.map(\.beats) == [2, 2])
    #expect(try ChordChart("Am F", timeSignature: TimeSignature(6, 8)).spans.map(\.beats) == [3, 3])
  }

  @Test func barsAreSharedEvenly() throws {
    let chart = try ChordChart("Am | F C | G")
    #expect(Self.names(chart) == ["Am", "F", "C", "G"])
    #expect(chart.spans.map(\.beats) == [4, 2, 2, 4])
    #expect(try ChordChart("|: Am | F C | G :|") == chart)
    #expect(try ChordChart("|| Am || F -> C || G ||") == chart)
    let waltz = try ChordChart("| C G Am |", beatsPerChord: 8, timeSignature: TimeSignature(3, 4))
    #expect(waltz.spans.map(\.beats) == [1, 1, 1])
  }

  @Test func repeatsAndRests() throws {
    #expect(Self.names(try ChordChart("Am | % | N.C. | F %")) == ["Am", "Am", "-", "F", "F"])
    #expect(throws: ChordChartError.nothingToRepeat(place: 1)) { try ChordChart("% Am") }
  }

  @Test(arguments: [
    ("Cmaj7", "Cmaj7", [0, 4, 7, 11]), ("F/A", "F/A", [5, 9, 0]), ("Gsus4", "Gsus4", [7, 0, 2]),
    ("Bbadd9", "Bbadd9", [10, 2, 5, 0]), ("Csus", "Csus4", [0, 5, 7]), ("Dmin7", "Dm7", [2, 5, 9, 0]),
    ("EM7", "Emaj7", [4, 8, 11, 3]), ("C6/9", "C69", [0, 4, 7, 9, 2]), ("C6/9/G", "C69/G", [0, 4, 7, 9, 2]),
    ("E7#9", "E7#9", [4, 8, 11, 2, 7]), ("G7(b9)", "G7b9", [7, 11, 2, 5, 8]), ("Am11", "Am11", [9, 0, 4, 7, 11, 2]),
    ("B♭13", "Bb13", [10, 2, 5, 8, 0, 7]), ("C+7", "C7#5", [0, 4, 8, 10]), ("Dm(maj7)", "Dmmaj7", [2, 5, 9, 1]),
    ("F#m7♭5", "Gbm7b5", [6, 9, 0, 4]), ("A5", "A5", [9, 4]), ("C/D", "C/D", [0, 4, 7, 2]),
    ("D9sus", "D9sus4", [2, 7, 9, 0, 4]), ("Cmaj7#11", "Cmaj7#11", [0, 4, 7, 11, 6]),
  ])
  func namesAreRead(name: String, canonical: String, tones: [Int]) throws {
    let chart = try ChordChart(name)
    #expect(Self.names(chart, flats: true) == [canonical])
    #expect(chart.spans[0].chord?.pitchClasses.map(\.value) == tones)
  }

  @Test(arguments: [
    ("i VI III VII", "A minor", "Am F C G"), ("i bVI bIII bVII", "A minor", "Am F C G"),
    ("ii7 V7 Imaj7", "C", "Dm7 G7 Cmaj7"), ("I bVII IV I", "D", "D C G D"), ("vi IV I V", "G", "Em C G D"),
    ("viio iiø7 vii°7", "C", "Bdim Dm7b5 Bdim7"), ("#vii° i", "A minor", "G#dim Am"),
    ("iv6 imaj7", "A minor", "Dm6 Ammaj7"),
    ("iadd9 isus4 i5", "A minor", "Amadd9 Asus4 A5"), ("i IV", "D dorian", "Dm G"), ("I/3 V/7", "C", "C/E G/B"),
    ("V7/ii V/V", "C", "A7 D"), ("bII i", "E phrygian", "F Em"), ("1 4 5- 6m", "G", "G C Dm Em"),
    ("1 5/7 6-7 4maj7", "C", "C G/B Am7 Fmaj7"), ("57 b7 b3", "C", "G7 A# D#"), ("IV/1 II", "F lydian", "B/F G"),
    ("Am 4", "C", "Am F"),
  ])
  func degreesCountFromTheKey(numerals: String, keyName: String, expected: String) throws {
    let key = try #require(Key(name: keyName))
    #expect(Self.names(try ChordChart(numerals, key: key)).joined(separator: " ") == expected)
  }

  @Test func whatIsNotUnderstoodIsNamed() {
    func expect(_ error: ChordChartError, _ text: String, key: Key? = nil) {
      #expect(throws: error) { try ChordChart(text, key: key) }
    }
    let key = Key(tonic: PitchClass(0), mode: .major)
    expect(.empty, "")
    expect(.empty, " | , | - ")
    expect(.notUnderstood(chord: "Hm", place: 3), "Am F | Hm G")
    expect(.notUnderstood(chord: "Cfoo", place: 1), "Cfoo")
    expect(.notUnderstood(chord: "C/H", place: 2), "C C/H")
    expect(.needsKey(chord: "VI", place: 2), "Am VI")
    expect(.needsKey(chord: "4", place: 1), "4 5")
    for wrong in ["VIII", "8", "0", "Vfoo", "V/", "V/foo", "1/IV", "I/3m", "iV", "#"] {
      expect(.notUnderstood(chord: wrong, place: 2), "I \(wrong)", key: key)
    }
    #expect(
      ChordChartError.notUnderstood(chord: "Hm", place: 3).description == "chord 3, \"Hm\", is not understood")
    #expect(ChordChartError.empty.description == "a chord chart without chords")
  }

  @Test func aTrackHoldsTheChordsTonesAndTheMeter() throws {
    // A second is a frame, and at 60 beats a minute a beat.
    let chart = try ChordChart("Am | F/G C | N.C.", timeSignature: TimeSignature(2, 4))
    let track = ControlTrack(
      chords: chart, tempo: 60, timeSignature: TimeSignature(2, 4), frameCount: 9, framesPerSecond: 1)
    #expect(track.groups == [.pitch, .meter])
    let tones: [Set<Int>] = [
      [9, 0, 4], [9, 0, 4], [5, 9, 0, 7], [0, 4, 7], [], [], [9, 0, 4], [9, 0, 4], [5, 9, 0, 7],
    ]
    for (frame, tones) in tones.enumerated() {
      for pitch in 0..<12 {
        #expect(track.strength(of: PitchClass(pitch), frame: frame) == (tones.contains(pitch) ? 1 : 0))
      }
      #expect(abs(track.barPhase(frame: frame)! - (frame % 2 == 0 ? 0 : 0.5)) < 1e-6)
    }
  }

  @Test func chordsChangeWhereTheirBeatsDo() throws {
    let chart = try ChordChart("C G")
    for tempo in [77.0, 120, 133] {
      let track = ControlTrack(chords: chart, tempo: tempo, frameCount: 1000)
      for frame in 0..<1000 {
        let bar = Int(Double(frame) * 768 / 44_100 * tempo / 240 + 1e-9)
        #expect((track.strength(of: PitchClass(0), frame: frame) == 1) == (bar % 2 == 0))
        #expect(track.strength(of: PitchClass(7), frame: frame) == 1)
      }
    }
  }
}
