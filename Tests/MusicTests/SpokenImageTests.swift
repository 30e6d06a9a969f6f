import Music
import Testing

@Suite("What prompts say of left, right, and width")
struct SpokenImageTests {
  @Test(
    "A place is read, and leaves the caption",
    arguments: [
      ("warm synth pad panned left", -0.7, "warm synth pad"),
      ("guitar, panned hard right, 90 bpm", 1, "guitar, 90 bpm"),
      ("snare, left", -0.7, "snare"), ("hi-hat, slightly right", 0.35, "hi-hat"), ("shaker hard left", -1, "shaker"),
      ("a violin on the left", -0.7, "a violin"), ("piano on the right with reverb", 0.7, "piano with reverb"),
      ("cello from the right hand side", 0.7, "cello"), ("bass in the centre", 0, "bass"),
      ("bass in the center, dark", 0, "bass, dark"), ("kick, centred", 0, "kick"), ("kick, dead center", 0, "kick"),
      ("organ in the left channel", -0.7, "organ"), ("flute, right channel only", 0.7, "flute"),
      ("tabla panned 30% left", -0.3, "tabla"), ("Panned to the far right: a harp", 1, "a harp"),
      ("drums panned left and slow", -0.7, "drums and slow"), ("tuba and panned center", 0, "tuba"),
    ])
  func places(prompt: String, pan: Double, caption: String) throws {
    let image = SpokenImage(prompt)
    #expect(abs(try #require(image.pan) - pan) < 1e-9 && image.text == caption)
    #expect(image.width == nil && !image.isMono && image.remarks.isEmpty)
  }

  @Test(
    "A width is read, and leaves the caption",
    arguments: [
      ("pad, wide", 1.5, "pad"), ("a wide synth pad", 1.5, "a synth pad"), ("wide, warm strings", 1.5, "warm strings"),
      ("wide and lush choir", 1.5, "lush choir"), ("organ with a wide stereo image", 1.5, "organ"),
      ("very wide analog strings", 2, "analog strings"), ("narrow stereo pad", 0.5, "pad"),
      ("choir, narrow", 0.5, "choir"),
      ("saw lead, stereo wide", 1.5, "saw lead"), ("wide detuned saw lead", 1.5, "detuned saw lead"),
      ("wide 808 snare drum", 1.5, "808 snare drum"), ("guitars panned wide", 1.5, "guitars"),
      ("strings with a wide soundstage and reverb", 1.5, "strings and reverb"),
    ])
  func widths(prompt: String, width: Double, caption: String) {
    let image = SpokenImage(prompt)
    #expect(image.width == width && image.text == caption && image.pan == nil && image.remarks.isEmpty)
  }

  @Test("One channel is read where it is meant", arguments: ["piano, mono", "piano in mono", "piano, mono recording"])
  func mono(prompt: String) {
    let image = SpokenImage(prompt)
    #expect(image.isMono && image.text == "piano" && image.width == nil)
  }

  @Test(
    "Ordinary words are no place and no width",
    arguments: [
      "right hand piano", "left hand stride piano", "left-hand bass line", "wide open reverb guitar",
      "wide vibrato violin",
      "wide range piano", "narrow band noise", "a wide variety of bells", "the right sound for a piano", "just right",
      "all right piano", "nothing left but a drone", "right now", "Right, a piano", "a piano, right?",
      "mono synth bass",
      "monophonic lead", "mono lead", "wide intervals on a flute", "wide voiced piano chords", "wide-eyed flute",
      "on the right track", "turn left at the bridge", "centre stage choir", "in the left ventricle a heartbeat",
      "world wide beat", "a street ten feet wide", "pan flute", "pan pipes, in the Andes", "frying pan hit",
      "piano in the middle of a storm", "narrow passage, footsteps", "left behind, a sad song",
      "wide chords on an organ",
    ])
  func ordinary(prompt: String) {
    let image = SpokenImage(prompt)
    #expect(image.isEmpty && image.text == prompt && image.remarks.isEmpty, "\(image)")
  }

  @Test("Two places are none, and what moves is not heard: both are said")
  func remarks() {
    let two = SpokenImage("guitar on the left and drums on the right")
    #expect(two.isEmpty && two.text == "guitar on the left and drums on the right" && two.remarks.count == 1)
    let moving = SpokenImage("siren panning left to right")
    #expect(moving.isEmpty && moving.remarks.count == 1 && moving.remarks[0].contains("panning left to right"))
    #expect(
      SpokenImage("a pad, wide, then narrow strings").remarks == ["the prompt says wide and narrow: wide is taken"])
    #expect(SpokenImage("a wide pad in mono").remarks == ["the prompt says wide and mono: mono is taken"])
  }

  @Test("What is mono and has a place lies there; a prompt of nothing else stays")
  func together() {
    let image = SpokenImage("vinyl loop in mono, hard left")
    #expect(image.pan == -1 && image.width == 0 && !image.isMono && image.text == "vinyl loop")
    let both = SpokenImage("a wide pad on the left")
    #expect(both.pan == -0.7 && both.width == 1.5 && both.text == "a pad")
    #expect(SpokenImage("panned left").text == "panned left" && SpokenImage("panned left").pan == -0.7)
    #expect(SpokenImage("").isEmpty)
  }
}
