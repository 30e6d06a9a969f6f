import Music

extension DrumStyle {
  static let acoustic: [DrumStyle] = [
    DrumStyle(
      "rock", tempos: 96...150, kits: [.standard, .room, .power],
      grooves: [
        [(.kick, "x.......x.x....."), (.snare, "....X.......X..."), (.closedHat, "x.x.x.x.x.x.x.x.")],
        [(.kick, "x.....x.x......."), (.snare, "....X.......X..."), (.closedHat, "X.x.X.x.X.x.X.x.")],
        [(.kick, "x.x.....x.x....."), (.snare, "....X.......X..."), (.ride, "x.x.x.x.x.x.x.x.")],
        [
          (.kick, "x......xx.......|x......xx.x....."), (.snare, "....X.......X..."), (.closedHat, "x.x.x.x.x.x.x..."),
          (.openHat, "..............x."),
        ],
      ]),
    DrumStyle(
      "funk", aliases: ["funky"], tempos: 92...116, kits: [.standard, .room],
      grooves: [
        [(.kick, "x..x..x...x..x.."), (.snare, "....X..o.o..X..o"), (.closedHat, "x.x.x.x.x.x.x.x.")],
        [(.kick, "x.x...x...xx...."), (.snare, "....X..o.o..X..."), (.closedHat, "xoxoxoxoxoxoxoxo")],
        [
          (.kick, "x......x..x..x.."), (.snare, "....X..o.o.oX..."), (.closedHat, "x.xox.x.x.xox..."),
          (.openHat, "..............x."),
        ],
      ]),
    DrumStyle(
      "jazz swing", aliases: ["swing jazz", "jazz"], tempos: 110...176, kits: [.jazz, .brush],
      grooves: [
        [(.ride, "x..x.xx..x.x"), (.pedalHat, "...x.....x.."), (.kick, "o..o..o..o..")],
        [
          (.ride, "x..x.xx..x.x"), (.pedalHat, "...x.....x.."), (.snare, ".....o......|........o..."),
          (.kick, "......x....."),
        ],
        [(.ride, "x..x.xx..x.."), (.pedalHat, "...x.....x.."), (.snare, "..o......o.."), (.kick, "x...........")],
      ]),
    DrumStyle(
      "ballad", aliases: ["slow ballad"], tempos: 60...78, kits: [.standard, .room, .brush],
      grooves: [
        [(.kick, "x.........x....."), (.rim, "....x.......x..."), (.closedHat, "x.x.x.x.x.x.x.x.")],
        [(.kick, "x.......x......."), (.snare, "....x.......x..."), (.closedHat, "x.o.x.o.x.o.x.o.")],
        [(.kick, "x.....x...x....."), (.snare, "....x.......x..."), (.ride, "x...x...x...x...")],
      ]),
    DrumStyle(
      "metal", aliases: ["heavy metal", "double kick metal"], tempos: 120...176, kits: [.power],
      grooves: [
        [(.kick, "xxxxxxxxxxxxxxxx"), (.snare, "....X.......X..."), (.ride, "x...x...x...x...")],
        [(.kick, "x.xxx.xxx.xxx.xx"), (.snare, "....X.......X..."), (.closedHat, "X...X...X...X...")],
        [(.kick, "x.x.x.x.x.x.x.x."), (.snare, "..X...X...X...X."), (.crash, "x.......x.......")],
      ]),
    DrumStyle(
      "blues shuffle", aliases: ["shuffle"], tempos: 84...126, kits: [.standard, .room],
      grooves: [
        [(.kick, "x.....x....."), (.snare, "...X.....X.."), (.closedHat, "x.xx.xx.xx.x")],
        [(.kick, "x....xx....."), (.snare, "...X.....X.."), (.ride, "x.xx.xx.xx.x")],
      ]),
    DrumStyle(
      "waltz", tempos: 84...150, timeSignature: TimeSignature(3, 4), kits: [.standard, .brush, .jazz],
      grooves: [
        [(.kick, "x..........."), (.snare, "....x...x..."), (.closedHat, "x...x...x...")],
        [(.kick, "x..........."), (.rim, "....x...x..."), (.ride, "x...x.x.x...")],
      ]),
    DrumStyle(
      "folk", aliases: ["train beat", "country"], tempos: 90...124, kits: [.brush, .standard],
      grooves: [
        [(.kick, "x.......x......."), (.snare, "ooXoooXoooXoooXo")],
        [(.kick, "x.......x......."), (.snare, "....x.......x..."), (.tambourine, "..x...x...x...x.")],
      ]),
    DrumStyle(
      "march", aliases: ["military march"], tempos: 100...124, kits: [.standard], takesFills: false,
      grooves: [
        [(.kick, "x.......x......."), (.snare, "x.xxx.x.x.xxx.x.")],
        [(.kick, "x.......x......."), (.snare, "X..xx.x.X.xxxxxx"), (.crash, "x...............|................")],
      ]),
  ]

