/// A term of a clause in English, or a word that was kept, and what it is about.
struct TranslatedPart {
  let english: String
  let group: String
  /// Whether it stands right behind the part before it, as what an adjective describes does.
  var isTied = false
  /// Whether another thing of which the same is said may follow: "ドラムも".
  var isListed = false
  /// Of a word that joins: whether what it joins is excluded.
  var isExcluding = false

  /// Whether it says how a thing is.
  var describes: Bool {
    ["mood", "dynamics", "register", "tone", "speed", "articulation"].contains(group)
  }

  /// "Doux et mélancolique" are both said of what stands before: an "and" before adjectives alone begins nothing new.
  static func joiningAdjectives(_ clauses: ArraySlice<[Self]>) -> [[Self]] {
    clauses.reduce(into: []) { joined, clause in
      let isOfAdjectives = clause.count > 1 && clause.dropFirst().allSatisfy { [1, 2, 5].contains(rank($0)) }
      if clause[0].group == "and", isOfAdjectives, let last = joined.indices.last {
        joined[last] += clause.dropFirst()
      } else {
        joined.append(clause)
      }
    }
  }

  /// English says how before what, and what before its form: "sad violin melody". What follows a word that excludes stays
  /// behind it. What two words say alike is said once: "dramatic" of 宏大激昂.
  static func ordered(_ clause: [Self]) -> [Self] {
    let free = clause.firstIndex { $0.group == "negation" } ?? clause.count
    let ranked = clause[..<free].enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
    var said: Set<String> = []
    let once = ranked.map(\.element).filter { !$0.describes || said.insert($0.english).inserted }
    return once + clause[free...]
  }

  private static func rank(_ part: Self) -> Int {
    switch part.group {
    case "and": 0
    case "mood", "dynamics", "register", "tone", "speed": 1
    case "articulation", "style", "other": 2
    case "form", "negation", "music": 4
    case "key", "tempo": 5
    default: 3
    }
  }
}
