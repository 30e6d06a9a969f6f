import Corpus
import Music
import Testing

@Suite struct IdeaTests {
  private func idea(_ text: String, seed: UInt64 = 1, key: String? = nil, bpm: Double? = nil, bars: Int? = nil) -> Idea
  {
    IdeaComposer(IdeaBrief(text, tempo: bpm, key: key.flatMap(Key.init(name:)), bars: bars)).compose(seed: seed)
  }

  @Test func aSeedIsAnIdea() {
    #expect(idea("lofi", seed: 3) == idea("lofi", seed: 3))
    let ideas = (0..<20).map { idea("lofi", seed: $0) }
    #expect(Set(ideas.map { $0.midi.encoded() }).count == 20)
    #expect(Set(ideas.map(\.chordNames)).count > 10)
  }

  @Test(arguments: [
    ("lofi, melancholic", 4, 84.0, "D minor"), ("waltz", 3, 97.5, "Eb major"), ("techno", 8, 133, "E phrygian"),
    ("orchestral", 1, 60, "F lydian"), ("", 64, 300, "B mixolydian"),
  ])
  func whatIsSaidIsKept(text: String, bars: Int, bpm: Double, key: String) throws {
    for seed in 0..<12 as Range<UInt64> {
      let idea = idea(text, seed: seed, key: key, bpm: bpm, bars: bars)
      #expect(idea.key.name == key && idea.tempo == bpm && idea.bars == bars)
      let read = try MIDIFile(bytes: idea.midi.encoded())
      let beats = Double(bars) * idea.timeSignature.quartersPerBar
      #expect(read.lengthBeats == beats && read.tracks.map(\.name) == ["chords", "melody"])
      #expect(abs(read.duration - idea.seconds) < 1e-3 * idea.seconds)
      #expect(read.timeSignatures.map(\.timeSignature) == [idea.timeSignature])
      #expect(read.tempos.map(\.microsecondsPerQuarter) == [Tempo(beatsPerMinute: bpm).microsecondsPerQuarter])
      #expect(read.keySignatures.map(\.sharps) == [idea.key.sharps])
      #expect(read.markers.map(\.text) == idea.chordNames && read.markers.first?.beat == 0)
      #expect(idea.chords.lengthBeats == beats)
    }
  }

  @Test("The notes of the MIDI file are those of the chords that are said", arguments: ["jazz", "folk", "dark", "3/4"])
  func chordsSound(text: String) throws {
    for seed in 0..<10 as Range<UInt64> {
      let idea = idea(text, seed: seed)
      let read = try MIDIFile(bytes: idea.midi.encoded())
      var beat = 0.0
      for span in idea.chords.spans {
        let chord = try #require(span.chord)
        let sounding = read.tracks[0].notes.filter {
          $0.startBeats >= beat - 0.01 && $0.startBeats < beat + span.beats - 0.01
        }
        let tones = Set(sounding.map { PitchClass($0.key) })
        #expect(tones.isSubset(of: chord.pitchClasses) && tones.count >= 3, "\(chord.name()) at \(beat): \(tones)")
        beat += span.beats
      }
      let melody = read.tracks[1].notes
      #expect(melody.count >= 3 && melody.first?.startBeats == 0)
      // The melody lies above the chords, and no two of its notes sound at once.
      let mean = { (notes: [NoteEvent]) in Double(notes.map(\.key).reduce(0, +)) / Double(notes.count) }
      #expect(mean(melody) > mean(read.tracks[0].notes))
      #expect(zip(melody, melody.dropFirst()).allSatisfy { $0.endBeats <= $1.startBeats + 0.01 })
    }
  }

  @Test func wordsDecideModeAndTempo() {
    for seed in 0..<40 as Range<UInt64> {
      #expect(idea("sad piano", seed: seed).key.mode.hasMinorThird && idea("sad piano", seed: seed).tempo <= 90)
      let happy = idea("happy, bright", seed: seed)
      #expect(!happy.key.mode.hasMinorThird && happy.tempo >= 112)
      #expect(idea("slow pad", seed: seed).tempo <= 82 && idea("fast piano", seed: seed).tempo >= 124)
      let lofi = idea("lofi, melancholic", seed: seed)
      #expect((68...88).contains(lofi.tempo) && lofi.key.mode.hasMinorThird)
      #expect(idea("a sad waltz", seed: seed).timeSignature == TimeSignature(3, 4))
    }
    // "unhappy" is not "happy", and moods that contradict each other decide nothing.
    #expect(Set((0..<40).map { idea("unhappy", seed: $0).key.mode.hasMinorThird }).count == 2)
    #expect(Set((0..<40).map { idea("happy and sad", seed: $0).key.mode.hasMinorThird }).count == 2)
  }

  @Test func promptsSayWhatOptionsDoNot() {
    let idea = idea("lofi piano, chords Dm7 Bbmaj7 F C, 84 bpm", seed: 5)
    #expect(idea.tempo == 84 && idea.bars == 4 && idea.chordNames == ["Dm7", "Bbmaj7", "F", "C"])
    #expect(idea.key.name == "D minor" || idea.key.name == "F major")
    #expect(self.idea("pad in F# minor", seed: 5).key.name == "F# minor")
    #expect(self.idea("pad in F# minor, 100 bpm", key: "C major", bpm: 90).tempo == 90)
    #expect(self.idea("piano, chords Am F", bars: 5).chordNames == ["Am", "F", "Am", "F", "Am"])
  }

  @Test func instrumentsAreNamedOrChosen() {
    let named = idea("melancholic electric piano")
    #expect(named.chosenInstrument == nil && named.prompt == "melancholic electric piano")
    #expect(named.midi.tracks.allSatisfy { $0.programs.map(\.program) == [4] })
    let chosen = idea("lofi, melancholic")
    #expect(chosen.chosenInstrument != nil && chosen.prompt == "\(chosen.chosenInstrument ?? ""), lofi, melancholic")
  }

  @Test func aTempoDoesNotChangeTheNotes() {
    let (slow, fast) = (idea("pop", seed: 9, bpm: 100, bars: 4), idea("pop", seed: 9, bpm: 110, bars: 4))
    #expect(slow.chordNames == fast.chordNames && slow.midi.tracks == fast.midi.tracks && slow.midi != fast.midi)
  }

  @Test(arguments: [
    ("C4", nil as Double?, 65 as Int?), ("", 1000, nil), ("", .nan, nil), ("", nil, 0), ("", nil, -3),
    ("odd, 7/8", nil, nil),
  ])
  func problemsAreSaid(text: String, tempo: Double?, bars: Int?) {
    #expect(IdeaBrief(text, tempo: tempo, bars: bars).problem != nil)
  }
}
