import Corpus
import Music
import Testing

@Suite("An idea with a band")
struct IdeaBandTests {
  private static let briefs = [
    "funk, 104 bpm", "lofi, melancholic", "waltz for a sad accordion", "techno", "calm piano", "jazz guitar",
    "chords Dm7 G7 Cmaj7", "metal, fast",
  ]

  @Test("Chords and melody are those of the idea without one", arguments: briefs)
  func unchanged(_ text: String) throws {
    let composer = IdeaComposer(IdeaBrief(text))
    let (plain, band) = (composer.compose(seed: 4), composer.compose(seed: 4, hasBand: true))
    #expect(plain.midi == band.midi && plain.prompt == band.prompt && plain.stems.isEmpty)
    #expect(band.stems.map(\.role) == IdeaStem.Role.allCases)
    #expect(band.stems[2].notes == plain.midi.tracks[0].notes)
    #expect(composer.compose(seed: 4, hasBand: true) == band)
  }

  @Test("The bass plays the root where a chord begins", arguments: briefs)
  func roots(_ text: String) throws {
    var (right, all) = (0, 0)
    for seed in 0..<8 as Range<UInt64> {
      let idea = IdeaComposer(IdeaBrief(text)).compose(seed: seed, hasBand: true)
      let bass = try #require(idea.stems.first { $0.role == .bass })
      var beat = 0.0
      for span in idea.chords.spans {
        if let chord = span.chord, let note = bass.notes.first(where: { abs($0.startBeats - beat) < 0.02 }) {
          all += 1
          if PitchClass(note.key) == chord.bass ?? chord.root { right += 1 }
        }
        beat += span.beats
      }
    }
    #expect(all > 8 && right == all, "\(right) of \(all)")
  }

  @Test("All stems lie within the idea, in one file and alone", arguments: briefs)
  func lengths(_ text: String) {
    let idea = IdeaComposer(IdeaBrief(text)).compose(seed: 9, hasBand: true)
    let beats = Double(idea.bars) * idea.timeSignature.quartersPerBar
    for stem in idea.stems {
      #expect(!stem.notes.isEmpty && stem.notes.allSatisfy { $0.startBeats + $0.durationBeats <= beats + 1e-6 })
      #expect(idea.score(of: stem).tracks.map(\.name) == [stem.role.rawValue])
    }
    #expect(idea.score.tracks.map(\.name) == ["drums", "bass", "chords", "lead"])
    #expect(idea.score.tracks[0].notes.allSatisfy { $0.channel == GeneralMIDI.percussionChannel })
  }
}
