extension InstrumentCatalogue {
  static let guitars: [Instrument] = [
    Instrument(
      "nylon guitar", 24, family: .guitar, range: 40...79, uses: .everything,
      aliases: [
        "classical guitar", "nylon-string guitar", "Spanish guitar", "gut-string guitar", "Latin guitar",
        "fingerpicked classical guitar", "bossa guitar",
      ], tones: ["warm", "rounded"],
      decays: true,
      weight: 2),
    Instrument(
      "acoustic guitar", 25, family: .guitar, range: 40...79, uses: .everything,
      aliases: [
        "steel-string guitar", "folk guitar", "steel string acoustic guitar", "campfire guitar", "strummed guitar",
        "dreadnought guitar", "western guitar",
      ], tones: ["bright", "woody"],
      decays: true, weight: 2.5),
    Instrument(
      "jazz guitar", 26, family: .guitar, range: 40...79, uses: .everything,
      aliases: ["archtop guitar", "hollow-body guitar", "jazz box", "semi-acoustic guitar", "warm electric guitar"],
      tones: ["mellow", "round"], decays: true, weight: 1.4),
    Instrument(
      "clean electric guitar", 27, family: .guitar, range: 40...81, uses: .everything,
      aliases: [
        "clean guitar", "electric guitar", "clean electric", "Fender guitar", "single-coil guitar", "clean-tone guitar",
        "electric six-string",
      ], tones: ["clean"], decays: true, weight: 2),
    Instrument(
      "muted guitar", 28, family: .guitar, range: 40...67, uses: .single.union(.arpeggio),
      aliases: [
        "palm-muted guitar", "muted electric guitar", "damped guitar", "chugging guitar", "muted guitar strings",
      ], tones: ["tight"], decays: true, weight: 1.1),
    Instrument(
      "overdriven guitar", 29, family: .guitar, range: 40...79, uses: [.note, .chord, .progression, .melody, .riff],
      aliases: [
        "crunchy guitar", "overdrive guitar", "gritty electric guitar", "blues-rock guitar", "tube amp guitar",
        "crunch guitar", "rock guitar",
      ], tones: ["gritty"], weight: 1.6),
    Instrument(
      "distortion guitar", 30, family: .guitar, range: 38...79, uses: [.note, .chord, .progression, .melody, .riff],
      aliases: [
        "distorted guitar", "heavy guitar", "high-gain guitar", "metal guitar", "fuzz guitar", "hard rock guitar",
        "screaming lead guitar", "grunge guitar",
      ],
      tones: ["aggressive", "fuzzy"],
      weight: 1.7),
    Instrument(
      "guitar harmonics", 31, family: .guitar, range: 52...79, uses: [.note, .melody],
      aliases: ["natural guitar harmonics", "flageolet guitar"],
      tones: ["glassy"], decays: true, weight: 0.4, soundingOffset: 24),
    Instrument(
      "sitar", 104, family: .world, range: 48...77, uses: .single.union(.arpeggio),
      aliases: [
        "Indian sitar", "Hindustani sitar", "Bollywood sitar", "Indian plucked strings", "Indian string instrument",
      ],
      tones: ["buzzing", "droning"], decays: true),
    Instrument(
      "banjo", 105, family: .world, range: 50...76, uses: .plucked,
      aliases: [
        "bluegrass banjo", "five-string banjo", "Appalachian banjo", "clawhammer banjo", "Dixieland banjo",
        "country banjo",
      ],
      tones: ["twangy", "bright"], decays: true, weight: 1.2),
    Instrument(
      "shamisen", 106, family: .world, range: 50...79, uses: .single,
      aliases: ["Japanese shamisen", "samisen", "Japanese three-string", "sanxian", "kabuki shamisen"],
      tones: ["twangy"],
      decays: true, weight: 0.8),
    Instrument(
      "koto", 107, family: .world, range: 48...84, uses: .plucked,
      aliases: ["Japanese koto", "Japanese harp", "gayageum", "Asian plucked strings", "Japanese strings"],
      tones: ["plucky"],
      decays: true),
  ]

