import Music

/// Who plays when, in words: "drums from bar 5, lead in the chorus", "no bass in the verse", "chords until bar 8".
///
/// Clauses stand between commas or "and". Each names players, and bars (counted from 1, the last one included) or
/// sections. Whoever is named without a "no" plays there only; "no" takes away, and "only" all others.
public struct Arrangement: Sendable, Equatable {
  struct Rule: Sendable, Equatable {
    enum Sense: Sendable { case there, notThere, alone }
    let roles: [IdeaStem.Role]
    let sense: Sense
    let bars: [Range<Int>]
  }

  let rules: [Rule]

  /// - Parameter idea: whose sections and bars are spoken of.
  /// - Throws: `ArrangementError`.
  public init(_ text: String, of idea: Idea) throws(ArrangementError) {
    var reader = ArrangementReader(text, sections: idea.sections, bars: idea.bars)
    rules = try reader.rules()
  }

  /// Whether a player plays in a bar, counted from 0.
  func plays(_ role: IdeaStem.Role, bar: Int) -> Bool {
    let own = rules.filter { $0.sense == .there && $0.roles.contains(role) }
    func lies(_ rule: Rule) -> Bool { rule.bars.contains { $0.contains(bar) } }
    guard own.isEmpty || own.contains(where: lies) else { return false }
    return !rules.contains { rule in
      lies(rule)
        && (rule.sense == .notThere && rule.roles.contains(role) || rule.sense == .alone && !rule.roles.contains(role))
    }
  }

  /// The idea with those notes that are played; who plays none has no stem.
  public func applied(to idea: Idea) -> Idea {
    let beatsPerBar = idea.timeSignature.quartersPerBar
    var idea = idea
    idea.stems = idea.stems.compactMap { stem in
      let silent = (0..<idea.bars).filter { !plays(stem.role, bar: $0) }
      guard !silent.isEmpty else { return stem }
      var stem = stem
      stem.notes = stem.notes.compactMap { note in
        // A swung or pushed note belongs to the bar that it is written in.
        guard !silent.contains(Int((note.startBeats + 1e-3) / beatsPerBar)) else { return nil }
        var note = note
        if let end = silent.first(where: { Double($0) * beatsPerBar > note.startBeats }) {
          note.durationBeats = min(note.durationBeats, Double(end) * beatsPerBar - note.startBeats)
        }
        return note
      }
      return stem.notes.isEmpty ? nil : stem
    }
    return idea
  }
}

/// Why an arrangement is none. Places count words from 1.
public enum ArrangementError: Error, Equatable, Sendable, CustomStringConvertible {
  case empty
  case notUnderstood(String, place: Int)
  /// A clause ends where something has to follow.
  case ends(behind: String)
  /// Bars that the song does not have.
  case bars(String, count: Int)
  /// A section that the form does not have.
  case section(String, known: [String])

  static let grammar =
    "say drums, bass, chords, lead or everything, then \"from bar 5\", \"until bar 8\", \"bars 3-6\" or \"in the chorus\","
    + " with \"no\" or \"only\" before it, and commas between"

  public var description: String {
    switch self {
    case .empty: "an arrangement without words: \(Self.grammar)"
    case .notUnderstood(let word, let place): "word \(place), \"\(word)\", is not understood there: \(Self.grammar)"
    case .ends(let word): "something is missing behind \"\(word)\": \(Self.grammar)"
    case .bars(let bars, let count): "\(bars): the song has bars 1 to \(count)"
    case .section(let name, let known):
      known.isEmpty
        ? "there is no \(name): sections want a form"
        : "there is no \(name): the form has \(known.joined(separator: ", "))"
    }
  }
}
