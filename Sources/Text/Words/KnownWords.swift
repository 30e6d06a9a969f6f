/// A model's words as people look through them: by group, and every thing with its other names.
public struct KnownWords: Sendable {
  /// One thing, under its usual name, with other names of it.
  public struct Entry: Encodable, Sendable, Equatable {
    public let name: String
    public let others: [String]

    public init(name: String, others: [String]) { (self.name, self.others) = (name, others) }
  }

  /// What is known of one kind.
  public struct Group: Encodable, Sendable, Equatable {
    public let name: String
    public let entries: [Entry]
  }

  /// Those that have an entry.
  public let groups: [Group]

  /// - Parameter prefix: what a name, or a word of it, begins with; nil for all.
  public init(_ vocabulary: Vocabulary, prefix: String? = nil) {
    let wanted = prefix.map { $0.lowercased() } ?? ""
    groups = Vocabulary.Group.allCases.compactMap { kind in
      var (order, names) = ([String](), [String: [String]]())
      for term in vocabulary.terms where term.group == kind && Self.begins(term, with: wanted) {
        if names[term.name] == nil { order.append(term.name) }
        names[term.name, default: []] += term.text == term.name ? [] : [term.text]
      }
      let entries = order.map { Entry(name: $0, others: names[$0] ?? []) }
      return entries.isEmpty ? nil : Group(name: Self.title(kind), entries: entries)
    }
  }

  private static func begins(_ term: Vocabulary.Term, with prefix: String) -> Bool {
    prefix.isEmpty
      || [term.text, term.name].contains { text in
        let text = text.lowercased()
        return text.hasPrefix(prefix) || text.contains(" " + prefix)
      }
  }

  private static func title(_ group: Vocabulary.Group) -> String {
    switch group {
    case .instrument: "instruments"
    case .drum: "drums"
    case .drumStyle: "drum styles"
    case .style: "styles"
    case .mood: "moods"
    case .dynamics: "dynamics"
    case .articulation: "articulations"
    case .register: "registers"
    case .tempo: "tempos"
    case .tone: "tones"
    case .form: "forms"
    case .sound: "sounds"
    case .room: "rooms and effects"
    case .word: "other words"
    }
  }
}
