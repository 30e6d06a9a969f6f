import Music

/// Styles and grooves of part `music`, beside those that all parts have.
extension DrumStyle {
  /// Every style.
  static let everything: [DrumStyle] = all.map(\.extended) + more

  /// The style with the grooves and kits that `music` adds.
  private var extended: DrumStyle {
    let machines: [DrumKit] = kits.contains(.electronic) || kits.contains(.tr808) ? [.tr909] : []
    return DrumStyle(
      name, aliases: aliases, tempos: tempos, timeSignature: timeSignature, swing: swing, kits: kits + machines,
      takesFills: takesFills, grooves: grooves + (Self.moreGrooves[name] ?? []))
  }

  private static let (sixEight, twelveEight) = (TimeSignature(6, 8), TimeSignature(12, 8))

  private static let more: [DrumStyle] = [
    DrumStyle(
      "four-on-the-floor", aliases: ["four to the floor", "4/4 kick", "straight four-on-the-floor"], tempos: 112...140,
      kits: [.tr909, .tr909, .tr909, .electronic], takesFills: false,
      grooves: [
        [(.kick, fours)], [(.kick, fours), (.closedHat, offbeats)], [(.kick, fours), (.openHat, offbeats)],
        [(.kick, fours), (.openHat, offbeats), (.clap, backbeat)],
        [(.kick, fours), (.closedHat, "xxxxxxxxxxxxxxxx"), (.clap, backbeat)],
        [(.kick, fours), (.ride, offbeats), (.snare, backbeat)],
      ]),
    DrumStyle(
      "trance", aliases: ["uplifting trance"], tempos: 132...142, kits: [.tr909, .electronic], takesFills: false,
      grooves: [
        [(.kick, fours), (.openHat, offbeats), (.clap, backbeat), (.closedHat, "xoxoxoxoxoxoxoxo")],
        [(.kick, fours), (.openHat, offbeats), (.snare, "....x.......x..x"), (.ride, eighths)],
      ]),
    DrumStyle(
      "UK garage", aliases: ["two-step garage", "2-step"], tempos: 128...136, swing: .laidBack,
      kits: [.tr909, .electronic],
      grooves: [
        [
          (.kick, "x.........x....."), (.snare, backbeat), (.closedHat, "x.xx..xxx.xx..xx"), (.rim, "......x..x......"),
        ],
        [
          (.kick, "x......x..x....."), (.clap, backbeat), (.openHat, "..x.......x....."),
          (.closedHat, "x.x.x.x.xxx.x.x."),
        ],
      ]),
    DrumStyle(
      "dubstep", aliases: ["half-time dubstep"], tempos: 138...144, kits: [.electronic, .tr808, .power],
      grooves: [
        [(.kick, "x.....x........."), (.snare, "........X......."), (.closedHat, "x.x.x.xxx.x.x.x.")],
        [(.kick, "x..x......x....."), (.snare, "........X.......|........X.....x."), (.closedHat, offbeats)],
      ]),
    DrumStyle(
      "reggaeton", aliases: ["dembow"], tempos: 86...100, kits: [.electronic, .tr808, .tr909], takesFills: false,
      grooves: [
        [(.kick, fours), (.snare, "...x..x....x..x."), (.closedHat, eighths)],
        [(.kick, "x...x...x...x.x."), (.rim, "...x..x....x..x."), (.maracas, "xoxoxoxoxoxoxoxo")],
      ]),
    DrumStyle(
      "electro", aliases: ["eighties electro", "electro funk"], tempos: 110...130, kits: [.tr808], takesFills: false,
      grooves: [
        [
          (.kick, "x.....x...x....."), (.snare, backbeat), (.closedHat, "x.x.x.x.x.x.x.xx"),
          (.cowbell, "..x..x..x....x.."),
        ],
        [(.kick, "x..x..x....x...."), (.clap, backbeat), (.closedHat, "xxxxxxxxxxxxxxxx")],
      ]),
    DrumStyle(
      "indie rock", aliases: ["post-punk", "new wave"], tempos: 118...164, kits: [.standard, .room],
      grooves: [
        [(.kick, "x...x...x...x..."), (.snare, backbeat), (.openHat, offbeats)],
        [(.kick, "x.....x.x.x....."), (.snare, backbeat), (.closedHat, "xxxxxxxxxxxxxxxx")],
        [(.kick, "x.x...x.x.x...x."), (.snare, backbeat), (.lowTom, eighths)],
      ]),
    DrumStyle(
      "tribal", aliases: ["tom-tom", "jungle drums"], tempos: 92...132, kits: [.standard, .room, .orchestra],
      takesFills: false,
      grooves: [
        [(.lowTom, "x..x..x.x..x..x."), (.midTom, "..x..x....x..x.."), (.kick, "x.......x.......")],
        [(.lowTom, "x.xxx.x.x.xxx.x."), (.highTom, "......x.......xx"), (.kick, fours)],
      ]),
    DrumStyle(
      "cinematic", aliases: ["epic trailer", "epic cinematic"], tempos: 80...130, kits: [.orchestra, .power],
      takesFills: false,
      grooves: [
        [(.kick, "X.......X..x...."), (.lowTom, "x..x..x.x..x..xx"), (.crash, "x...............|................")],
        [(.kick, "X.....x.X......."), (.lowTom, "x.xxx.xxx.xxx.xx"), (.snare, "............xxxx")],
      ]),
    DrumStyle(
      "slow blues", aliases: ["12/8 blues", "slow 12/8"], tempos: 88...126, timeSignature: twelveEight,
      kits: [.standard, .room, .jazz],
      grooves: [
        [(.kick, "x.....x....."), (.snare, "...X.....X.."), (.closedHat, "xxxxxxxxxxxx")],
        [(.kick, "x....xx....."), (.snare, "...X.....X.."), (.ride, "x.xx.xx.xx.x")],
        [(.kick, "x..x..x..x.."), (.rim, "...x.....x.."), (.closedHat, "xooxooxooxoo")],
      ]),
    DrumStyle(
      "doo-wop", aliases: ["fifties ballad", "gospel"], tempos: 90...132, timeSignature: twelveEight,
      kits: [.standard, .brush, .jazz],
      grooves: [
        [(.kick, "x.....x.x..."), (.snare, "...x.....x.."), (.ride, "xxxxxxxxxxxx")],
        [(.kick, "x....x......"), (.rim, "...x.....x.."), (.closedHat, "x.xx.xx.xx.x"), (.tambourine, "...x.....x..")],
      ]),
    DrumStyle(
      "shuffling hip hop", aliases: ["triplet hip hop", "triplet groove"], tempos: 100...140,
      timeSignature: twelveEight, kits: [.tr808, .electronic, .standard],
      grooves: [
        [(.kick, "x....xx....."), (.snare, "...X.....X.."), (.closedHat, "x.xx.xx.xx.x")],
        [(.kick, "x.......xx.."), (.clap, "......X....."), (.closedHat, "xxxxxxxxxxxx")],
      ]),
    DrumStyle(
      "six-eight ballad", aliases: ["6/8 ballad", "slow 6/8"], tempos: 84...150, timeSignature: sixEight,
      kits: [.standard, .room, .brush],
      grooves: [
        [(.kick, "x....."), (.snare, "...X.."), (.closedHat, "xxxxxx")],
        [(.kick, "x...x.|x....x"), (.snare, "...X.."), (.ride, "x.xx.x")],
        [(.kick, "x....."), (.rim, "...x.."), (.closedHat, "xooxoo")],
      ]),
    DrumStyle(
      "jig", aliases: ["Irish jig", "Celtic"], tempos: 150...178, timeSignature: sixEight,
      kits: [.standard, .brush, .orchestra],
      grooves: [
        [(.kick, "x..x.."), (.tambourine, "xooxoo")], [(.lowTom, "x.xx.x"), (.tambourine, "...x..")],
        [(.kick, "x....."), (.snare, "ooXooX")],
      ]),
    DrumStyle(
      "six-eight rock", aliases: ["6/8 rock", "6/8"], tempos: 120...176, timeSignature: sixEight,
      kits: [.standard, .room, .power],
      grooves: [
        [(.kick, "x.x..."), (.snare, "...X.."), (.closedHat, "xxxxxx")],
        [(.kick, "x....x"), (.snare, "...X.."), (.crash, "x.....|......|......|......"), (.ride, "xxxxxx")],
      ]),
    DrumStyle(
      "African six-eight", aliases: ["West African 6/8", "6/8 percussion"], tempos: 130...176,
      timeSignature: sixEight, kits: [.standard], takesFills: false,
      grooves: [
        [
          (.cowbell, "x.x.xx.x.x.x"), (.openConga, "x.....x.x..."), (.mutedConga, "...x.....x.."),
          (.maracas, "x..x..x..x.."),
        ],
        [(.highAgogo, "x.x.x..x.x.."), (.lowConga, "x..x..x..x.."), (.openConga, ".....x.....x")],
      ]),
  ]
}
