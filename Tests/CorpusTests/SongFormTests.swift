import Corpus
import Music
import Testing

@Suite("Forms of songs")
struct SongFormTests {
  private func names(_ text: String) throws -> [String] {
    try SongForm(text).sections.map { $0.name + ($0.bars.map { " \($0)" } ?? "") }
  }

  @Test(
    "Letters and names, with bars and repeats",
    arguments: [
      ("AABA", ["A", "A", "B", "A"]), ("aaba", ["A", "A", "B", "A"]), ("A8B4A8", ["A 8", "B 4", "A 8"]),
      ("AAB 8", ["A 8", "A 8", "B 8"]), ("verse 8 chorus 8", ["verse 8", "chorus 8"]),
      ("Intro, verse 8 bars; chorus 4 x2", ["intro", "verse 8", "chorus 4", "chorus 4"]),
      ("prechorus 2 pre-chorus", ["pre-chorus 2", "pre-chorus"]), ("AB x2", ["A", "B", "A", "B"]),
    ])
  func reads(text: String, sections: [String]) throws { #expect(try names(text) == sections) }

  @Test("Chords of a section, by names and degrees")
  func chords() throws {
    let form = try SongForm("verse: Am F C G, chorus 4: F G", key: nil)
    #expect(form.sections.map(\.bars) == [4, 4])
    #expect(form.sections.map { $0.chords?.spans.count } == [4, 2])
    #expect(try SongForm("A: i VI, B", key: Key(name: "D minor")).sections[0].chords?.spans[0].chord?.name() == "Dm")
    #expect(try !SongForm("AB, no ending").hasEnding && SongForm("AB").hasEnding)
  }

  @Test("What is no form is told, and where")
  func problems() {
    func problem(_ text: String) -> SongFormError? {
      do throws(SongFormError) { _ = try SongForm(text) } catch { return error }
      return nil
    }
    #expect(problem(" ") == .empty)
    #expect(problem("verse 8 foo 4") == .notUnderstood("foo", place: 3))
    #expect(problem("8 verse") == .notUnderstood("8", place: 1))
    #expect(problem("verse 0") == .bars("0", section: "verse"))
    #expect(problem("A99") == .notUnderstood("A99", place: 1))
    #expect(problem("A x40") == .times("x40"))
    #expect(problem("AAAAAAAA x5") == .tooMany(40))
    #expect(problem("verse: Am Q") == .chords(section: "verse", .notUnderstood(chord: "Q", place: 2)))
    #expect(problem("verse 4 chorus 4: F G") == .chordsOfNone("verse 4 chorus 4"))
    for text in ["", "foo", "A x0"] { #expect(problem(text).map { !"\($0)".contains("\n") } == true) }
  }
}

@Suite("Songs of a form")
struct SongTests {
  private func song(_ text: String, _ form: String, seed: UInt64 = 4, bars: Int? = 4) throws -> Idea {
    IdeaComposer(IdeaBrief(text, bars: bars)).compose(seed: seed, form: try SongForm(form))
  }

  private func notes(_ idea: Idea, _ role: IdeaStem.Role, _ section: Idea.Section) -> [[Int]] {
    let beats = idea.timeSignature.quartersPerBar
    let start = Double(section.firstBar) * beats
    return (idea.stems.first { $0.role == role }?.notes ?? [])
      .filter { $0.startBeats >= start - 1e-6 && $0.startBeats < start + Double(section.bars) * beats - 1e-6 }
      .map { [Int(((($0.startBeats - start) * 480)).rounded()), $0.key, $0.velocity] }
  }

  @Test(
    "What comes again is the same music, what does not is another", arguments: ["funk, 104 bpm", "sad waltz", "techno"])
  func themes(_ text: String) throws {
    for seed in 0..<6 as Range<UInt64> {
      let idea = try song(text, "AABA", seed: seed)
      #expect(idea.sections.map(\.name) == ["A", "A", "B", "A", "ending"] && idea.bars == 17)
      for role in [IdeaStem.Role.bass, .chords, .lead] {
        #expect(notes(idea, role, idea.sections[0]) == notes(idea, role, idea.sections[3]))
      }
      #expect(notes(idea, .lead, idea.sections[0]) != notes(idea, .lead, idea.sections[2]))
      #expect(idea.sections[0].chordNames == idea.sections[1].chordNames)
      #expect(idea.sections[0].chordNames != idea.sections[2].chordNames)
    }
  }

  @Test("The section that a song begins with is the idea of its seed")
  func begins() throws {
    let idea = try song("lofi, melancholic", "AB", seed: 7)
    let plain = IdeaComposer(IdeaBrief("lofi, melancholic", bars: 4)).compose(seed: 7, hasBand: true)
    #expect(idea.key == plain.key && idea.tempo == plain.tempo && idea.prompt == plain.prompt)
    #expect(idea.sections[0].chordNames == plain.chordNames)
    for role in [IdeaStem.Role.chords, .lead, .bass] {
      let own = plain.stems.first { $0.role == role }?.notes ?? []
      let stem = idea.stems.first { $0.role == role }
      #expect(stem?.notes.prefix(own.count).map(\.key) == own.map(\.key))
      #expect(stem?.prompt == plain.stems.first { $0.role == role }?.prompt)
    }
  }

  @Test(
    "Fills lead on, a bar of the tonic ends the song, and all lies within it", arguments: ["rock", "house", "waltz"])
  func ends(_ text: String) throws {
    let idea = try song(text, "verse 4 chorus 4")
    let beats = idea.timeSignature.quartersPerBar
    let drums = try #require(idea.stems.first { $0.role == .drums })
    let last = idea.sections[2]
    #expect(last.name == "ending" && last.bars == 1 && last.chordNames.count == 1)
    for section in idea.sections.prefix(2) {
      let end = Double(section.firstBar + section.bars) * beats
      let fill = drums.notes.filter { $0.startBeats >= end - (beats == 4 ? 2 : 1) && $0.startBeats < end - 1e-6 }
      #expect(fill.count >= 3 && fill.contains { (38...50).contains($0.key) && $0.key != 42 && $0.key != 46 })
    }
    #expect(drums.notes.contains { $0.key == 49 && abs($0.startBeats - Double(last.firstBar) * beats) < 1e-6 })
    let total = Double(idea.bars) * beats
    #expect(idea.stems.flatMap(\.notes).allSatisfy { $0.endBeats <= total + 1e-6 })
    #expect(abs(idea.chords.lengthBeats - total) < 1e-6 && idea.score.lengthBeats == total)
    #expect(idea.score.markers.map(\.text).contains("chorus"))
    #expect(try song(text, "AB, no ending").sections.map(\.name) == ["A", "B"])
  }

  @Test("A chorus is busier than an intro, which has no melody")
  func density() throws {
    let idea = try song("rock", "intro chorus", seed: 3)
    #expect(notes(idea, .lead, idea.sections[0]).isEmpty && !notes(idea, .lead, idea.sections[1]).isEmpty)
    for role in [IdeaStem.Role.drums, .chords] {
      #expect(notes(idea, role, idea.sections[0]).count < notes(idea, role, idea.sections[1]).count, "\(role)")
    }
  }

  @Test("Chords of a section are those that are given, and the bass begins on their roots")
  func givenChords() throws {
    let form = try SongForm("verse 4: Am F C G, chorus 4: F G C/E Am")
    let idea = IdeaComposer(IdeaBrief("piano")).compose(seed: 2, form: form)
    #expect(idea.sections.map(\.chordNames).prefix(2) == [["Am", "F", "C", "G"], ["F", "G", "C/E", "Am"]])
    #expect(idea.key.name == "A minor" || idea.key.name == "C major")
    var beat = 0.0
    let bass = try #require(idea.stems.first { $0.role == .bass })
    for span in idea.chords.spans {
      if let chord = span.chord, let note = bass.notes.first(where: { abs($0.startBeats - beat) < 0.02 }) {
        #expect(PitchClass(note.key) == chord.bass ?? chord.root, "\(chord.name())")
      }
      beat += span.beats
    }
  }
}
