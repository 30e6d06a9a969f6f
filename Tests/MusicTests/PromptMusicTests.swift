import Music
import Testing

@Suite struct PromptMusicTests {
  @Test(arguments: [
    ("dusty drums, 90 bpm", 90.0), ("at 120 BPM", 120), ("fast piano at 174bpm", 174), ("a tempo of 97", 97),
    ("tempo 60.5, slow", 60.5), ("80 beats per minute", 80), ("120-bpm techno", 120), ("(140 bpm)", 140),
    ("808 drums at 89 BPM", 89), ("90 bpm or 100 bpm", 90), ("bpm 120", 120), ("BPM: 120, piano", 120),
    ("piano, bpm=97", 97), ("techno, BPM:128", 128), ("Tempo: 72", 72), ("tempo = 66 flute", 66), ("♩=60 waltz", 60),
    ("piano ♩ = 84", 84), ("100 beats a minute", 100), ("90 bpm 120 voices", 90), ("92,5 bpm piano", 92.5),
  ])
  func temposAreRead(prompt: String, tempo: Double) { #expect(PromptMusic(prompt).tempo == tempo) }

  @Test(arguments: [
    ("techno in A minor", "A minor"), ("soft A minor piano", "A minor"), ("F# dorian melody", "F# dorian"),
    ("lick in C dorian, fast", "C dorian"), ("in a minor", "A minor"), ("arpeggio, in the key of a minor.", "A minor"),
    ("in a minor at 90 bpm", "A minor"), ("heavy metal, f minor, 125 bpm", "F minor"), ("loop in Bm at 139", "B minor"),
    ("in Gb, over Abm7 Bbm7", "Gb major"), ("in E", "E major"), ("in the key of Eb", "Eb major"),
    ("Key of C", "C major"), ("slow A major solo flute", "A major"), ("B flat major waltz", "Bb major"),
    ("C sharp minor", "C# minor"), ("Bb-major fanfare", "Bb major"), ("in G: G D Em C", "G major"),
    ("E phrygian", "E phrygian"), ("D aeolian pad", "D minor"), ("A minor, gentle", "A minor"),
    ("A minor melody", "A minor"), ("a loop in c# minor over it", "C# minor"), ("piano in B flat", "Bb"),
    ("in F sharp, slow", "F#"), ("in the key of b flat", "Bb"), ("trumpet in E-flat", "Eb"),
    ("B-flat minor pad", "Bb minor"),
    ("key: Am, piano", "A minor"), ("Key: F# minor", "F# minor"), ("pad, key: c minor", "C minor"),
    ("sax in B flat with strings", "Bb"),
  ])
  func keysAreRead(prompt: String, name: String) { #expect(PromptMusic(prompt).key == Key(name: name)) }

  @Test(arguments: [
    ("3/4 accordion", TimeSignature(3, 4)), ("in 6/8 time", TimeSignature(6, 8)), ("7/8, odd", TimeSignature(7, 8)),
    ("a Waltz with tuba", TimeSignature(3, 4)), ("waltz in 12/8", TimeSignature(12, 8)),
  ])
  func timeSignaturesAreRead(prompt: String, timeSignature: TimeSignature) {
    #expect(PromptMusic(prompt).timeSignature == timeSignature)
  }

  @Test(arguments: [
    ("8 bars", SpokenLength.bars(8)), ("funk, 4 bars, 100 bpm", .bars(4)), ("an 8-bar loop", .bars(8)),
    ("two bars of drums", .bars(2)), ("sixteen measures", .bars(16)), ("1 bar", .bars(1)),
    ("four-bar phrase", .bars(4)),
    ("10 seconds of rain", .seconds(10)), ("2.5 seconds", .seconds(2.5)), ("2,5 seconds", .seconds(2.5)),
    ("a 6-second drone", .seconds(6)),
    ("pad, 30 sec", .seconds(30)), ("drums 120bpm 4bars", .bars(4)), ("bars: 8, bpm: 90", .bars(8)),
    ("bars=2", .bars(2)),
    ("pad, bars = 16", .bars(16)),
  ])
  func lengthsAreRead(prompt: String, length: SpokenLength) { #expect(PromptMusic(prompt).length == length) }

  /// As they are written, so that nobody is told of A# who said Bb.
  @Test(arguments: [
    ("chords Bb Eb F", "Bb Eb F"), ("chords F - Gm - Bb - C", "F Gm Bb C"), ("over A#m D#", "A#m D#"),
    ("in Eb major, chords I IV V7", "Eb Ab Bb7"), ("chords Bbm7/Ab Eb", "Bbm7/Ab Eb"), ("chords F#m/C# E", "F#m/C# E"),
    ("a Bb major seventh chord", "Bbmaj7"), ("chords C | F G | Am", "C | F G | Am"),
    ("chords |C|F G|Am|", "| C | F G | Am"),
    ("chords C | | G", "C | | G"), ("over C | % | G", "C | % | G"), ("chords Am-F-C-G", "Am F C G"),
    ("chords C / / / F / / /", "C / / / F / / /"), ("chords C^7 F-7 Bb7alt", "Cmaj7 Fm7 Bb7alt"),
    ("chords Em H7 Am", "Em B7 Am"), ("chords Es As B", "Eb Ab Bb"), ("over Lam Fa Do Sol", "Am F C G"),
    ("Emaj7, C#m7, F#m7, B7", "Emaj7 C#m7 F#m7 B7"), ("Am | F | C | G", "Am | F | C | G"),
  ])
  func chordsKeepTheirSpelling(prompt: String, names: String) {
    let music = PromptMusic(prompt)
    #expect(music.chordNames == names)
    #expect((try? ChordChart(names)) == music.chords)
  }

  @Test func barLinesMeanWhatTheyMeanInCharts() throws {
    let music = PromptMusic("piano, chords C | F G | Am, 90 bpm")
    #expect(music.chords?.spans.map(\.beats) == [4, 2, 2, 4] && music.caption == "piano, chords")
    let waltz = PromptMusic("waltz, chords C | F G | Am")
    #expect(waltz.chords?.spans.map(\.beats) == [3, 1.5, 1.5, 3])
    #expect(PromptMusic("single Bb3 note").noteName == "Bb3" && PromptMusic("single A#3 note").noteName == "A#3")
  }

  /// A clip is made again by the rules of its time.
  @Test(arguments: [
    ("funk, 8 bars, 90 bpm", "funk, 8 bars"), ("bpm 120, piano in A minor", "bpm 120, piano"),
    ("piano in B flat, 90 bpm", "piano in B flat"), ("piano, chords C^7 F^7, 90 bpm", "piano, chords C^7 F^7"),
    ("piano, chords Am-F-C-G, 90 bpm", "piano, chords Am-F-C-G"),
    ("chords Em H7 Am E, slow piano", "chords Em H7 Am E, slow piano"),
  ])
  func olderRulesAreKept(prompt: String, caption: String) {
    #expect(PromptMusic(prompt, rules: .first).caption == caption)
    #expect(PromptMusic(prompt).caption != caption)
  }

  @Test(arguments: [
    ("piano, chords Am F C G", "Am F C G"), ("chords F - Gm - Bb - C", "F Gm A# C"),
    ("over Bb Eb F Bb, slow", "A# D# F A#"),
    ("an arpeggio in G major: G D Em C", "G D Em C"), ("chord progression (Bbm Cm Db Cm)", "A#m Cm C# Cm"),
    ("C major chord on a piano", "C"), ("playing a B major seventh chord", "Bmaj7"), ("a Cmaj7 chord", "Cmaj7"),
    ("F# minor chord", "F#m"), ("Emaj7, C#m7, F#m7, B7", "Emaj7 C#m7 F#m7 B7"),
    ("over bbm db ab ebm.", "A#m C# G# D#m"),
    ("guitar in A minor, chords i VI III VII", "Am F C G"), ("chords: ii7 V7 Imaj7 in C major", "Dm7 G7 Cmaj7"),
    ("chord Am7", "Am7"), ("chords C | F | G7 played loud", "C F G7"), ("E7 chord", "E7"),
  ])
  func chordsAreRead(prompt: String, names: String) {
    let chart = PromptMusic(prompt).chords
    #expect(chart?.spans.compactMap { $0.chord?.name() }.joined(separator: " ") == names)
    #expect(chart?.spans.allSatisfy { $0.beats == 4 } ?? false)
  }

  /// By the rules of their time "Fm" is the key.
  @Test func seventhsMayStandBehindASlash() throws {
    let prompt = "piano, chords Cm/maj7 Fm"
    #expect(PromptMusic(prompt).chordNames == "Cmmaj7 Fm" && PromptMusic(prompt).key == nil)
    #expect(PromptMusic(prompt, rules: .fourth).chords == nil)
    #expect(PromptMusic(prompt, rules: .fourth).key?.name == "F minor")
    for name in ["C/maj7", "C/M7", "C-/Δ", "Bbm/Maj7"] {
      #expect(Chord(name: name)?.bass == nil && Chord(name: name) != nil)
    }
    for name in ["C/7", "C/m", "C/maj", "/maj7", "C/maj7/G"] { #expect(Chord(name: name) == nil, "\(name)") }
  }

  /// As Romance songbooks write them, without a word that says so.
  @Test(arguments: [
    ("guitar Lam Fa Do Sol", "Am F C G"), ("guitar lam fa do sol", "Am F C G"), ("piano, Lam-Fa-Do-Sol", "Am F C G"),
    ("Lam | Fa | Do Sol", "Am | F | C G"), ("piano La7 Re", "A7 D"), ("piano la7 re", "A7 D"),
    ("Sib Mib Fa7, piano", "Bb Eb F7"), ("strings Do Fa Sol", "C F G"), ("strings do fa sol", "C F G"),
    ("Lam,Fa,Do,Sol", "Am F C G"), ("LAM FA DO SOL", "Am F C G"), ("samba Rem7 Sol7 Do7M", "Dm7 G7 Cmaj7"),
    ("guitar H7 Em Am", "B7 Em Am"), ("guitar Es As B Es", "Eb Ab Bb Eb"), ("piano Am,F,C,G", "Am F C G"),
    ("Fa#m Si7 Mi", "F#m B7 E"), ("Mi- La- Si7", "Em Am B7"), ("Do Sol Do", "C G C"), ("Rémin Solmaj7", "Dm Gmaj7"),
    ("over Do/Mi Fa Sol", "C/E F G"),
  ])
  func romanceChordsAreRead(prompt: String, names: String) {
    #expect(PromptMusic(prompt).chordNames == names)
    // Clips of the time before are what they were, and say by which rules.
    #expect(prompt.contains("over") || PromptMusic(prompt, rules: .third).chords == nil)
  }

  @Test(arguments: [
    "sol do", "Do", "solo Sol", "Do Sol", "la la la vocals", "fa la la la la", "do re mi song",
    "Do Re Mi Fa Sol La Si Do",
    "dom drums", "do lab drums", "la solo", "la fama", "Re solo", "si la", "mi mi mi",
  ])
  func wordsThatAreNotesAreNoChords(prompt: String) { #expect(PromptMusic(prompt).chords == nil) }

  @Test(arguments: [
    ("single C4 piano note", 60), ("F#3 played on a metal guitar", 54), ("A4 on pan pipes", 69),
    ("brass tuba note, F2", 41), ("muted trumpet one-shot, A3", 57), ("Pipe organ playing a low staccato Db3", 49),
    ("Cb4 note", 59), ("acoustic guitar, single note E5", 76), ("one A7 note", 105), ("tone Bb2, in C minor", 46),
    ("pizz strings, note a2", 45), ("french horn playing a noble bb2", 46), ("ab3 played on a guitar", 56),
  ])
  func oneNoteIsRead(prompt: String, key: Int) {
    let music = PromptMusic(prompt)
    #expect(music.note == key && music.chords == nil && !music.isEmpty)
  }

  @Test(arguments: [
    ("Fm chord", "Fm"), ("E7 chord note", "E7"), ("chord Am7", "Am7"),
  ])
  func aChordIsNoNote(prompt: String, name: String) {
    let music = PromptMusic(prompt)
    #expect(music.note == nil && music.chords?.spans.map { $0.chord?.name() } == [name])
  }

  @Test func barsAreAsLongAsTheMeterSays() {
    let music = PromptMusic("waltz in A minor at 90 bpm, chords Am E")
    #expect(music.tempo == 90 && music.key?.name == "A minor" && music.timeSignature == TimeSignature(3, 4))
    #expect(music.chords?.lengthBeats == 6 && !music.isEmpty)
  }

  @Test(arguments: [
    ("a tune played on a harmonium, at 97 BPM in the key of Db mixolydian", "a tune played on a harmonium"),
    ("95 bpm nylon guitar chord loop in E major (E, G#m, A, B)", "nylon guitar chord loop"),
    ("Bb major harmonica melodic line", "harmonica melodic line"), ("over bbm db ab ebm.", "over bbm db ab ebm."),
    ("e-piano, 60 bpm, soft.", "e-piano, soft"), ("guitar in G: G D Em C", "guitar"),
    ("Slow bassoon line at a tempo of 77", "Slow bassoon line"), ("a 120-bpm techno loop", "techno loop"),
    ("flute over Bb Eb F Bb, slow", "flute, slow"), ("melody on an A minor harp", "melody on an harp"),
    ("piano, chords C - G - D, 80 beats per minute, warm", "piano, chords, warm"),
    ("Long B2 on an organ", "Long note on an organ"), ("harp one-shot, Eb4", "harp one-shot"),
    ("tuba, tone Bb2, deep", "tuba, tone, deep"), ("an E4 on a harp, 90 bpm", "a note on a harp"),
    ("BPM: 120, piano", "piano"), ("funk guitar, 8 bars, 100 bpm", "funk guitar"),
    ("an 8-bar loop of drums", "loop of drums"),
    ("four bars of jazz piano", "jazz piano"), ("key: Am, warm pad", "warm pad"), ("sax in B flat, slow", "sax, slow"),
    ("piano for 10 seconds", "piano"), ("12-bar blues", "12-bar blues"),
    // What controls do not say, or nothing else does.
    ("horn Fmaj7 chord, 90 bpm", "horn Fmaj7 chord"),
    ("a Cm7 chord on a harp", "a Cm7 chord on a harp"), ("waltz in 6/8 time", "waltz in 6/8 time"),
    ("in A minor, 90 bpm", "in A minor, 90 bpm"), ("a minor problem", "a minor problem"), ("two  gaps", "two  gaps"),
  ])
  func whatIsLeftIsTheCaption(prompt: String, caption: String) { #expect(PromptMusic(prompt).caption == caption) }

  @Test func whoCannotBeToldAnOctaveIsToldTheNote() {
    #expect(PromptMusic("Long B2 on an organ, 60 bpm").captionWithNote == "Long B2 on an organ")
    #expect(PromptMusic("a harp in A minor").captionWithNote == "a harp")
  }

  /// Each of these took minutes, or would never have ended.
}
