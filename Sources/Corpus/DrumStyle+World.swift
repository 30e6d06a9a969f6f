import Music

extension DrumStyle {
  static let world: [DrumStyle] = [
    DrumStyle(
      "bossa nova", aliases: ["bossa"], tempos: 116...144, kits: [.jazz, .brush, .standard], takesFills: false,
      grooves: [
        [(.kick, "x.....x.x.....x."), (.rim, "x.....x.....x...|....x.....x....."), (.closedHat, "x.x.x.x.x.x.x.x.")],
        [(.kick, "x.....x.x.....x."), (.rim, "x.....x.....x...|....x.....x....."), (.maracas, "x.x.x.x.x.x.x.x.")],
      ]),
    DrumStyle(
      "reggae", aliases: ["one-drop reggae", "reggae one drop"], tempos: 66...88, kits: [.standard, .room],
      grooves: [
        [(.kick, "........x......."), (.rim, "........x......."), (.closedHat, "x.x.x.x.x.x.x.x.")],
        [(.kick, "x.......x......."), (.snare, "........x......."), (.closedHat, "x.x.x.xxx.x.x.x.")],
        [(.kick, "x...x...x...x..."), (.rim, "....x.......x..."), (.closedHat, "..x...x...x...x.")],
      ]),
    DrumStyle(
      "latin", aliases: ["salsa", "latin percussion", "afro-cuban"], tempos: 92...124, kits: [.standard],
      takesFills: false,
      grooves: [
        [
          (.mutedConga, "x...x.x.x...x.x."), (.openConga, "............x.x."), (.cowbell, "x...x...x...x..."),
          (.claves, "x.....x.....x...|....x...x......."),
        ],
        [
          (.mutedConga, "..x.x.....x.x..."), (.openConga, "............x.x."), (.lowConga, "......x........."),
          (.maracas, "x.x.x.x.x.x.x.x."), (.highBongo, "x.xxx.x.x.xxx.x."), (.kick, "......x.....x..."),
        ],
      ]),
    DrumStyle(
      "samba", aliases: ["Brazilian samba"], tempos: 92...112, kits: [.standard], takesFills: false,
      grooves: [
        [
          (.kick, "x..xx..xx..xx..x"), (.maracas, "XooxXooxXooxXoox"), (.highAgogo, "x.x...x..x......"),
          (.lowAgogo, "....x.......x.x."),
        ],
        [(.kick, "x..xx..xx..xx..x"), (.snare, "x.oxo.xoxo.xoxo."), (.tambourine, "xooxxooxxooxxoox")],
      ]),
    DrumStyle(
      "afrobeat", tempos: 98...122, kits: [.standard, .room],
      grooves: [
        [
          (.kick, "x..x..x.x.....x."), (.snare, "....x..o..x.o..."), (.closedHat, "x.xxx.xxx.xxx.xx"),
          (.cowbell, "x..x..x...x.x..."),
        ]
      ]),
  ]
}
