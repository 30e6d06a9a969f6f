extension InstrumentCatalogue {
  static let synths: [Instrument] = leads + pads

  static let leads: [Instrument] = [
    Instrument(
      "square lead", 80, family: .lead, range: 48...91, uses: .single.union(.arpeggio),
      aliases: [
        "square wave synth", "square synth lead", "chiptune lead", "video game lead", "pulse wave lead", "arcade synth",
      ], tones: ["electronic", "retro"], weight: 1.6),
    Instrument(
      "saw lead", 81, family: .lead, range: 45...91, uses: .everything,
      aliases: ["sawtooth lead", "saw synth", "sawtooth synth", "trance lead", "analog lead", "rave synth"],
      tones: ["buzzy", "electronic"], weight: 1.8),
    Instrument(
      "calliope lead", 82, family: .lead, range: 55...88, uses: .single,
      aliases: ["calliope synth", "steam organ synth", "fairground organ", "circus organ", "steam calliope"],
      tones: ["airy"], weight: 0.7),
    Instrument(
      "charang lead", 84, family: .lead, range: 45...84, uses: .single,
      aliases: ["charang synth", "distorted synth lead", "guitar synth", "fuzz synth"],
      tones: ["gritty"], weight: 0.7),
    Instrument(
      "bass lead", 87, family: .lead, range: 33...72, uses: [.note, .riff, .bass],
      aliases: ["bass and lead synth", "fat mono synth", "thick synth lead"],
      tones: ["fat", "electronic"], weight: 0.7),
  ]

  static let pads: [Instrument] = [
    Instrument(
      "new age pad", 88, family: .pad, range: 48...84, uses: .slow.union(.arpeggio),
      aliases: ["fantasia pad", "bell pad", "meditation pad", "sparkling bell pad"],
      tones: ["dreamy", "shimmering"], weight: 1.1),
    Instrument(
      "warm pad", 89, family: .pad, range: 43...79, uses: .slow,
      aliases: ["warm synth pad", "analog pad", "soft pad", "lush synth pad", "mellow synth pad"],
      tones: ["warm", "smooth"], weight: 1.8),
    Instrument(
      "polysynth", 90, family: .lead, range: 45...84, uses: .everything,
      aliases: ["poly synth", "polysynth keys", "eighties synth", "analog polysynth", "synth keyboard"],
      tones: ["bright", "eighties"], weight: 1.5),
    Instrument(
      "choir pad", 91, family: .pad, range: 45...79, uses: .slow,
      aliases: ["vocal pad", "synth choir pad", "angelic voice pad", "heavenly voices", "space choir"],
      tones: ["ethereal", "airy"], weight: 1.1),
    Instrument(
      "bowed pad", 92, family: .pad, range: 48...82, uses: .slow,
      aliases: ["bowed glass pad", "glass pad", "singing glasses", "bowed glass"],
      tones: ["glassy"], weight: 0.9),
    Instrument(
      "metallic pad", 93, family: .pad, range: 45...82, uses: .slow,
      aliases: ["metal synth pad", "industrial pad", "ringing metal pad"], tones: ["metallic"],
      weight: 0.8),
    Instrument(
      "halo pad", 94, family: .pad, range: 45...82, uses: .slow,
      aliases: ["halo synth pad", "celestial pad", "angel pad"], tones: ["ethereal"],
      weight: 0.9),
    Instrument(
      "sweep pad", 95, family: .pad, range: 43...79, uses: .slow,
      aliases: ["sweeping synth pad", "filter sweep pad", "resonant sweep", "swooshing pad"],
      tones: ["sweeping", "evolving"]),
    Instrument(
      "crystal synth", 98, family: .mallets, range: 55...91, uses: .plucked,
      aliases: ["crystal bell synth", "ice bells", "glass bells", "digital bells"],
      tones: ["crystalline", "glassy"], decays: true, weight: 0.9),
    Instrument(
      "atmosphere synth", 99, family: .pad, range: 45...84, uses: .slow.union(.arpeggio),
      aliases: ["atmospheric synth", "plucked atmosphere pad", "nylon pad", "misty synth"], tones: ["atmospheric"],
      weight: 0.8),
    Instrument(
      "brightness pad", 100, family: .pad, range: 48...84, uses: .slow,
      aliases: ["bright synth pad", "shiny pad", "shiny bright synth"],
      tones: ["bright"],
      weight: 0.7),
  ]
}
