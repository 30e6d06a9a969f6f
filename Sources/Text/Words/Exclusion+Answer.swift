/// "No", said behind what it is about: "drums: no", "vocals = none", "drums off", and of other languages "batería: no".
extension Exclusion {
  /// Things that are answered with "no" from a word on.
  struct Answer: Equatable {
    /// As they are said, in lower case.
    let things: [String]
    /// The word behind the answer.
    let end: Int
  }

  private static let answers: Set<String> = ["no", "none", "off", "not", "nope"]
  /// Of these, the ones that say so without a sign before them: "drums off".
  private static let plainAnswers: Set<String> = ["no", "none", "off"]
  /// More things than one answer is for: "drums and drums and …" would be looked through from each of them.
  private static let longestList = 8

  /// "Drums:no" and "vocals=none" in two words where a clause ends there, others as they are.
  static func withAnswersApart(_ words: [Substring]) -> [Substring] {
    words.enumerated().flatMap { index, word -> [Substring] in
      guard let sign = word.firstIndex(where: { ":=".contains($0) }) else { return [word] }
      let rest = word[word.index(after: sign)...]
      let answer = rest.prefix { $0.isLetter }
      let endsClause = index == words.count - 1 || rest.endIndex != answer.endIndex
      return endsClause && answers.contains(answer.lowercased()) ? [word[...sign], rest] : [word]
    }
  }

  /// What is excluded by the answer behind it; nil where no thing begins at a word, or none is answered so.
  ///
  /// The answer ends its clause: "drums no reverb" and "drums off the grid" have none. Of "piano and drums off" the piano may
  /// be wanted: of things without a sign behind them the last alone is answered.
  static func answer(_ words: [Word], from start: Int, _ things: ExcludedThings) -> Answer? {
    var (found, index) = ([String](), start)
    while words.indices.contains(index), found.count < longestList, let count = things.named(from: index) {
      found.append(words[index..<index + count].map(\.text).joined(separator: " "))
      index += count
      let last = words[index - 1]
      guard words.indices.contains(index) else { return nil }
      if conjunctions.contains(words[index].text), !last.endsClause {
        index += 1
        continue
      }
      let isSigned = last.raw.last.map { ":=".contains($0) } ?? false || words[index].isDash
      if words[index].isDash { index += 1 }
      guard words.indices.contains(index), isAnswer(words, index), isSigned || !last.endsClause && found.count == 1,
        isSigned || Self.plainAnswers.contains(words[index].text)
      else { return nil }
      return Answer(things: found, end: index + 1)
    }
    return nil
  }

  private static func isAnswer(_ words: [Word], _ index: Int) -> Bool {
    guard answers.contains(words[index].text) else { return false }
    return words[index].endsClause || index + 1 == words.count || words[index + 1].isDash
  }
}
