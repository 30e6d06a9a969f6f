import Music
import Testing

@Suite struct ChordChartTests {
  static func names(_ chart: ChordChart, flats: Bool = false) -> [String] {
    chart.spans.map { $0.chord?.name(preferringFlats: flats) ?? "-" }
  }

  @Test func fullWidthLettersAreLetters() throws {
    #expect(try ChordChart("Ｃ　Ｆ＃ｍ７ Ｇ") == ChordChart("C F#m7 G"))
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

  /// What sounds, bar by bar.
  @Test(arguments: [
    ("C / / /", "C C C C", 1.0), ("C / G /", "C C G G", 1), ("C . . . F . . .", "C C C C F F F F", 1),
    ("| C / / / | G / Am / |", "C C C C G G Am Am", 1), ("C | | G", "C C G", 4), ("C |  |  | G |", "C C C G", 4),
    ("C || G", "C G", 4), ("|: C | G :||: F | F :|", "C G F F", 4), ("C | G |\n| Am | F |", "C G Am F", 4),
    ("C | G\nAm | F", "C G Am F", 4), ("Am-F-C-G", "Am F C G", 4), ("Am–F—C→G", "Am F C G", 4),
    ("C-7-F-7-Bb", "Cm7 Fm7 A#", 4), ("Am - F - C", "Am F C", 4), ("Am / F / C / G", "Am F C G", 4),
    ("(Am F C G)", "Am F C G", 4), ("C • F · G", "C F G", 4), ("[Am] [F] [C]", "Am F C", 4),
    ("Am, F; C7(b9,b13)", "Am F C7b9b13", 4),
    ("C:maj A:min7 N G:7", "C Am7 - G7", 4), ("Am->F->C", "Am F C", 4),
  ])
  func chartsAreReadAsPeopleWriteThem(text: String, names: String, beats: Double) throws {
    let chart = try ChordChart(text)
    #expect(Self.names(chart).joined(separator: " ") == names)
    #expect(Set(chart.spans.map(\.beats)) == [beats])
    #expect(chart.notation == .english)
  }

  @Test(arguments: [
    ("Em H7 Am", "Em B7 Am", ChordNotation.german), ("H B Hm7 Bm", "B A# Bm7 A#m", .german),
    ("Es As7 Des Cism7 Fis", "D# G#7 C# C#m7 F#", .german), ("Am/H C/Fis", "Am/B C/F#", .german),
    ("Asus4 Es", "Asus4 D#", .german), ("Lam Fa Do Sol7", "Am F C G7", .romance), ("La- Re- Mi7", "Am Dm E7", .romance),
    ("Do Ré Mi Sib", "C D E A#", .romance), ("Do Asus4", "Ddim Asus4", .english), ("B E", "B E", .english),
  ])
  func rootsHaveOtherNamesElsewhere(text: String, names: String, notation: ChordNotation) throws {
    let chart = try ChordChart(text)
    #expect(Self.names(chart).joined(separator: " ") == names)
    #expect(chart.notation == notation && (chart.notation.explanation == nil) == (notation == .english))
  }

  @Test func olderRulesPassOverEmptyBars() throws {
    #expect(Self.names(try ChordChart("C | | G", rules: .first)) == ["C", "G"])
    #expect(Self.names(try ChordChart("C | G\nAm | F", rules: .first)) == ["C", "G", "Am", "F"])
    #expect(try ChordChart("C | G\nAm | F", rules: .first).spans.map(\.beats) == [4, 2, 2, 4])
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
    // As people write them: iReal, Real Books, word processors, data sets.
    ("C^7", "Cmaj7", [0, 4, 7, 11]), ("C∆7", "Cmaj7", [0, 4, 7, 11]), ("CΔ", "Cmaj7", [0, 4, 7, 11]),
    ("C△7", "Cmaj7", [0, 4, 7, 11]), ("C^", "Cmaj7", [0, 4, 7, 11]), ("CMAJ7", "Cmaj7", [0, 4, 7, 11]),
    ("CMa7", "Cmaj7", [0, 4, 7, 11]), ("C^9", "Cmaj9", [0, 4, 7, 11, 2]), ("CmMaj7", "Cmmaj7", [0, 3, 7, 11]),
    ("C-^7", "Cmmaj7", [0, 3, 7, 11]), ("CmM7", "Cmmaj7", [0, 3, 7, 11]), ("C-Δ", "Cmmaj7", [0, 3, 7, 11]),
    ("C−7", "Cm7", [0, 3, 7, 10]), ("C–7", "Cm7", [0, 3, 7, 10]), ("CMIN7", "Cm7", [0, 3, 7, 10]),
    ("CMI7", "Cm7", [0, 3, 7, 10]), ("C7alt", "C7alt", [0, 4, 10, 3, 8]), ("Calt", "C7alt", [0, 4, 10, 3, 8]),
    ("C7ALT", "C7alt", [0, 4, 10, 3, 8]), ("C7-5", "C7b5", [0, 4, 6, 10]), ("C7+9", "C7#9", [0, 4, 7, 10, 3]),
    ("C7+", "C7#5", [0, 4, 8, 10]), ("C7(b9,b13)", "C7b9b13", [0, 4, 7, 10, 1, 8]),
    ("C7#9#5", "C7#5#9", [0, 4, 8, 10, 3]),
    ("C13sus", "C13sus4", [0, 5, 7, 10, 2, 9]), ("C7sus4(b9)", "C7sus4b9", [0, 5, 7, 10, 1]),
    ("Cm6/9", "Cm69", [0, 3, 7, 9, 2]), ("C/9", "Cadd9", [0, 4, 7, 2]), ("CSUS4", "Csus4", [0, 5, 7]),
    ("CDIM7", "Cdim7", [0, 3, 6, 9]), ("Cº7", "Cdim7", [0, 3, 6, 9]), ("CØ", "Cm7b5", [0, 3, 6, 10]),
    ("C-7b5/Gb", "Cm7b5/Gb", [0, 3, 6, 10]), ("Caug9", "C9#5", [0, 4, 8, 10, 2]),
    ("Cmaj7+5", "Cmaj7#5", [0, 4, 8, 11]),
    ("C:maj", "C", [0, 4, 7]), ("A:min7", "Am7", [9, 0, 4, 7]), ("G:7(b9)", "G7b9", [7, 11, 2, 5, 8]),
    ("D:hdim7/b3", "Dm7b5/F", [2, 5, 8, 0]), ("C:maj/3", "C/E", [0, 4, 7]), ("F#:sus4(b7)", "Gb7sus4", [6, 11, 1, 4]),
    ("Em7add11", "Em11", [4, 7, 11, 2, 6, 9]), ("D7(9)", "D9", [2, 6, 9, 0, 4]), ("C.", "C", [0, 4, 7]),
    ("C:maj(9)", "Cadd9", [0, 4, 7, 2]), ("Bb:minmaj7", "Bbmmaj7", [10, 1, 5, 9]), ("[Am]", "Am", [9, 0, 4]),
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
    ("Am 4", "C", "Am F"), ("1-5-6-4", "C", "C G A F"), ("vi–IV–I–V", "C", "Am F C G"), ("ii-V-I", "C", "Dm G C"),
    ("5-6 1", "C", "Gm6 C"), ("i - VII - VI - V", "A minor", "Am G F E"),
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
    expect(.notUnderstood(chord: "Xm", place: 3), "Am F | Xm G")
    expect(.notUnderstood(chord: "Hm", place: 3), "Am F | Hm Xfoo")
    expect(.notUnderstood(chord: "Am-F-X", place: 1), "Am-F-X")
    for wrong in ["Cfoo", "C:foo", "C:maj/x", "C7b", "C7add", "C4", "C3", "Cm:7", "C/"] {
      expect(.notUnderstood(chord: wrong, place: 1), wrong)
    }
    expect(.nothingToRepeat(place: 1), "/ C")
    expect(.needsKey(chord: "VI", place: 2), "Am VI")
    expect(.needsKey(chord: "4", place: 1), "4 5")
    expect(.needsKey(chord: "I", place: 1), "I-V-vi-IV")
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
