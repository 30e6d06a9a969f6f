/// How long a prompt wants its clip to be.
public enum SpokenLength: Hashable, Sendable {
  case bars(Int)
  case seconds(Double)
}

extension PromptWords {
  /// The first number of bars or seconds: "8 bars", "a 4-bar loop", "two measures", "10 seconds", "2.5-second".
  var length: Reading<SpokenLength>? { lengths.first }

  /// All of them, in order.
  var lengths: [Reading<SpokenLength>] { rules == .first ? [] : readings(length) }

  private func length(at index: Int) -> Reading<SpokenLength>? {
    if let bars = labelledBars(at: index) { return bars }
    guard let (number, unit, words) = numberAndUnit(at: index), let length = length(number, unit: unit) else {
      return nil
    }
    var end = words.upperBound
    if !self.words[end - 1].endsClause, let next = lowercased(end), ["of", "long"].contains(next) { end += 1 }
    return Reading(value: length, words: index..<end)
  }

  /// A word and the unit that follows it, as one word or two; nil of a form: a twelve-bar blues may have any length.
  func numberAndUnit(at index: Int) -> (number: String, unit: String, words: Range<Int>)? {
    let parts = Self.numberAndUnit(words[index].lowercased)
    let isHyphenated = parts.count == 2
    let unitIndex = isHyphenated ? index : index + 1
    guard isHyphenated || parts.count == 1 && !words[index].endsClause,
      let unit = isHyphenated ? parts[1] : lowercased(unitIndex)
    else { return nil }
    if lowercased(unitIndex + 1) == "blues", !words[unitIndex].endsClause { return nil }
    return (parts[0], unit, index..<unitIndex + 1)
  }

  /// "bars: 8", "bars = 8", "bars=8".
  private func labelledBars(at index: Int) -> Reading<SpokenLength>? {
    let parts = words[index].lowercased.split { $0 == ":" || $0 == "=" }
    guard let label = parts.first, label == "bars" || label == "measures" else { return nil }
    if parts.count == 2, let length = length(String(parts[1]), unit: "bars") {
      return Reading(value: length, words: index..<index + 1)
    }
    let isSigned = lowercased(index + 1) == "="
    let place = index + (isSigned ? 2 : 1)
    guard isSigned || words[index].raw.hasSuffix(":") || words[index].raw.hasSuffix("="),
      let number = lowercased(place), let length = length(number, unit: "bars")
    else { return nil }
    return Reading(value: length, words: index..<place + 1)
  }

  /// "8-bar" and "8bars" as two words, anything else as one.
  private static func numberAndUnit(_ word: String) -> [String] {
    let digits = word.prefix { $0.isASCII && ($0.isNumber || ".,".contains($0)) }
    if !digits.isEmpty, word.dropFirst(digits.count).first?.isLetter == true {
      return [String(digits), String(word.dropFirst(digits.count))]
    }
    return word.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
  }

  /// "2,5" as "2.5".
  static func withDecimalPoint(_ number: String) -> String {
    number.contains(".") || number.count(where: { $0 == "," }) != 1 ? number : number.replacing(",", with: ".")
  }

  static let barUnits: Set<String> = ["bar", "bars", "measure", "measures"]
  static let secondUnits: Set<String> = ["second", "seconds", "sec", "secs"]

  private func length(_ number: String, unit: String) -> SpokenLength? {
    switch unit {
    case _ where Self.barUnits.contains(unit):
      guard let count = Int(number) ?? Self.numbers[number], (1...1000).contains(count) else { return nil }
      return .bars(count)
    case _ where Self.secondUnits.contains(unit):
      let number = rules >= .third ? Self.withDecimalPoint(number) : number
      let digits = number.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let seconds = (digits ? Double(number) : nil) ?? Self.numbers[number].map(Double.init),
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