  static let electronic: [DrumStyle] = [
    DrumStyle(
      "hip hop", aliases: ["boom bap", "boom-bap hip hop", "hip-hop"], tempos: 80...98, swing: .laidBack,
      kits: [.standard, .room, .tr808],
      grooves: [
        [(.kick, "x......x.xx....."), (.snare, "....X.......X..."), (.closedHat, "x.x.x.x.x.x.x.x.")],
        [(.kick, "x..x......x....."), (.snare, "....X.......X..o"), (.closedHat, "x.x.x.xxx.x.x.x.")],
        [(.kick, "xx.....x..x....."), (.snare, "....X.......X..."), (.closedHat, "x.x.x.x.x.x.x...|x.x.x.x.x.x.x.x.")],
      ]),
    DrumStyle(
      "house", aliases: ["four-on-the-floor house", "deep house"], tempos: 116...128, kits: [.electronic, .tr808],
      takesFills: false,
      grooves: [
        [(.kick, "X...X...X...X..."), (.clap, "....x.......x..."), (.openHat, "..x...x...x...x.")],
        [
          (.kick, "X...X...X...X..."), (.clap, "....x.......x..."), (.openHat, "..x...x...x...x."),
          (.closedHat, "xo.oxo.oxo.oxo.o"),
        ],
        [
          (.kick, "X...X...X...X..."), (.snare, "....x.......x.o."), (.maracas, "xoxoxoxoxoxoxoxo"),
          (.openHat, "..x...x...x...x."),
        ],
      ]),
    DrumStyle(
      "techno", aliases: ["driving techno"], tempos: 126...142, kits: [.electronic, .tr808], takesFills: false,
      grooves: [
        [(.kick, "X...X...X...X..."), (.closedHat, "..x...x...x...x."), (.rim, "...x..x....x..x.")],
        [
          (.kick, "X...X...X...X..."), (.openHat, "..x...x...x...x."), (.closedHat, "oooooooooooooooo"),
          (.clap, "....x.......x..."),
        ],
        [(.kick, "X...X...X...X..x"), (.closedHat, "x.xxx.xxx.xxx.xx"), (.lowTom, "......x..x......")],
      ]),
    DrumStyle(
      "trap", tempos: 130...156, kits: [.tr808], takesFills: false,
      grooves: [
        [(.kick, "x.....x...x....."), (.clap, "........X......."), (.closedHat, "x.x.x.x.x.xxx.x.")],
        [
          (.kick, "x..x......x..x.."), (.snare, "........X......."), (.closedHat, "x.x.xxx.x.x.x.xx"),
          (.openHat, "..............x.|................"),
        ],
      ]),
    DrumStyle(
      "breakbeat", aliases: ["break beat", "breaks"], tempos: 118...150, kits: [.standard, .room, .power],
      grooves: [
        [
          (.kick, "x.x.......xx....|x.x.......x....."), (.snare, "....X..o.o..X..o|....X..o.o....X."),
          (.ride, "x.x.x.x.x.x.x.x."),
        ],
        [(.kick, "x.....x...x.x..."), (.snare, "....X..o.o.oX..."), (.closedHat, "x.x.x.x.x.x.x.x.")],
      ]),
    DrumStyle(
      "drum and bass", aliases: ["drum & bass", "jungle", "dnb"], tempos: 164...178,
      kits: [.electronic, .power, .standard],
      grooves: [
        [(.kick, "x.........x....."), (.snare, "....X.......X..."), (.closedHat, "x.x.x.x.x.x.x.x.")],
        [(.kick, "x.x.......x....."), (.snare, "....X..o.o..X..o"), (.ride, "x.x.x.x.x.x.x.x.")],
      ]),
    DrumStyle(
      "disco", tempos: 108...124, kits: [.standard, .room],
      grooves: [
        [
          (.kick, "X...X...X...X..."), (.snare, "....X.......X..."), (.closedHat, "xx..xx..xx..xx.."),
          (.openHat, "..x...x...x...x."),
        ]
      ]),
    DrumStyle(
      "synthwave", aliases: ["eighties synth-pop", "retro synthwave"], tempos: 84...116, kits: [.electronic, .power],
      grooves: [
        [(.kick, "x.......x......."), (.snare, "....X.......X..."), (.closedHat, "x.x.x.x.x.x.x.x.")],
        [(.kick, "x...x...x...x..."), (.snare, "....X.......X..."), (.closedHat, "xxxxxxxxxxxxxxxx")],
      ]),
    DrumStyle(
      "lo-fi hip hop", aliases: ["lo-fi", "lofi hip hop", "chillhop"], tempos: 68...88, swing: .laidBack,
      kits: [.standard, .brush, .jazz],
      grooves: [
        [(.kick, "x......x..x....."), (.snare, "....x.......x..."), (.closedHat, "x.o.x.o.x.o.x.o.")],
        [(.kick, "x.x.......x....."), (.rim, "....x.......x..."), (.closedHat, "x.x.x.x.x.xox.x.")],
      ]),
  ]
}