  static let basses: [Instrument] = [
    Instrument(
      "upright bass", 32, family: .bass, range: 28...55, uses: .low,
      aliases: ["acoustic bass", "plucked double bass", "double bass", "string bass", "jazz bass", "rockabilly bass"],
      tones: ["woody", "warm"], decays: true, weight: 1.4),
    Instrument(
      "bass guitar", 33, family: .bass, range: 28...57, uses: .low,
      aliases: [
        "electric bass", "fingered bass", "finger bass", "fingerstyle bass", "Fender bass", "Motown bass",
        "four-string bass",
      ], tones: ["round"], decays: true, weight: 1.8),
    Instrument(
      "picked bass", 34, family: .bass, range: 28...57, uses: .low,
      aliases: ["pick bass", "picked bass guitar", "plectrum bass", "punk bass", "bass played with a pick"],
      tones: ["punchy"], decays: true, weight: 1.2),
    Instrument(
      "fretless bass", 35, family: .bass, range: 28...57, uses: .low.union(.melody),
      aliases: ["fretless bass guitar", "singing bass", "gliding fretless"],
      tones: ["smooth"], weight: 1.1),
    Instrument(
      "slap bass", 36, 37, family: .bass, range: 28...57, uses: .low,
      aliases: ["slapped bass", "funk slap bass", "thumb-slapped bass", "slap and pop bass", "popping bass"],
      tones: ["funky", "punchy"], decays: true, weight: 1.3),
    Instrument(
      "synth bass", 38, 39, family: .bass, range: 28...55, uses: .low,
      aliases: [
        "bass synth", "analog synth bass", "analog bass", "electronic bass", "acid bass", "techno bass",
        "monosynth bass",
      ],
      tones: ["electronic", "fat"], decays: true, weight: 1.8),
  ]

  static let strings: [Instrument] = [
    Instrument(
      "violin", 40, family: .strings, range: 55...93, uses: .single,
      aliases: ["solo violin", "concert violin", "bowed violin", "classical violin", "gypsy violin"], weight: 1.6),
    Instrument(
      "viola", 41, family: .strings, range: 48...81, uses: .singing,
      aliases: ["solo viola", "bowed viola", "alto violin", "dark viola"]),
    Instrument(
      "cello", 42, family: .strings, range: 36...72, uses: .single,
      aliases: ["solo cello", "violoncello", "bowed cello", "romantic cello", "classical cello"],
      tones: ["rich"], weight: 1.5),
    Instrument(
      "contrabass", 43, family: .strings, range: 28...55, uses: [.note, .bass],
      aliases: ["bowed double bass", "arco bass", "bowed bass", "orchestral double bass"],
      tones: ["dark"], weight: 0.8),
    Instrument(
      "fiddle", 110, family: .strings, range: 55...88, uses: .single,
      aliases: [
        "folk fiddle", "country fiddle", "Irish fiddle", "bluegrass fiddle", "Celtic fiddle", "barn dance fiddle",
      ],
      weight: 0.9),
    Instrument(
      "tremolo strings", 44, family: .strings, range: 43...86, uses: .slow,
      aliases: ["tremolo violins", "trembling strings", "shivering strings", "suspense strings"],
      tones: ["tense"]),
    Instrument(
      "pizzicato strings", 45, family: .strings, range: 40...86, uses: [.note, .chord, .arpeggio, .melody, .riff],
      aliases: ["plucked strings", "pizzicato", "plucked violins", "pizz strings"], tones: ["plucky"], decays: true,
      weight: 1.2),
    Instrument(
      "harp", 46, family: .strings, range: 36...88, uses: .plucked.union(.progression),
      aliases: ["concert harp", "orchestral harp", "pedal harp", "Celtic harp", "lever harp", "angelic harp"],
      tones: ["shimmering", "glistening"], decays: true, weight: 1.6),
    Instrument(
      "string ensemble", 48, 49, family: .strings, range: 40...88, uses: .slow.union(.melody),
      aliases: [
        "strings", "string section", "orchestral strings", "string orchestra", "philharmonic strings", "massed strings",
        "bowed strings", "chamber strings", "violins and cellos",
      ], tones: ["lush"], weight: 2.2),
    Instrument(
      "synth strings", 50, 51, family: .strings, range: 43...84, uses: .slow.union(.melody),
      aliases: ["string machine", "analog strings", "disco strings", "electronic strings", "Mellotron strings"],
      tones: ["lush", "electronic"], weight: 1.2),
  ]

  static let voices: [Instrument] = [
    Instrument(
      "choir", 52, family: .voice, range: 43...79, uses: .slow.union(.melody),
      aliases: [
        "vocal choir", "choir aahs", "mixed choir", "gospel choir", "church choir", "chorus of voices",
        "Gregorian choir", "vocal ensemble", "people singing",
      ], tones: ["airy", "solemn"], weight: 1.8),
    Instrument(
      "voice oohs", 53, family: .voice, range: 45...79, uses: .slow.union(.melody),
      aliases: [
        "vocal oohs", "wordless voice", "humming voice", "soft vocals", "humming vocals", "ooh voices",
        "wordless singing",
      ], tones: ["airy"]),
    Instrument(
      "synth voice", 54, family: .voice, range: 48...79, uses: .slow.union(.melody),
      aliases: ["synth vox", "synth choir", "robot voice", "electronic voice", "vocal synth"],
      tones: ["artificial"], weight: 0.8),
    Instrument(
      "orchestra hit", 55, family: .strings, range: 48...72, uses: .note,
      aliases: ["orchestral hit", "orchestra stab", "tutti hit", "orchestral blast"], tones: ["dramatic"], decays: true,
      weight: 0.5, soundingOffset: nil
    ),
  ]
}
