import Music

/// Grooves that part `music` adds to the styles that all parts have.
extension DrumStyle {
  static let fours = "X...X...X...X..."
  static let backbeat = "....X.......X..."
  static let eighths = "x.x.x.x.x.x.x.x."
  static let offbeats = "..x...x...x...x."

  static let moreGrooves: [String: [Groove]] = [
    "rock": [
      [(.kick, "x.....xxx......."), (.snare, backbeat), (.closedHat, "x...x...x...x...")],
      [(.kick, "x..x..x.x..x...."), (.snare, backbeat), (.ride, eighths)],
      [(.kick, "x.......x......x"), (.snare, "....X.......X.x."), (.openHat, "x...x...x...x...")],
      [(.kick, "x.x.......x....."), (.snare, backbeat), (.closedHat, eighths), (.tambourine, "....x.......x...")],
    ],
    "funk": [
      [(.kick, "x.....x..xx....."), (.snare, "....X..o....X.oo"), (.closedHat, "xxxxxxxxxxxxxxxx")],
      [(.kick, "x..x....x..x..x."), (.snare, "..o.X.o..o..X..o"), (.closedHat, "x.xxx.xxx.xxx.xx")],
    ],
    "hip hop": [
      [(.kick, "x.....x..x......"), (.snare, "....X.......X.o."), (.closedHat, "x.xxx.x.x.xxx.x.")],
      [(.kick, "x.x......xx....."), (.snare, backbeat), (.closedHat, eighths), (.openHat, "..........x.....")],
    ],
    "house": [
      [(.kick, fours), (.clap, backbeat), (.closedHat, "..x...x...x...xx"), (.rim, "...x......x.....")],
      [(.kick, fours), (.snare, "....x..o....x..."), (.openHat, offbeats), (.cowbell, "x..x..x...x.x...")],
      [(.kick, fours), (.clap, backbeat), (.openHat, offbeats), (.openConga, "...x..x....x..x."), (.maracas, eighths)],
    ],
    "techno": [
      [(.kick, fours), (.openHat, offbeats), (.clap, "....x.......x..x"), (.lowTom, "...x..x..x..x...")],
      [(.kick, fours), (.closedHat, "xxxxxxxxxxxxxxxx"), (.ride, offbeats)],
      [(.kick, "X...X...X...X.x."), (.rim, "x..x..x..x..x..."), (.closedHat, offbeats)],
    ],
    "trap": [
      [
        (.kick, "x......x..x....."), (.snare, "........X......."), (.closedHat, "x.x.xxxxx.x.x.xx"),
        (.rim, "......x.......x."),
      ],
      [(.kick, "x.........x...x."), (.clap, "........X......."), (.closedHat, "xxx.xxx.xxx.xxxx")],
    ],
    "breakbeat": [
      [
        (.kick, "x.x.......x..x.."), (.snare, "....X..o.oo.X..o"), (.closedHat, eighths),
        (.openHat, "......x........."),
      ],
      [(.kick, "x..x......xx...."), (.snare, "....X..o....X.o."), (.ride, eighths)],
    ],
    "drum and bass": [
      [(.kick, "x.........x..x.."), (.snare, "....X..o.o..X..."), (.closedHat, "x.xxx.xxx.xxx.xx")],
      [(.kick, "x..x......x....."), (.snare, "....X.......X..o"), (.openHat, offbeats), (.maracas, eighths)],
    ],
    "disco": [
      [(.kick, fours), (.snare, backbeat), (.openHat, offbeats), (.tambourine, "xoxoxoxoxoxoxoxo")],
      [(.kick, fours), (.snare, backbeat), (.closedHat, "x.xxx.xxx.xxx.xx"), (.clap, backbeat)],
    ],
    "ballad": [
      [(.kick, "x.......x.x....."), (.snare, backbeat), (.closedHat, "x...x...x...x...")],
      [(.kick, "x............x.."), (.rim, "....x.......x..."), (.ride, eighths)],
    ],
    "bossa nova": [[(.kick, "x..xx..xx..xx..x"), (.rim, "..x..x....x..x.."), (.closedHat, eighths)]],
    "reggae": [[(.kick, "x...x...x...x..."), (.snare, "........x......."), (.closedHat, "x.xxx.xxx.xxx.xx")]],
    "synthwave": [
      [(.kick, fours), (.snare, backbeat), (.closedHat, "x.xxx.xxx.xxx.xx")],
      [(.kick, "x.....x.x......."), (.snare, backbeat), (.closedHat, eighths), (.lowTom, "..............xx")],
    ],
    "lo-fi hip hop": [
      [(.kick, "x..x.......x...."), (.snare, "....x.......x..o"), (.closedHat, "x.xox.xox.xox.xo")]
    ],
  ]
}
