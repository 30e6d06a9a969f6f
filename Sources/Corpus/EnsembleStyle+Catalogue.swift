import Music

extension EnsembleStyle {
  static let bandStyles: [EnsembleStyle] = [
    EnsembleStyle(
      name: "rock", tempos: 100...146, progressions: ProgressionCatalogue.rock, drums: Layer(["rock"]),
      bass: Layer(["bass guitar", "picked bass"], ["1.1.1.1.1.1.1.1.", "1-..1-1-..1-5-1-"]),
      chords: Layer(
        ["overdriven guitar", "distortion guitar", "clean electric guitar"],
        ["x-x-x-x-x-x-x-x-", "x-----x-x---x-x-", "x---------------"]),
      lead: Layer(["overdriven guitar", "distortion guitar", "rock organ"], presence: 0.4)),
    EnsembleStyle(
      name: "funk", aliases: ["funky"], tempos: 92...114, progressions: ProgressionCatalogue.funk,
      drums: Layer(["funk"]),
      bass: Layer(["slap bass", "bass guitar"], ["1..1..8...7.8...", "1..5..7.8...7.5.", "1.1...8..1..7.8."]),
      chords: Layer(
        ["clavinet", "clean electric guitar", "electric piano", "organ"],
        ["..x.x..x..x.x..x", "x..x..x....x..x.", "....x..x....x.x."]),
      lead: Layer(["brass section", "tenor sax", "alto sax", "synth brass"], presence: 0.45)),
    EnsembleStyle(
      name: "jazz", aliases: ["swing jazz", "small-group jazz"], tempos: 112...172, swing: .triplet,
      progressions: ProgressionCatalogue.jazz, drums: Layer(["jazz swing"], presence: 0.85),
      bass: Layer(["upright bass"], ["walk"]),
      chords: Layer(
        ["piano", "electric piano", "vibraphone", "jazz guitar"],
        ["x-----x---------", "......x-......x-", "x--...x---......"]),
      lead: Layer(
        ["tenor sax", "alto sax", "trumpet", "muted trumpet", "clarinet", "vibraphone", "jazz guitar"], presence: 0.65)),
    EnsembleStyle(
      name: "blues", aliases: ["bluesy shuffle"], tempos: 84...124, swing: .triplet,
      progressions: ProgressionCatalogue.blues, drums: Layer(["blues shuffle"], presence: 0.9),
      bass: Layer(["bass guitar", "upright bass"], ["1-1-3-3-5-5-6-6-", "walk"]),
      chords: Layer(
        ["piano", "organ", "clean electric guitar", "honky-tonk piano"],
        ["x-x-x-x-x-x-x-x-", "....x-......x-..", "x-------x-......"]),
      lead: Layer(["harmonica", "overdriven guitar", "tenor sax", "clean electric guitar"], presence: 0.65)),
    EnsembleStyle(
      name: "ballad", aliases: ["slow ballad", "pop ballad"], tempos: 60...78, progressions: ProgressionCatalogue.pop,
      drums: Layer(["ballad"], presence: 0.75),
      bass: Layer(["bass guitar", "fretless bass"], ["1-------5-------", "1---------1-5---"]),
      chords: Layer(
        ["piano", "electric piano", "acoustic guitar", "nylon guitar"], ["arpeggio", "x-------x-------", "hold"]),
      lead: Layer(["string ensemble", "flute", "soprano sax", "cello", "violin", "oboe"], presence: 0.65),
      leadDensity: .sparse),
    EnsembleStyle(
      name: "metal", aliases: ["heavy metal"], tempos: 124...172, progressions: ProgressionCatalogue.metal,
      drums: Layer(["metal"]), bass: Layer(["picked bass", "bass guitar"], ["1.1.1.1.1.1.1.1.", "1.111.111.111.11"]),
      chords: Layer(["distortion guitar"], ["xxx.xxx.xxx.x.x.", "x.xxx.xxx.xxx.xx", "x-------x-------"]),
      lead: Layer(["distortion guitar"], presence: 0.3), leadDensity: .busy),
    EnsembleStyle(
      name: "folk", aliases: ["acoustic folk", "indie folk"], tempos: 88...124, progressions: ProgressionCatalogue.folk,
      drums: Layer(["folk"], presence: 0.45),
      bass: Layer(["upright bass", "bass guitar"], ["1-------5-------", "1---5---1---5---"]),
      chords: Layer(
        ["acoustic guitar", "banjo", "nylon guitar"], ["x---x-x---x-x-x-", "arpeggio", "x-x-x-x-x-x-x-x-"]),
      lead: Layer(["fiddle", "harmonica", "flute", "accordion", "violin", "whistle"], presence: 0.7)),
    EnsembleStyle(
      name: "waltz", tempos: 90...150, timeSignature: TimeSignature(3, 4), progressions: ProgressionCatalogue.folk,
      drums: Layer(["waltz"], presence: 0.4), bass: Layer(["upright bass", "contrabass", "tuba"], ["1---........"]),
      chords: Layer(["piano", "accordion", "string ensemble", "nylon guitar"], ["....x-..x-.."]),
      lead: Layer(["violin", "accordion", "clarinet", "flute"], presence: 0.75)),
    EnsembleStyle(
      name: "country", aliases: ["bluegrass"], tempos: 96...136, progressions: ProgressionCatalogue.folk,
      drums: Layer(["folk"], presence: 0.7),
      bass: Layer(["upright bass", "bass guitar"], ["1-..5-..1-..5-..", "1---5---1---5---"]),
      chords: Layer(["acoustic guitar", "banjo"], ["..x-..x-..x-..x-", "x.x-x.x-x.x-x.x-"]),
      lead: Layer(["fiddle", "banjo", "harmonica"], presence: 0.7)),
  ]

