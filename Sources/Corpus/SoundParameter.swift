/// A number that an instrument of the orchestras takes, and the words for its ends.
struct SoundParameter: Decodable, Sendable, Equatable {
  /// One of a few values, where there is nothing between.
  struct Choice: Decodable, Sendable, Equatable {
    var value: Double
    var words: [String]?
  }

  var name: String
  /// Where it is drawn from: lowest and highest; 0 to 1 where there is none.
  var range: [Double]?
  /// Words that are true in the lowest three tenths of the range.
  var low: [String]?
  /// Words that are true in the highest three tenths.
  var high: [String]?
  var choices: [Choice]?
  /// Whether the value is a rate in turns a beat, so that the tempo makes its hertz.
  var perBeat: Bool?
  /// Whether the events of a series have 0 and 1 in turn: tick, tock.
  var alternates: Bool?

  /// Ends come as often as the middle, so that the words for them are learned.
  func drawn(_ random: inout CorpusRandom) -> DrawnParameter {
    if let choices {
      let choice = random.pick(choices)
      return DrawnParameter(parameter: self, value: choice.value, words: choice.words ?? [])
    }
    let position = random.pick(weighted: [(0.0...0.3, 0.3), (0.3...0.7, 0.4), (0.7...1.0, 0.3)])
    return at(random.uniform(position.lowerBound, position.upperBound))
  }

  /// The value at a place in its range, 0 to 1.
  func at(_ position: Double) -> DrawnParameter {
    let (lowest, highest) = (range?.first ?? 0, range?.last ?? 1)
    let words = position < 0.3 ? low : position > 0.7 ? high : nil
    return DrawnParameter(parameter: self, value: lowest + (highest - lowest) * position, words: words ?? [])
  }

  /// Every word that may be said of it.
  var allWords: [String] { (low ?? []) + (high ?? []) + (choices ?? []).flatMap { $0.words ?? [] } }
}

/// A parameter with its value in one clip, and the words that are true of it.
struct DrawnParameter: Sendable, Equatable {
  var parameter: SoundParameter
  var value: Double
  /// Any one of these may be said; empty where there is nothing to say.
  var words: [String]

  /// The value in hertz, where it is a rate in turns a beat.
  func value(secondsPerBeat: Double) -> Double { parameter.perBeat == true ? value / secondsPerBeat : value }
}
