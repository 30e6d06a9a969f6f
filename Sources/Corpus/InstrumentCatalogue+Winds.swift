extension InstrumentCatalogue {
  static let brass: [Instrument] = [
    Instrument(
      "trumpet", 56, family: .brass, range: 54...84, uses: .single, aliases: ["solo trumpet"], tones: ["brassy"],
      weight: 1.6),
    Instrument(
      "trombone", 57, family: .brass, range: 40...70, uses: .single, aliases: ["solo trombone", "slide trombone"],
      tones: ["brassy"], weight: 1.2),
    Instrument(
      "tuba", 58, family: .brass, range: 29...55, uses: [.note, .melody, .bass], aliases: ["brass tuba"],
      tones: ["deep"]),
    Instrument(
      "muted trumpet", 59, family: .brass, range: 54...82, uses: .single,
      aliases: ["muted jazz trumpet"],
      tones: ["nasal"]),
    Instrument(
      "french horn", 60, family: .brass, range: 41...74, uses: .singing.union(.chord),
      aliases: ["horn", "orchestral horn"], tones: ["noble", "round"], weight: 1.3),
    Instrument(
      "brass section", 61, family: .brass, range: 43...80, uses: [.note, .chord, .progression, .melody, .riff],
      aliases: ["brass", "horn section", "horns", "brass ensemble"], tones: ["punchy"], weight: 1.4),
    Instrument(
      "synth brass", 62, 63, family: .brass, range: 43...80, uses: [.note, .chord, .progression, .melody, .riff],
      aliases: ["synth horns", "analog brass synth"], tones: ["eighties"], weight: 1.3),
  ]

  static let winds: [Instrument] = [
    Instrument(
      "soprano sax", 64, family: .reed, range: 56...86, uses: .single, aliases: ["soprano saxophone"], tones: ["reedy"]),
    Instrument(
      "alto sax", 65, family: .reed, range: 49...80, uses: .single, aliases: ["alto saxophone", "saxophone", "sax"],
      weight: 1.4),
    Instrument(
      "tenor sax", 66, family: .reed, range: 44...76, uses: .single, aliases: ["tenor saxophone", "saxophone"],
      tones: ["smoky"], weight: 1.4),
    Instrument(
      "baritone sax", 67, family: .reed, range: 36...68, uses: .single, aliases: ["baritone saxophone", "bari sax"],
      tones: ["gruff"]),
    Instrument("oboe", 68, family: .reed, range: 58...88, uses: .singing, aliases: ["solo oboe"], tones: ["nasal"]),
    Instrument("english horn", 69, family: .reed, range: 52...80, uses: .singing, aliases: ["cor anglais"]),
    Instrument(
      "bassoon", 70, family: .reed, range: 34...69, uses: .single, aliases: ["solo bassoon"], tones: ["reedy"]),
    Instrument(
      "clarinet", 71, family: .reed, range: 50...88, uses: .single, aliases: ["solo clarinet"], tones: ["woody"],
      weight: 1.4),
    Instrument(
      "piccolo", 72, family: .wind, range: 74...100, uses: .singing, aliases: ["piccolo flute"], tones: ["shrill"]),
    Instrument(
      "flute", 73, family: .wind, range: 60...93, uses: .single, aliases: ["concert flute", "solo flute"],
      tones: ["breathy", "airy"], weight: 1.6),
    Instrument(
      "recorder", 74, family: .wind, range: 60...88, uses: .single, aliases: ["wooden recorder"], tones: ["pure"]),
    Instrument(
      "pan flute", 75, family: .wind, range: 60...88, uses: .singing, aliases: ["pan pipes", "panpipe"],
      tones: ["breathy", "airy"], weight: 1.1),
    Instrument(
      "blown bottle", 76, family: .wind, range: 55...84, uses: [.note, .chord, .melody], aliases: ["bottle flute"],
      tones: ["breathy", "hollow"], weight: 0.6),
    Instrument(
      "shakuhachi", 77, family: .wind, range: 55...84, uses: .singing, aliases: ["Japanese bamboo flute"],
      tones: ["breathy"]),
    Instrument("whistle", 78, family: .wind, range: 67...91, uses: .singing, aliases: ["whistling"], tones: ["pure"]),
    Instrument(
      "ocarina", 79, family: .wind, range: 60...88, uses: .singing, aliases: ["clay ocarina"], tones: ["pure"]),
    Instrument(
      "bagpipe", 109, family: .world, range: 57...79, uses: .singing, aliases: ["bagpipes", "Highland bagpipes"],
      tones: ["droning"], weight: 0.8),
    Instrument(
      "shanai", 111, family: .world, range: 57...81, uses: .singing, aliases: ["shehnai"], tones: ["nasal"],
      weight: 0.6),
  ]
}