  static let otherStyles: [EnsembleStyle] = [
    EnsembleStyle(
      name: "lo-fi hip hop", aliases: ["lofi hip hop", "chillhop", "lo-fi"], tempos: 68...88, swing: .laidBack,
      progressions: ProgressionCatalogue.soul, drums: Layer(["lo-fi hip hop"]),
      bass: Layer(
        ["upright bass", "bass guitar", "synth bass"], ["1-----....1-5---", "1---------..1-..", "1-......8-..5-.."]),
      chords: Layer(
        ["electric piano", "piano", "jazz guitar", "vibraphone"], ["x-----------x---", "hold", "x-----x---------"]),
      lead: Layer(["vibraphone", "jazz guitar", "flute", "muted trumpet", "music box"], presence: 0.45),
      leadDensity: .sparse),
    EnsembleStyle(
      name: "hip hop", aliases: ["boom bap", "hip-hop"], tempos: 82...98, swing: .laidBack,
      progressions: ProgressionCatalogue.soul + ProgressionCatalogue.funk, drums: Layer(["hip hop"]),
      bass: Layer(["bass guitar", "upright bass", "synth bass"], ["1-....1-..1-....", "1--1--....8-7-5-"]),
      chords: Layer(
        ["piano", "electric piano", "string ensemble", "organ"], ["x-----....x-....", "hold", "x-..x-..x-..x-.."]),
      lead: Layer(["flute", "brass section", "trumpet", "saw lead"], presence: 0.3)),
    EnsembleStyle(
      name: "house", aliases: ["deep house", "dance"], tempos: 118...128,
      progressions: ProgressionCatalogue.pop + ProgressionCatalogue.soul, drums: Layer(["house"]),
      bass: Layer(["synth bass"], ["..1...1...1...1.", "1..1..1...1..8..", "..11..18..11..8."]),
      chords: Layer(
        ["piano", "organ", "polysynth", "saw lead"], ["x..x..x...x..x..", "..x...x...x...x.", "x--x--x--x--x-x-"]),
      lead: Layer(["saw lead", "square lead", "polysynth"], presence: 0.35), isProgrammed: true),
    EnsembleStyle(
      name: "techno", tempos: 126...140, progressions: ProgressionCatalogue.metal + ProgressionCatalogue.modal,
      drums: Layer(["techno"]),
      bass: Layer(["synth bass", "bass lead"], ["..11..11..11..11", "1.11.11.1.11.11.", "1111111111111111"]),
      chords: Layer(
        ["saw lead", "polysynth", "synth strings"], ["x..x..x..x..x...", "......x-......x-", "hold"], presence: 0.7),
      lead: Layer(["square lead", "saw lead"], presence: 0.3), isProgrammed: true),
    EnsembleStyle(
      name: "synthwave", aliases: ["retro synthwave", "eighties synth-pop"], tempos: 84...116,
      progressions: ProgressionCatalogue.cinematic + ProgressionCatalogue.pop,
      drums: Layer(["synthwave"], presence: 0.92),
      bass: Layer(["synth bass"], ["1.1.1.1.1.1.1.1.", "1.8.1.8.1.8.1.8.", "1111111111111111"]),
      chords: Layer(
        ["polysynth", "synth strings", "warm pad", "synth brass"], ["hold", "x-----x---------", "arpeggio"]),
      lead: Layer(["saw lead", "square lead", "synth brass"], presence: 0.55), isProgrammed: true),
    EnsembleStyle(
      name: "bossa nova", aliases: ["bossa"], tempos: 116...144,
      progressions: ProgressionCatalogue.jazz + ProgressionCatalogue.soul,
      drums: Layer(["bossa nova"]), bass: Layer(["upright bass", "bass guitar"], ["1-----5-5-----1-"]),
      chords: Layer(["nylon guitar", "piano", "electric piano"], ["x---..x-..x---x.", "x-..x---..x-..x-"]),
      lead: Layer(["flute", "tenor sax", "clarinet", "nylon guitar", "trombone"], presence: 0.6)),
    EnsembleStyle(
      name: "reggae", aliases: ["roots reggae"], tempos: 68...86, progressions: ProgressionCatalogue.reggae,
      drums: Layer(["reggae"]),
      bass: Layer(["bass guitar"], ["1---1-..3-5-....", "..1-1-5-8---5-..", "1-..1-3-5---..1-"]),
      chords: Layer(
        ["organ", "clean electric guitar", "piano", "muted guitar"], ["....x.......x...", "..x...x...x...x."]),
      lead: Layer(["harmonica", "trombone", "brass section", "organ", "alto sax"], presence: 0.4)),
    EnsembleStyle(
      name: "latin", aliases: ["salsa", "latin jazz"], tempos: 92...124,
      progressions: ProgressionCatalogue.modal + ProgressionCatalogue.jazz,
      drums: Layer(["latin", "samba"]),
      bass: Layer(["upright bass", "bass guitar"], ["1-----5-....8---", "1-..1-5-8-..5-.."]),
      chords: Layer(["piano"], ["x.xx.xx.x.xx.xx.", "x..x..x.x..x..x."]),
      lead: Layer(["trumpet", "brass section", "flute", "trombone"], presence: 0.6)),
    EnsembleStyle(
      name: "cinematic", aliases: ["orchestral", "film score"], tempos: 66...110,
      progressions: ProgressionCatalogue.cinematic,
      drums: nil, bass: Layer(["contrabass", "cello", "tuba"], ["1---------------", "1-------1-------"]),
      chords: Layer(
        ["string ensemble", "choir", "tremolo strings", "brass section", "harp"], ["hold", "hold", "x-------x-------"]),
      lead: Layer(["french horn", "violin", "oboe", "flute", "cello", "trumpet", "piano"], presence: 0.8),
      leadDensity: .sparse),
    EnsembleStyle(
      name: "ambient", aliases: ["dreamy ambient"], tempos: 60...90,
      progressions: ProgressionCatalogue.cinematic + ProgressionCatalogue.soul,
      drums: nil, bass: Layer(["synth bass", "cello", "fretless bass"], ["1---------------"], presence: 0.6),
      chords: Layer(["warm pad", "choir pad", "halo pad", "sweep pad", "new age pad", "bowed pad"], ["hold"]),
      lead: Layer(["piano", "electric piano", "celesta", "harp", "music box", "flute", "kalimba"], presence: 0.9),
      leadDensity: .sparse),
    EnsembleStyle(
      name: "chamber", aliases: ["baroque", "classical"], tempos: 72...120,
      progressions: ProgressionCatalogue.folk + ProgressionCatalogue.cinematic,
      drums: nil,
      bass: Layer(["cello", "bassoon", "contrabass"], ["1---5---1---5---", "1---3---5---3---", "1-------5-------"]),
      chords: Layer(
        ["harpsichord", "pizzicato strings", "string ensemble", "harp"], ["x---x---x---x---", "arpeggio", "hold"]),
      lead: Layer(["violin", "oboe", "flute", "clarinet", "recorder"], presence: 0.85)),
    EnsembleStyle(
      name: "disco", tempos: 108...124, progressions: ProgressionCatalogue.soul + ProgressionCatalogue.pop,
      drums: Layer(["disco"]),
      bass: Layer(["bass guitar", "picked bass", "slap bass"], ["1.8.1.8.1.8.1.8.", "1.1.8.1.1.1.8.5."]),
      chords: Layer(
        ["clean electric guitar", "electric piano", "string ensemble"],
        ["..x...x...x...x.", "xxx.xxx.xxx.xxx.", "x-------x-------"]),
      lead: Layer(["string ensemble", "brass section", "synth strings"], presence: 0.5)),
  ]
}
