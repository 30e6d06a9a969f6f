extension InstrumentCatalogue {
  static let brass: [Instrument] = [
    Instrument(
      "trumpet", 56, family: .brass, range: 54...84, uses: .single,
      aliases: ["solo trumpet", "jazz trumpet", "mariachi trumpet", "military trumpet", "herald trumpet"],
      tones: ["brassy"],
      weight: 1.6),
    Instrument(
      "trombone", 57, family: .brass, range: 40...70, uses: .single,
      aliases: ["solo trombone", "slide trombone", "tenor trombone", "sackbut", "big band trombone"],
      tones: ["brassy"], weight: 1.2),
    Instrument(
      "tuba", 58, family: .brass, range: 29...55, uses: [.note, .melody, .bass],
      aliases: ["brass tuba", "bass tuba", "oompah tuba", "marching band tuba", "low brass horn"],
      tones: ["deep"]),
    Instrument(
      "muted trumpet", 59, family: .brass, range: 54...82, uses: .single,
      aliases: ["muted jazz trumpet", "trumpet with a mute", "Harmon-muted trumpet", "wah-wah trumpet"],
      tones: ["nasal"]),
    Instrument(
      "french horn", 60, family: .brass, range: 41...74, uses: .singing.union(.chord),
      aliases: ["horn", "orchestral horn", "hunting horn", "waldhorn", "alpine horn"], tones: ["noble", "round"],
      weight: 1.3),
    Instrument(
      "brass section", 61, family: .brass, range: 43...80, uses: [.note, .chord, .progression, .melody, .riff],
      aliases: [
        "brass", "horn section", "horns", "brass ensemble", "big band brass", "brass band", "soul horns",
        "orchestral brass", "trumpets and trombones",
      ], tones: ["punchy"], weight: 1.4),
    Instrument(
      "synth brass", 62, 63, family: .brass, range: 43...80, uses: [.note, .chord, .progression, .melody, .riff],
      aliases: ["synth horns", "analog brass synth", "analog brass", "eighties brass", "electronic brass"],
      tones: ["eighties"], weight: 1.3),
  ]

  static let winds: [Instrument] = [
    Instrument(
      "soprano sax", 64, family: .reed, range: 56...86, uses: .single,
      aliases: ["soprano saxophone", "soprano saxophone solo", "straight saxophone"], tones: ["reedy"]),
    Instrument(
      "alto sax", 65, family: .reed, range: 49...80, uses: .single,
      aliases: ["alto saxophone", "saxophone", "sax", "jazz sax", "bebop sax"],
      weight: 1.4),
    Instrument(
      "tenor sax", 66, family: .reed, range: 44...76, uses: .single,
      aliases: ["tenor saxophone", "saxophone", "smoky saxophone", "jazz tenor"],
      tones: ["smoky"], weight: 1.4),
    Instrument(
      "baritone sax", 67, family: .reed, range: 36...68, uses: .single,
      aliases: ["baritone saxophone", "bari sax", "low sax", "big baritone saxophone"],
      tones: ["gruff"]),
    Instrument(
      "oboe", 68, family: .reed, range: 58...88, uses: .singing,
      aliases: ["solo oboe", "hautbois", "orchestral oboe", "double-reed oboe"], tones: ["nasal"]),
    Instrument(
      "english horn", 69, family: .reed, range: 52...80, uses: .singing,
      aliases: ["cor anglais", "alto oboe", "tenor oboe"]),
    Instrument(
      "bassoon", 70, family: .reed, range: 34...69, uses: .single,
      aliases: ["solo bassoon", "low double reed", "dulcian", "orchestral bassoon"], tones: ["reedy"]),
    Instrument(
      "clarinet", 71, family: .reed, range: 50...88, uses: .single,
      aliases: ["solo clarinet", "klezmer clarinet", "licorice stick", "orchestral clarinet"], tones: ["woody"],
      weight: 1.4),
    Instrument(
      "piccolo", 72, family: .wind, range: 74...100, uses: .singing,
      aliases: ["piccolo flute", "small flute", "octave flute", "marching band piccolo"], tones: ["shrill"]),
    Instrument(
      "flute", 73, family: .wind, range: 60...93, uses: .single,
      aliases: [
        "concert flute", "solo flute", "orchestral flute", "silver flute", "wooden flute", "classical flute",
        "Irish flute",
      ],
      tones: ["breathy", "airy"], weight: 1.6),
    Instrument(
      "recorder", 74, family: .wind, range: 60...88, uses: .single,
      aliases: ["wooden recorder", "block flute", "baroque recorder", "school recorder"], tones: ["pure"]),
    Instrument(
      "pan flute", 75, family: .wind, range: 60...88, uses: .singing,
      aliases: ["pan pipes", "panpipe", "Andean flute", "zampona", "syrinx"],
      tones: ["breathy", "airy"], weight: 1.1),
    Instrument(
      "blown bottle", 76, family: .wind, range: 55...84, uses: [.note, .chord, .melody],
      aliases: ["bottle flute", "bottle blow", "jug", "blown jug"],
      tones: ["breathy", "hollow"], weight: 0.6),
    Instrument(
      "shakuhachi", 77, family: .wind, range: 55...84, uses: .singing,
      aliases: ["Japanese bamboo flute", "zen flute", "bamboo flute", "Asian flute"],
      tones: ["breathy"]),
    Instrument(
      "whistle", 78, family: .wind, range: 67...91, uses: .singing,
      aliases: ["whistling", "human whistle", "penny whistle", "whistled notes"], tones: ["pure"]),
    Instrument(
      "ocarina", 79, family: .wind, range: 60...88, uses: .singing,
      aliases: ["clay ocarina", "vessel flute", "clay flute"], tones: ["pure"]),
    Instrument(
      "bagpipe", 109, family: .world, range: 57...79, uses: .singing,
      aliases: ["bagpipes", "Highland bagpipes", "Scottish pipes", "Celtic pipes", "war pipes", "gaida"],
      tones: ["droning"], weight: 0.8),
    Instrument(
      "shanai", 111, family: .world, range: 57...81, uses: .singing,
      aliases: ["shehnai", "Indian oboe", "zurna", "Eastern reed pipe", "snake charmer pipe"], tones: ["nasal"],
      weight: 0.6),
  ]
}
