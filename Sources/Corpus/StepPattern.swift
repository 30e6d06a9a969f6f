/// A rhythm written as text, one character a step: `x` strikes, `X` accents, `o` is soft, `-` holds, `.` rests.
///
/// Any other character strikes too and keeps its meaning to the reader (a bass pattern's `1`, `5`, `8`). The steps
/// divide one bar, or as many bars as there are `|` between them.
struct StepPattern: Sendable {
  struct Strike: Sendable {
    var symbol: Character
    /// Within the pattern, in quarter notes.
    var beat: Double
    var durationBeats: Double
  }

  let bars: Int
  let strikes: [Strike]

  init(_ text: String, beatsPerBar: Double) {
    let measures = text.split(separator: "|")
    var strikes: [Strike] = []
    for (bar, measure) in measures.enumerated() {
      let step = beatsPerBar / Double(measure.count)
      for (index, symbol) in measure.enumerated() {
        switch symbol {
        case ".": break
        case "-": if !strikes.isEmpty { strikes[strikes.count - 1].durationBeats += step }
        default:
          let beat = Double(bar) * beatsPerBar + Double(index) * step
          strikes.append(Strike(symbol: symbol, beat: beat, durationBeats: step))
        }
      }
    }
    self.bars = max(measures.count, 1)
    self.strikes = strikes
  }

  /// The strikes of a bar counted from 0, with beats counted from the bar's start, the pattern going round.
  func strikes(inBar bar: Int, beatsPerBar: Double) -> [Strike] {
    let start = Double(bar % bars) * beatsPerBar
    return strikes.filter { $0.beat >= start && $0.beat < start + beatsPerBar }.map { strike in
      Strike(symbol: strike.symbol, beat: strike.beat - start, durationBeats: strike.durationBeats)
    }
  }

  static func accent(_ symbol: Character) -> Int {
    switch symbol {
    case "X": 16
    case "o": -34
    default: 0
    }
  }
}
