import Music

/// Rhythms of part `music`, by metre.
enum WorldPatterns {
  static let (waltz, sixEight, twelveEight) = (TimeSignature(3, 4), TimeSignature(6, 8), TimeSignature(12, 8))

  /// What phrases are in, unless their style says.
  static let metres: [(TimeSignature, Double)] = [(.common, 14), (waltz, 1.6), (sixEight, 2.6), (twelveEight, 1.2)]

  static func chords(in metre: TimeSignature) -> [String] {
    switch metre {
    case waltz: ["....x-..x-..", "x---x---x---", "x-----x-x---", "x-..x-..x-..", "x-----------", "..x-..x-..x-"]
    case sixEight: ["x--x--", "x-xx-x", "x--xx-", ".xx.xx", "x-----", "x.xx.x", "xxxxxx", "x---x-"]
    case twelveEight: ["x--x--x--x--", "x-xx-xx-xx-x", "x.....x-....", ".xx.xx.xx.xx", "...x-....x-.", "x-x--xx-x--."]
    default:
      [
        "x---x---x---x---", "x-------x-------", "x--x--x-x--x--x-", "x---x-x---x-x---", "x-x-x-x-x-x-x-x-",
        "x-----x---x-----", "..x...x...x...x.", "x--x--x--x--x-x-", "x-----x-----x---", "..x-..x-..x-..x-",
        "x-..x.x...x.x...", "x.x-..x.x.x-..x.", "....x-......x-..", "x-x-.xx-x-x-.xx-",
      ]
    }
  }

  /// Chords so short that they are strokes.
  static func stabs(in metre: TimeSignature) -> [String] {
    switch metre {
    case waltz: ["x...x...x...", "....x...x...", "x.....x.x..."]
    case sixEight: ["x..x..", "x.xx..", "..x..x"]
    case twelveEight: ["x..x..x..x..", "x.....x.x...", "..x..x..x..x"]
    default:
      [
        "x..x..x...x..x..", "..x...x...x...x.", "x.......x.......", "x...x...x...x...", "x..x............",
        "......x.......x.",
        "x.....x.....x...", "....x.......x...", "x..x..x..x..x.x.", "X...............",
      ]
    }
  }

  /// What a bass plays alone, with what to call it.
  static func bass(in metre: TimeSignature) -> [(name: String?, pattern: String)] {
    switch metre {
    case waltz:
      [("waltz", "1---5-..5-.."), ("root-note", "1---1---1---"), (nil, "1-----5-8---"), ("simple", "1-----------")]
    case sixEight:
      [
        ("root-note", "1--1--"), ("rolling", "1.11.1"), (nil, "1--5--"), ("root-note", "1-.1-1"), (nil, "1-35-8"),
        ("simple", "1-----"), ("galloping", "1-11-1"),
      ]
    case twelveEight:
      [
        ("root-note", "1--1--1--1--"), ("rolling", "1.11.11.11.1"), (nil, "1--3--5--6--"),
        ("shuffling", "1-15-51-15-5"),
        ("root-fifth", "1-----5-----"),
      ]
    default:
      BassLine.soloPatterns + [
        ("root-note", "1---1---1---1---"), ("root-note", "1-1-1-1-1-1-1-1-"), ("offbeat", "..1...1...1...1."),
        ("galloping", "1.111.111.111.11"), ("root-note", "1-----1-1---1---"), ("root-note", "1--1--1-1--1--1-"),
        ("pumping", "..11..11..11..11"), ("rolling", ".111.111.111.111"), ("octave", "1..8..1.1..8..8."),
        ("disco", "1.8.1.8.1.8.7.8."), ("root-fifth", "1---5---1---5---"), ("syncopated", "1--1--1...1-5-8-"),
        ("dub", "1---..1-....3-5-"), ("root-note", "1-------........"),
      ]
    }
  }

  /// Strings of a fingerpicked guitar: p the thumb's, q the thumb's other, i m a the fingers' from low to high, w a pinch of
  /// thumb and ring finger.
  static func picking(in metre: TimeSignature) -> [String] {
    switch metre {
    case waltz: ["pimami", "pimimi", "w.imim", "p.mama"]
    case sixEight: ["pimami", "pimaim", "w.mami", "pimimi"]
    case twelveEight: ["pimamipimami", "pimamiqimami", "w.mamiq.mami"]
    default:
      [
        "piqmpiqm", "pimamimi", "wiqmpiqm", "p.imqami", "pimaqmim", "w.qip.qm", "p.iqm.qi", "piqapmqi", "pimamami",
        "pamipami",
      ]
    }
  }

  static func arpeggioSteps(_ frame: PhraseFrame) -> [(Double, Double)] {
    frame.isCompound ? [(0.5, 5), (0.25, frame.tempo < 100 ? 2 : 0.3)] : [(0.5, 5), (0.25, 2.5), (1.0 / 3, 1)]
  }

  /// Riffs of a bar.
  static func riffs(in metre: TimeSignature) -> [String] {
    switch metre {
    case waltz: ["x...x.x.x...", "x.x.x...x.x.", "x..x..x...x.", "x.x.x.x.x.x.", "x-----x.x..."]
    case sixEight, twelveEight:
      ["x..x..x.x.x.", "x.x.x.x..x..", "x.xx..x.xx..", "x..xx.x..xx.", "x.x.x.x.x.x.", "x.xx.xx.xx.x", "x-....x.x.xx"]
    default:
      [
        "x..x..x.x..x..x.", "x.x..x.xx.x..x..", "x...x.x..x.x....", "xx.x..x.x.x.x.x.", "x.x.x..x..x.x...",
        "x--x--x-x-x-..x.", "x...x...x.x.x.x.", "x.xxx.x.x.xxx...", "..x.x.x-..x.x.x-", "x.xx.xx.x.xx.xx.",
        "x-..x.x.x-......", "xxxx..x.xxxx..x.", "x..x..x.........", "x.x.....x.xx....", ".xx.x.x..xx.x.x.",
      ]
    }
  }
}

extension TimeSignature {
  /// Whether its beat is three of its parts: 6/8, 12/8.
  var isCompound: Bool { denominator == 8 && numerator % 3 == 0 }
}
