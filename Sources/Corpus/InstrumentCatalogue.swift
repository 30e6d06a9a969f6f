/// The instruments that the corpus plays: General MIDI without its sound effects, and without the programs that sound
/// fifths with every key, which would make a chord another than its name.
enum InstrumentCatalogue {
  static let all: [Instrument] = keys + mallets + organs + guitars + basses + strings + voices + brass + winds + synths

  /// - Precondition: the catalogue holds the name; names come from this module's own tables, which a test checks.
  static func named(_ name: String) -> Instrument {
    guard let instrument = byName[name] else { preconditionFailure("No instrument is called \(name)") }
    return instrument
  }

  static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  static let keys: [Instrument] = [
    Instrument(
      "piano", 0, family: .keys, range: 33...93, uses: .everything,
      aliases: [
        "grand piano", "acoustic piano", "acoustic grand piano", "concert grand", "upright piano",
        "hammered piano strings", "Steinway", "keyboard",
      ], decays: true, weight: 4),
    Instrument(
      "bright piano", 1, family: .keys, range: 36...93, uses: .everything,
      aliases: ["bright acoustic piano", "pop piano", "brilliant piano", "studio piano", "rock piano"], decays: true),
    Instrument(
      "honky-tonk piano", 3, family: .keys, range: 36...88, uses: .everything,
      aliases: [
        "saloon piano", "detuned old piano", "honky tonk piano", "barrelhouse piano", "ragtime piano",
        "out-of-tune piano", "tack piano",
      ], decays: true, weight: 0.8),
    Instrument(
      "electric piano", 4, family: .keys, range: 38...86, uses: .everything,
      aliases: [
        "Rhodes", "e-piano", "Rhodes piano", "electric piano", "Fender Rhodes", "suitcase piano", "tine piano",
        "seventies electric piano", "soul keyboard",
      ], tones: ["warm", "mellow"], decays: true,
      weight: 3),
    Instrument(
      "FM electric piano", 5, family: .keys, range: 40...88, uses: .everything,
      aliases: [
        "FM e-piano", "digital electric piano", "DX electric piano", "synth piano", "eighties ballad piano",
        "crystal electric piano",
      ], tones: ["glassy", "eighties"],
      decays: true, weight: 1.5),
    Instrument(
      "harpsichord", 6, family: .keys, range: 41...86, uses: .everything,
      aliases: ["baroque harpsichord", "cembalo", "clavecin", "virginal", "plucked keyboard"],
      tones: ["bright", "plucky"], decays: true, weight: 1.3),
    Instrument(
      "clavinet", 7, family: .keys, range: 40...80, uses: .everything,
      aliases: ["clav", "electric clavinet", "funk keyboard", "electric clavichord", "clavi"],
      tones: ["funky", "percussive"], decays: true, weight: 1.2),
  ]

