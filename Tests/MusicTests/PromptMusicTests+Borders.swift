import Music
import Testing

extension PromptMusicTests {
  @Test(arguments: [
    String(repeating: "C ", count: 6000), String(repeating: "C--", count: 4000) + "X",
    String(repeating: "C-", count: 6000),
    String(repeating: "C-", count: 6000) + "X", "C" + String(repeating: "m", count: 12_000),
    "C" + String(repeating: "7", count: 12_000), "a" + String(repeating: ")", count: 12_000),
    String(repeating: "c4, ", count: 3000), String(repeating: "Do ", count: 4000),
    String(repeating: "over ", count: 2400),
    "C" + String(repeating: "#", count: 12_000), String(repeating: "Am/", count: 4000),
  ])
  func longPromptsAreReadAtOnce(prompt: String) {
    let start = ContinuousClock.now
    _ = PromptMusic(prompt)
    _ = PromptMusic.remarks(on: prompt)
    _ = PromptMusic.spellings(in: prompt)
    #expect(ContinuousClock.now - start < .seconds(30), "\(prompt.prefix(8))")
  }

  /// Ordinary words that look like music, and music that is none of this.
  @Test(arguments: [
    "", "a minor problem with the engine", "A minor problem with the engine", "it is in a minor way sad",
    "in a major hurry", "a major seventh", "A major chord change in my life", "I am a bee", "in a big room",
    "In a dark place", "a piano in C-shaped hall", "AM radio over AM waves", "over a mountain", "over a bed of ash",
    "over Dad", "808 kick", "a kick, 120", "17 bpm", "1000 bpm", "909 and 303", "50/50 mix", "1/2 speed", "24/7",
    "notes C5 E5 G5", "learn your A B C", "C4 E4 G4", "A4 paper", "A7 on a motorway", "C4 to E4 on a piano",
    "piano note", "a note on a4 paper", "a4 paper on a desk", "playing a b3 organ", "C note", "C44 note", "B2B note",
    "low note, H4",
    "minor", "major", "in key", "the key of life", "in the key of a song", "bpm", "tempo", "fast tempo",
    "at tempo rubato",
    "chords", "chords played softly", "chords am radio", "chord change", "in minor", "in a minor key",
    "drums in 4", "Be a dab", "cab Fab Gab", "in A new light", "in Eden", "in D-major-like",
    "a minor seventh chord drop", "12-bar blues", "chocolate bars", "a bar", "seconds", "second violin", "bars",
    "in a flat",
    "A flat sound", "a sharp knife", "sharp and flat", "the key: none", "chords Es ist kalt", "over La",
    "bpm, 12 voices",
    "split second", "first 2 violins", "bars: none", "prison bars, 8 of them", "8bit", "80s synth",
  ])
  func ordinaryWordsAreNot(prompt: String) {
    let music = PromptMusic(prompt)
    #expect(music.isEmpty, "\(prompt): \(music)")
  }
}
