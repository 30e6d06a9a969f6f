import Music

/// Styles of part `music`, beside those that all parts have.
extension EnsembleStyle {
  /// Every style.
  static let everything = all + more

  private static let (sixEight, twelveEight) = (TimeSignature(6, 8), TimeSignature(12, 8))

  private static let more: [EnsembleStyle] = [
    EnsembleStyle(
      name: "slow blues", aliases: ["12/8 blues"], tempos: 88...126, timeSignature: twelveEight,
      progressions: ProgressionCatalogue.blues, drums: Layer(["slow blues"], presence: 0.9),
      bass: Layer(["bass guitar", "upright bass"], ["1--3--5--6--", "1.....1.5...", "1--1--5--5--"]),
      chords: Layer(["piano", "organ", "clean electric guitar"], ["x-xx-xx-xx-x", "...x.....x..", "x-----x-----"]),
      lead: Layer(["overdriven guitar", "harmonica", "tenor sax", "clean electric guitar"], presence: 0.65)),
    EnsembleStyle(
      name: "doo-wop", aliases: ["gospel", "fifties ballad"], tempos: 90...132, timeSignature: twelveEight,
      progressions: ProgressionCatalogue.pop + ProgressionCatalogue.soul, drums: Layer(["doo-wop"], presence: 0.85),
      bass: Layer(["upright bass", "bass guitar"], ["1-----5-----", "1--1--5--8--"]),
      chords: Layer(["piano", "organ", "choir"], ["xxxxxxxxxxxx", "x-----------", "arpeggio"]),
      lead: Layer(["tenor sax", "voice oohs", "organ", "alto sax"], presence: 0.6)),
    EnsembleStyle(
      name: "six-eight ballad", aliases: ["6/8 ballad"], tempos: 84...150, timeSignature: sixEight,
      progressions: ProgressionCatalogue.pop + ProgressionCatalogue.cinematic,
      drums: Layer(["six-eight ballad"], presence: 0.8),
      bass: Layer(["bass guitar", "fretless bass", "upright bass"], ["1-----", "1---5-", "1--5--"]),
      chords: Layer(["piano", "electric piano", "acoustic guitar", "nylon guitar"], ["arpeggio", "x--x--", "hold"]),
      lead: Layer(["violin", "cello", "flute", "oboe", "string ensemble"], presence: 0.65), leadDensity: .sparse),
    EnsembleStyle(
      name: "jig", aliases: ["Irish jig", "Celtic"], tempos: 150...178, timeSignature: sixEight,
      progressions: ProgressionCatalogue.folk, drums: Layer(["jig"], presence: 0.6),
      bass: Layer(["upright bass", "bass guitar"], ["1--1--", "1--5--"], presence: 0.8),
      chords: Layer(["acoustic guitar", "banjo", "accordion", "harp"], ["x-xx-x", "x--x--", ".xx.xx"]),
      lead: Layer(["fiddle", "flute", "whistle", "bagpipe", "recorder"], presence: 0.9)),
    EnsembleStyle(
      name: "six-eight rock", aliases: ["6/8 rock"], tempos: 120...176, timeSignature: sixEight,
      progressions: ProgressionCatalogue.rock, drums: Layer(["six-eight rock"]),
      bass: Layer(["picked bass", "bass guitar"], ["111111", "1--1-5"]),
      chords: Layer(
        ["overdriven guitar", "distortion guitar", "clean electric guitar"], ["xxxxxx", "x--x-x", "x-----"]),
      lead: Layer(["overdriven guitar", "rock organ"], presence: 0.4)),
    EnsembleStyle(
      name: "four-on-the-floor dance", aliases: ["four to the floor", "club"], tempos: 118...130,
      progressions: ProgressionCatalogue.pop + ProgressionCatalogue.modal, drums: Layer(["four-on-the-floor"]),
      bass: Layer(["synth bass", "bass lead"], ["..1...1...1...1.", "1.1.1.1.1.1.1.1.", "..11..11..11..11"]),
      chords: Layer(
        ["polysynth", "piano", "synth brass", "organ"], ["stabs", "..x...x...x...x.", "x..x..x...x..x..", "hold"]),
      lead: Layer(["saw lead", "square lead", "synth voice"], presence: 0.35), isProgrammed: true),
    EnsembleStyle(
      name: "trance", aliases: ["uplifting trance"], tempos: 132...142, progressions: ProgressionCatalogue.cinematic,
      drums: Layer(["trance"]), bass: Layer(["synth bass"], [".111.111.111.111", "..11..11..11..11"]),
      chords: Layer(["polysynth", "synth strings", "saw lead"], ["hold", "x..x..x..x..x.x.", "arpeggio"]),
      lead: Layer(["saw lead", "square lead", "polysynth"], presence: 0.5), isProgrammed: true),
    EnsembleStyle(
      name: "UK garage", aliases: ["two-step garage"], tempos: 128...136, swing: .laidBack,
      progressions: ProgressionCatalogue.soul, drums: Layer(["UK garage"]),
      bass: Layer(["synth bass", "bass guitar"], ["1-....1..1..8-..", "1..1....5-..1..."]),
      chords: Layer(["organ", "electric piano", "polysynth"], ["stabs", "x..x..x.......x.", "hold"]),
      lead: Layer(["synth voice", "vibraphone", "flute"], presence: 0.3), isProgrammed: true),
    EnsembleStyle(
      name: "reggaeton", aliases: ["dembow"], tempos: 86...100, progressions: ProgressionCatalogue.pop,
      drums: Layer(["reggaeton"]),
      bass: Layer(["synth bass", "bass guitar"], ["1--1..1-1--1..1-", "1-----1-1---5-1-"]),
      chords: Layer(["nylon guitar", "piano", "marimba", "polysynth"], ["..x...x...x...x.", "arpeggio", "stabs"]),
      lead: Layer(["flute", "trumpet", "square lead"], presence: 0.4), isProgrammed: true),
    EnsembleStyle(
      name: "indie rock", aliases: ["post-punk", "new wave"], tempos: 118...164,
      progressions: ProgressionCatalogue.rock + ProgressionCatalogue.pop, drums: Layer(["indie rock"]),
      bass: Layer(["picked bass", "bass guitar"], ["1.1.1.1.1.1.1.1.", "1-1-1-1-1-1-5-1-", "1.8.1.8.1.8.1.8."]),
      chords: Layer(
        ["clean electric guitar", "overdriven guitar"], ["x-x-x-x-x-x-x-x-", "arpeggio", "x---x-x---x-x-x-"]),
      lead: Layer(["clean electric guitar", "synth strings", "square lead"], presence: 0.4)),
    EnsembleStyle(
      name: "soul", aliases: ["Motown soul", "northern soul"], tempos: 92...128,
      progressions: ProgressionCatalogue.soul,
      drums: Layer(["rock", "funk"]),
      bass: Layer(["bass guitar"], ["1--1..5-8-..7-5-", "1-1-..1-3-5-6-8-", "1--1--..1-5-8-5-"]),
      chords: Layer(["piano", "organ", "clean electric guitar"], ["....x.......x...", "x-x-x-x-x-x-x-x-", "stabs"]),
      lead: Layer(["brass section", "tenor sax", "string ensemble", "trumpet"], presence: 0.6)),
    EnsembleStyle(
      name: "fingerpicked folk", aliases: ["fingerstyle folk", "singer-songwriter"], tempos: 80...124,
      progressions: ProgressionCatalogue.folk, drums: Layer(["folk"], presence: 0.25),
      bass: Layer(["upright bass", "cello"], ["1-------5-------", "1---------------"], presence: 0.7),
      chords: Layer(["acoustic guitar", "nylon guitar", "banjo"], ["picked"]),
      lead: Layer(["violin", "flute", "harmonica", "cello", "whistle"], presence: 0.75), leadDensity: .sparse),
    EnsembleStyle(
      name: "epic trailer", aliases: ["epic cinematic", "trailer"], tempos: 80...130,
      progressions: ProgressionCatalogue.cinematic, drums: Layer(["cinematic", "tribal"], presence: 0.9),
      bass: Layer(["contrabass", "cello", "tuba"], ["1-1-1-1-1-1-1-1-", "1---------------", "1..1..1.1..1..1."]),
      chords: Layer(
        ["brass section", "string ensemble", "choir", "tremolo strings"], ["hold", "stabs", "x--x--x-x--x--x-"]),
      lead: Layer(["french horn", "trumpet", "violin"], presence: 0.5), leadDensity: .sparse),
  ]
}
