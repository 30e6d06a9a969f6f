import Foundation
import Music
import Synthesis
import Testing
import Text

@Suite("Music in letters survives the translation of the words around it")
struct TranslatedMusicTests {
  private func music(_ prompt: String) throws -> PromptMusic {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let table = try PhraseTable(reading: root.appending(path: "Models/languages.tsv"))
    let reading = PromptReading(prompt, table: table)
    #expect(reading.translation != nil, "\(prompt)")
    return PromptMusic(reading.text)
  }

  @Test(
    "Chords",
    arguments: [
      ("和弦 Am F C G", "Am F C G"), ("钢琴 Am F C G 120 bpm", "Am F C G"), ("钢琴和弦Am F C G，慢", "Am F C G"),
      ("钢琴，C | F G | Am，每分钟90拍", "C | F G | Am"), ("和弦 C G", "C G"), ("和弦 Am、F、C、G", "Am F C G"),
      ("ピアノ、コード Am F C G", "Am F C G"), ("accords de piano Am F C G", "Am F C G"),
      ("钢琴，和弦 Ｃ Ａｍ Ｆ Ｇ", "C Am F G"), ("Klavier mit Akkorden Am, F, C, G", "Am F C G"),
      ("Klavierakkorde: Em H7 Am", "Em B7 Am"),
      ("accords Lam Fa Do Sol, piano doux", "Am F C G"), ("acordes de guitarra Cmaj7 F#m7b5", "Cmaj7 F#m7b5"),
      ("chitarra Lam Fa Do Sol", "Am F C G"), ("chitarra dolce lam fa do sol", "Am F C G"),
      ("guitare douce, Lam-Fa-Do-Sol", "Am F C G"), ("guitarra triste do fa sol", "C F G"),
      ("guitarra, acordes do sol", "C G"), ("chitarra triste | Lam | Fa | Do Sol |", "Am | F | C G"),
      ("C大调 和弦 I-V-vi-IV", "C G Am F"), ("Gitarre, Akkorde Bbm7/Ab Eb", "Bbm7/Ab Eb"), ("和弦 Am-F-C-G", "Am F C G"),
    ])
  func chords(prompt: String, names: String) throws { #expect(try music(prompt).chordNames == names) }

  @Test("Notes, keys and tempi")
  func others() throws {
    #expect(try music("钢琴单音 F#2").note == 42)
    #expect(try music("钢琴，A minor，慢").key?.name == "A minor")
    #expect(try music("钢琴 F# minor 120 bpm").key?.name == "F# minor")
    #expect(try music("Bb大调的大提琴").key?.name == "Bb major" && music("升f小调的钢琴").key?.name == "F# minor")
    #expect(try music("Klavier, traurig, Bbm").key?.name == "Bb minor")
    #expect(try music("Klavier, 120,5 bpm").tempo == 120.5 && music("钢琴，速度120,5").tempo == 120.5)
    #expect(try music("Am Klavier, leise").key == nil)
  }

  @Test(
    "German keys without their mode: major in capitals",
    arguments: [
      ("Klavier in Es", "Eb major"), ("Trompete in B, 100 bpm", "Bb major"), ("Geige in fis", "F# minor"),
      ("Orgel in h, leise", "B minor"), ("Klavier in C mit Streichern", "C major"),
      ("Klavier in As 90 bpm", "Ab major"),
      ("traurige Geige in a", "A minor"), ("Klavier in B-Dur", "Bb major"), ("Klavier in einem Saal", nil),
      ("Klavier in D und Geige", "D major"), ("Flöte in der Nacht", nil), ("Klavier in H Moll", "B minor"),
    ])
  func germanKeys(prompt: String, name: String?) throws { #expect(try music(prompt).key?.name == name) }
}
