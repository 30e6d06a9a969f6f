import Corpus
import Foundation
import Music
import Testing

/// What needs neither FluidSynth nor a soundfont.
@Suite struct ComposingTests {
  static let scores = (0..<1500).map { Score(seed: 1, index: $0, captionCount: 3) }
  /// Each score with everything that is said of it.
  static let captions = scores.flatMap { score in ([score.caption] + score.wordings).map { (score, $0) } }

  @Test func aScoreDependsOnSeedAndIndexAlone() {
    for index in [0, 7, 299] {
      let again = Score(seed: 1, index: index)
      #expect(again.caption == Self.scores[index].caption)
      #expect(again.midi == Self.scores[index].midi)
      #expect(again.labels == Self.scores[index].labels)
    }
    #expect(Score(seed: 2, index: 7).midi != Self.scores[7].midi)
  }

  @Test func captionsAreTheSameWithoutClips() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-captions-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try CaptionedScores(seed: 1, captionCount: 3).write(count: 20, to: folder)
    let lines = try String(contentsOf: folder.appending(path: "metadata.jsonl"), encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 20)
    for (line, score) in zip(lines, Self.scores) {
      let read = try JSONDecoder().decode(CorpusGenerator.MetadataLine.self, from: Data(line.utf8))
      #expect(read.text == score.caption && read.captions ?? [] == score.wordings)
    }
  }

  @Test func aScoreHasAsManyCaptionsAsThereAreWords() {
    for score in Self.scores {
      #expect(score.wordings.count <= 2)
      #expect(!score.wordings.contains(score.caption) && Set(score.wordings).count == score.wordings.count)
    }
    #expect(Self.captions.count > 4400)
    #expect(Score(seed: 1, index: 3).wordings == [])
  }

  @Test func theTablesFitTogether() {
    #expect(CorpusTables.misplacedInstruments == [])
    #expect(CorpusTables.unknownNames == [])
    #expect(CorpusTables.unevenPatterns == [])
    #expect(CorpusTables.impossibleInstruments == [])
    #expect(CorpusTables.chordNames.isSuperset(of: ["C", "Am", "Fmaj7", "G7", "Dm7", "A#", "Dm7b5", "Csus4"]))
  }

  @Test func captionsVary() {
    let captions = Self.scores.prefix(300).map(\.caption)
    #expect(Set(captions.map { $0.lowercased() }).count >= 270)
    #expect(Set(Self.scores.map { $0.caption.split(separator: " ").first.map(String.init) ?? "" }).count > 100)
  }

  @Test func captionsHaveThreeToTwentyFiveWords() {
    for (_, caption) in Self.captions {
      #expect((3...25).contains(caption.split(separator: " ").count), "\(caption)")
    }
  }

  @Test func captionsSayWhoPlays() {
    for (score, said) in Self.captions {
      let caption = said.lowercased()
      #expect(score.knownNames.contains { caption.contains($0.lowercased()) }, "\(said)")
    }
  }

  /// A caption may leave a fact out, but never tell another one.
  @Test func captionsAreTrueToTheLabels() throws {
    let tempo = /(\d+) ?bpm/
    let key = /(?:in|key of) ([a-g][b#]?) (major|minor|dorian|mixolydian|lydian|phrygian)/
    for (score, said) in Self.captions {
      let caption = said.lowercased()
      if let match = caption.firstMatch(of: tempo) { #expect(Int(match.1) == score.labels.tempo, "\(said)") }
      if let match = caption.firstMatch(of: key) {
        #expect("\(match.1) \(match.2)" == score.labels.key?.lowercased(), "\(said)")
      }
      let words = Set(caption.split { !$0.isLetter && $0 != "-" }.map(String.init))
      let isLoud = score.labels.dynamics == "loud"
      if words.contains("loud") { #expect(isLoud, "\(said)") }
      if words.contains("quiet") { #expect(score.labels.dynamics == "soft", "\(said)") }
      if words.contains("staccato") { #expect(score.labels.articulation == "staccato", "\(said)") }
      if words.contains("fast"), let tempo = score.labels.tempo { #expect(tempo > 60, "\(said)") }
    }
  }

  @Test func lengthsAreWholeBarsWithinLimits() {
    for score in Self.scores {
      let labels = score.labels
      #expect((1...12.001).contains(labels.seconds))
      if let bars = labels.bars, let tempo = labels.tempo {
        let beats: Double = labels.timeSignature == "3/4" ? 3 : 4
        #expect(abs(Double(bars) * beats * 60 / Double(tempo) - labels.seconds) < 0.001)
        #expect((60...180).contains(tempo))
      }
      #expect(abs(score.midi.duration - labels.seconds) < 0.001)
    }
    let seconds = Self.scores.map(\.labels.seconds)
    #expect((3.5...5.5).contains(seconds.reduce(0, +) / Double(seconds.count)))
    for index in 0..<300 { #expect(Score(seed: 1, index: index, maximumSeconds: 4).labels.seconds <= 4) }
  }

  @Test func notesLieInTheirInstrumentsRanges() {
    for score in Self.scores {
      for note in score.melodicNotes { #expect(note.range.contains(note.key), "\(score.caption)") }
      for note in score.midi.notes {
        #expect(note.startBeats >= 0 && note.endBeats <= score.midi.lengthBeats + 1e-9)
        #expect((12...127).contains(note.velocity))
      }
      #expect(!score.midi.notes.isEmpty)
    }
  }

  /// Every chord of a chordal phrase sounds with all of its tones, and with nothing else, while it is labelled.
  @Test func chordsAreWhatTheirLabelsSay() throws {
    for score in Self.scores where [.progression, .arpeggio, .chord].contains(score.labels.kind) {
      for label in score.labels.chords {
        let chord = try #require(Chord(name: label.name))
        let sounding = score.midi.notes.filter { note in
          let start = score.midi.seconds(atBeat: note.startBeats)
          return start > label.startSeconds - 0.04 && start < label.endSeconds - 0.1
        }
        let classes = Set(sounding.map { PitchClass($0.key) })
        #expect(classes.isSubset(of: chord.pitchClasses), "\(label.name) in \(score.caption)")
        if score.labels.kind != .arpeggio {
          #expect(classes.count == Set(chord.pitchClasses).count, "\(score.caption)")
        }
      }
    }
  }

  @Test func melodiesStayNearTheirKey() throws {
    for score in Self.scores where score.labels.kind == .melody {
      let key = try #require(score.labels.key.flatMap(Key.init(name:)))
      let notes = score.midi.notes
      let inside = notes.filter { key.contains(PitchClass($0.key)) }.count
      #expect(inside * 10 >= notes.count * 6, "\(score.caption)")
    }
  }

  @Test func theMixOfKindsIsAsPlanned() {
    var counts: [PhraseKind: Int] = [:]
    for score in Self.scores { counts[score.labels.kind, default: 0] += 1 }
    let total = Double(Self.scores.count)
    let drums = Double((counts[.drumHit] ?? 0) + (counts[.drumPattern] ?? 0) + (counts[.drumFill] ?? 0)) / total
    let ensembles = Double(counts[.ensemble] ?? 0) / total
    #expect((0.06...0.12).contains(drums))
    #expect((0.11...0.19).contains(ensembles))
    #expect(PhraseKind.allCases.allSatisfy { (counts[$0] ?? 0) > 5 })
    let instruments = Set(Self.scores.flatMap(\.labels.instruments))
    #expect(instruments.count > 80)
    #expect(Set(Self.scores.compactMap(\.labels.key)).count > 40)
    #expect(Set(Self.scores.filter { $0.labels.kind == .ensemble }.compactMap(\.labels.style)).count >= 16)
    #expect(Set(Self.scores.filter { $0.labels.kind == .drumPattern }.compactMap(\.labels.style)).count >= 16)
  }

  @Test(arguments: [[.note, .chord], [.ensemble], [.drumFill], [.bassLine], [.drumHit, .riff]] as [Set<PhraseKind>])
  func onlyTheKindsAskedForAreComposed(kinds: Set<PhraseKind>) {
    let scores = (0..<60).map { Score(seed: 4, index: $0, kinds: kinds) }
    #expect(Set(scores.map(\.labels.kind)) == kinds)
  }

  @Test func scoresSurviveTheMIDIFormat() throws {
    for score in Self.scores.prefix(200) {
      let read = try MIDIFile(bytes: score.midi.encoded())
      #expect(read.notes.count == score.midi.notes.count)
      #expect(read.tracks.map(\.name) == score.midi.tracks.map(\.name))
      #expect(abs(read.duration - score.midi.duration) < 0.01)
    }
  }
}
