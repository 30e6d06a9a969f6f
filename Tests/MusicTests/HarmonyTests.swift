import Music
import Testing

@Suite struct HarmonyTests {
  @Test func pitchClassesAreNamed() {
    #expect(PitchClass(61).name() == "C#")
    #expect(PitchClass(61).name(preferringFlats: true) == "Db")
    #expect(PitchClass(-1) == PitchClass(11))
    #expect(PitchClass(name: "bb") == PitchClass(10))
    #expect(PitchClass(name: "Cb") == PitchClass(11))
    #expect(PitchClass(name: "H") == nil)
    #expect(PitchClass(name: "") == nil)
    #expect(PitchClass.noteName(ofKey: 60) == "C4")
    #expect(PitchClass.noteName(ofKey: 69) == "A4")
    #expect(PitchClass.noteName(ofKey: 21) == "A0")
    #expect(PitchClass.noteName(ofKey: 0) == "C-1")
    #expect(PitchClass.noteName(ofKey: 59, preferringFlats: true) == "B3")
  }

  @Test func everyChordReadsBackFromItsName() {
    for value in 0..<12 {
      for quality in Chord.Quality.allCases {
        let chord = Chord(root: PitchClass(value), quality: quality)
        #expect(Chord(name: chord.name()) == chord)
        #expect(Chord(name: chord.name(preferringFlats: true)) == chord)
      }
    }
  }

  @Test func chordsHoldTheirTones() {
    #expect(Chord(name: "Am7")?.pitchClasses == [9, 0, 4, 7].map { PitchClass($0) })
    #expect(Chord(name: "G/B")?.bass == PitchClass(11))
    #expect(Chord(name: "C/D")?.pitchClasses == [0, 4, 7, 2].map { PitchClass($0) })
    #expect(Chord(name: "F#ø7") == Chord(name: "Gbm7b5"))
    #expect(Chord(name: "Bbmaj7")?.name(preferringFlats: true) == "Bbmaj7")
    for name in ["", "X", "Cfoo", "C/", "C/H", "/C", "H7", "Es", "Sol7"] { #expect(Chord(name: name) == nil) }
  }

  @Test func keysHaveTheirScalesAndSpellings() {
    #expect(Key(name: "A minor")?.pitchClasses == [9, 11, 0, 2, 4, 5, 7].map { PitchClass($0) })
    #expect(Key(name: "D dorian")?.pitchClasses.sorted { $0.value < $1.value } == Key(name: "C")?.pitchClasses)
    #expect(Key(tonic: PitchClass(10), mode: .major).name == "Bb major")
    #expect(Key(tonic: PitchClass(6), mode: .minor).shortName == "F#m")
    #expect(Key(tonic: PitchClass(3), mode: .minor).name == "Eb minor")
    #expect(Key(tonic: PitchClass(8), mode: .minor).name == "G# minor")
    for tonic in 0..<12 {
      for mode in Key.Mode.allCases {
        let key = Key(tonic: PitchClass(tonic), mode: mode)
        #expect(Key(name: key.name) == key)
        #expect(Key(name: key.shortName) == key)
        let relative = key.pitchClasses.map(\.value).sorted()
        #expect(Set(relative).count == 7)
      }
    }
    for (name, canonical) in [
      ("F sharp minor", "F# minor"), ("B flat", "Bb major"), ("b flat major", "Bb major"), ("B-flat minor", "A# minor"),
      ("E MAJOR", "E major"), ("Amin", "A minor"), ("D-dorian", "D dorian"), ("C  Minor", "C minor"),
      ("g aeolian", "G minor"), ("A♭ Major", "Ab major"), ("FM", "F major"), ("Fm", "F minor"),
    ] {
      #expect(Key(name: name) != nil && Key(name: name) == Key(name: canonical), "\(name)")
    }
    for name in ["A bogus", "A minor minor", "flat", "F sharp minor key", "H minor", ""] {
      #expect(Key(name: name) == nil, "\(name)")
    }
  }

  @Test func degreesGoOnIntoOtherOctaves() {
    let key = Key(tonic: PitchClass(0), mode: .major)
    #expect((-8...8).map(key.semitones) == [-13, -12, -10, -8, -7, -5, -3, -1, 0, 2, 4, 5, 7, 9, 11, 12, 14])
  }

  @Test func temposConvert() {
    #expect(Tempo(beatsPerMinute: 120).microsecondsPerQuarter == 500_000)
    #expect(Tempo(beatsPerMinute: 0.001).microsecondsPerQuarter == 16_777_215)
    #expect(Tempo(microsecondsPerQuarter: 1_000_000).beatsPerMinute == 60)
    #expect(TimeSignature(6, 8).quartersPerBar == 3)
  }

  @Test func generalMIDIHas128Programs() {
    #expect(GeneralMIDI.programNames.count == 128)
    #expect(GeneralMIDI.programNames[46] == "Orchestral Harp")
    #expect(GeneralMIDI.programNames[114] == "Steel Drums")
  }
}