  static let mallets: [Instrument] = [
    Instrument(
      "celesta", 8, family: .mallets, range: 60...96, uses: .plucked,
      aliases: ["celeste", "bell piano", "sugar-plum celesta", "keyboard bells"],
      tones: ["chiming", "sparkling"], decays: true),
    Instrument(
      "glockenspiel", 9, family: .mallets, range: 72...100, uses: .plucked,
      aliases: ["glock", "orchestra bells", "bell lyre", "small metal bars", "metallophone"],
      tones: ["bright", "sparkling"], decays: true),
    Instrument(
      "music box", 10, family: .mallets, range: 60...91, uses: .plucked,
      aliases: ["toy music box", "wind-up music box", "musical box", "lullaby box", "clockwork toy chime"],
      tones: ["tinkling", "dreamy"], decays: true, weight: 1.2),
    Instrument(
      "vibraphone", 11, family: .mallets, range: 53...86, uses: .everything,
      aliases: ["vibes", "jazz vibraphone", "metal mallets", "jazz vibes", "vibe keys"],
      tones: ["mellow", "shimmering"], decays: true, weight: 1.4),
    Instrument(
      "marimba", 12, family: .mallets, range: 45...86, uses: .plucked,
      aliases: ["wooden marimba", "wooden mallets", "wooden bars", "African marimba", "rosewood mallets"],
      tones: ["woody", "warm"], decays: true, weight: 1.4),
    Instrument(
      "xylophone", 13, family: .mallets, range: 62...98, uses: .single.union(.arpeggio),
      aliases: ["wooden xylophone", "dry wooden mallets", "toy xylophone", "wooden sticks on bars"],
      tones: ["bright", "dry"], decays: true),
    Instrument(
      "tubular bells", 14, family: .mallets, range: 57...79, uses: [.note, .chord, .melody],
      aliases: ["chimes", "orchestral chimes", "church bells", "tower bells", "tolling bells", "bells"],
      tones: ["ringing"], decays: true, weight: 0.8),
    Instrument(
      "dulcimer", 15, family: .mallets, range: 50...84, uses: .plucked,
      aliases: ["hammered dulcimer", "santur", "hammered strings", "yangqin", "struck strings", "hackbrett"],
      tones: ["jangling"], decays: true, weight: 0.8),
    Instrument(
      "kalimba", 108, family: .mallets, range: 55...86, uses: .plucked,
      aliases: ["thumb piano", "mbira", "finger piano", "African thumb piano", "plucked metal tines", "sansa"],
      tones: ["plucky", "wooden"], decays: true, weight: 1.1),
    Instrument(
      "steel drums", 114, family: .mallets, range: 54...84, uses: .plucked,
      aliases: [
        "steelpan", "steel pan", "Trinidad steel pan", "Caribbean pan", "tuned steel drum", "island steel drum",
      ],
      tones: ["Caribbean", "tropical"], decays: true),
    Instrument(
      "timpani", 47, family: .mallets, range: 38...57, uses: [.note, .riff],
      aliases: ["kettledrums", "orchestral timpani", "kettle drum", "orchestral kettledrums"],
      tones: ["booming"], decays: true, weight: 0.8),
  ]

  static let organs: [Instrument] = [
    Instrument(
      "organ", 16, family: .organ, range: 41...88, uses: .everything,
      aliases: [
        "Hammond organ", "drawbar organ", "tonewheel organ", "electric organ", "gospel organ", "soul organ",
        "combo organ",
      ], weight: 1.7),
    Instrument(
      "percussive organ", 17, family: .organ, range: 43...88, uses: .everything,
      aliases: ["percussive Hammond organ", "jazz organ", "lounge organ", "clicky organ", "organ with percussion"],
      weight: 0.8),
    Instrument(
      "rock organ", 18, family: .organ, range: 41...88, uses: .everything,
      aliases: ["rotary organ", "rock Hammond organ", "Leslie organ", "overdriven organ", "prog-rock organ"]),
    Instrument(
      "church organ", 19, family: .organ, range: 36...86, uses: [.note, .chord, .progression, .melody],
      aliases: ["pipe organ", "cathedral organ", "great organ", "chapel organ", "organ pipes", "cathedral pipes"],
      tones: ["grand", "majestic"], weight: 1.2),
    Instrument(
      "reed organ", 20, family: .organ, range: 41...84, uses: [.note, .chord, .progression, .melody],
      aliases: ["harmonium", "pump organ", "foot-pumped organ", "parlour organ", "Indian harmonium"], tones: ["reedy"],
      weight: 0.8),
    Instrument(
      "accordion", 21, family: .organ, range: 48...88, uses: .everything,
      aliases: [
        "squeezebox", "French accordion", "piano accordion", "button accordion", "musette accordion", "bellows box",
        "folk accordion",
      ],
      tones: ["reedy"], weight: 1.2),
    Instrument(
      "harmonica", 22, family: .reed, range: 60...86, uses: .single,
      aliases: ["blues harp", "mouth harp", "mouth organ", "blues harmonica", "chromatic harmonica"],
      tones: ["bluesy", "reedy"], weight: 1.1),
    Instrument(
      "bandoneon", 23, family: .organ, range: 48...86, uses: [.note, .chord, .progression, .melody],
      aliases: ["tango accordion", "Argentine bandoneon", "tango squeezebox", "bandonion"], tones: ["reedy"],
      weight: 0.8),
  ]
}
