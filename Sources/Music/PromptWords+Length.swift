/// How long a prompt wants its clip to be.
public enum SpokenLength: Hashable, Sendable {
  case bars(Int)
  case seconds(Double)
}

extension PromptWords {
  /// The first number of bars or seconds: "8 bars", "a 4-bar loop", "two measures", "10 seconds", "2.5-second".
  var length: Reading<SpokenLength>? {
    guard rules != .first else { return nil }
    for index in words.indices {
      if let bars = labelledBars(at: index) { return bars }
      let parts = Self.numberAndUnit(words[index].lowercased)
      let isHyphenated = parts.count == 2
      let unitIndex = isHyphenated ? index : index + 1
      guard isHyphenated || parts.count == 1 && !words[index].endsClause,
        let unit = isHyphenated ? parts[1] : lowercased(unitIndex),
        let length = Self.length(parts[0], unit: unit)
      else { continue }
      // A twelve-bar blues is a form, whatever its length.
      if lowercased(unitIndex + 1) == "blues", !words[unitIndex].endsClause { continue }
      var end = unitIndex + 1
      if !words[unitIndex].endsClause, let next = lowercased(end), ["of", "long"].contains(next) { end += 1 }
      return Reading(value: length, words: index..<end)
    }
    return nil
  }

  /// "bars: 8", "bars = 8", "bars=8".
  private func labelledBars(at index: Int) -> Reading<SpokenLength>? {
    let parts = words[index].lowercased.split { $0 == ":" || $0 == "=" }
    guard let label = parts.first, label == "bars" || label == "measures" else { return nil }
    if parts.count == 2, let length = Self.length(String(parts[1]), unit: "bars") {
      return Reading(value: length, words: index..<index + 1)
    }
    let isSigned = lowercased(index + 1) == "="
    let place = index + (isSigned ? 2 : 1)
    guard isSigned || words[index].raw.hasSuffix(":") || words[index].raw.hasSuffix("="),
      let number = lowercased(place),
      let length = Self.length(number, unit: "bars")
    else { return nil }
    return Reading(value: length, words: index..<place + 1)
  }

  /// "8-bar" and "8bars" as two words, anything else as one.
  private static func numberAndUnit(_ word: String) -> [String] {
    let digits = word.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    if !digits.isEmpty, word.dropFirst(digits.count).first?.isLetter == true {
      return [String(digits), String(word.dropFirst(digits.count))]
    }
    return word.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
  }

  private static func length(_ number: String, unit: String) -> SpokenLength? {
    switch unit {
    case "bar", "bars", "measure", "measures":
      guard let count = Int(number) ?? numbers[number], (1...1000).contains(count) else { return nil }
      return .bars(count)
    case "second", "seconds", "sec", "secs":
      let digits = number.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let seconds = (digits ? Double(number) : nil) ?? numbers[number].map(Double.init),
        (0.1...120).contains(seconds)
      else { return nil }
      return .seconds(seconds)
    default: return nil
    }
  }

  private static let numbers = [
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twelve": 12,
    "sixteen": 16, "twenty": 20, "thirty": 30, "thirty-two": 32,
  ]
}
