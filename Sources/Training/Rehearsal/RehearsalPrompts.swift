package import Tensors
package import Text

/// Prompts that ask for what a model knows, in its own words: each instrument as often as any other, alone or playing
/// something, sometimes with a mood, a key, chords or a tempo; each sound likewise, and some in a room.
package struct RehearsalPrompts: Sendable {
  /// What may be asked for, by its usual name: each with its other names.
  private let instruments, drums, drumStyles, styles, sounds: [[String]]
  /// What may be said of it.
  private let qualities, forms, rooms: [String]

  private static let keys = ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
  private static let progressions = ["C Am F G", "Am F C G", "Dm G C C", "Em C G D", "F G Em Am", "G D Em C"]

  /// - Returns: nil for a vocabulary without anything that could be asked for.
  package init?(_ vocabulary: Vocabulary) {
    func names(_ group: Vocabulary.Group) -> [[String]] {
      Dictionary(grouping: vocabulary.terms.filter { $0.group == group }, by: \.name)
        .sorted { $0.key < $1.key }.map { $0.value.map(\.text) }
    }
    (instruments, drums) = (names(.instrument), names(.drum))
    (drumStyles, styles, sounds) = (names(.drumStyle), names(.style), names(.sound))
    rooms = names(.room).flatMap(\.self)
    let spoken: [Vocabulary.Group] = [.mood, .dynamics, .articulation, .register, .tone, .tempo]
    qualities = spoken.flatMap(names).flatMap(\.self)
    forms = names(.form).flatMap(\.self).filter { !$0.contains("drum") && !$0.contains("beat") }
    guard !instruments.isEmpty || !drums.isEmpty || !drumStyles.isEmpty || !sounds.isEmpty else {
      return nil
    }
  }

  package func prompt(from random: RandomSource) -> String {
    var draw = random
    // Of a model that knows sounds a third of its prompts; one that knows rooms is told of them in a quarter.
    let isSound = !sounds.isEmpty && draw.uniform() < 1.0 / 3
    let prompt = isSound ? Self.one(of: sounds, &draw) : musical(&draw)
    guard !rooms.isEmpty, draw.uniform() < 0.25, let room = Self.any(of: rooms, &draw) else { return prompt }
    return prompt + ", " + room
  }

  private func musical(_ draw: inout RandomSource) -> String {
    // Of 20 prompts: 14 for an instrument, 2 for a stroke, 3 for a beat, 1 for a band.
    switch draw.integer(below: 20) {
    case 0..<2 where !drums.isEmpty: return Self.one(of: drums, &draw)
    case 2..<5 where !drumStyles.isEmpty: return Self.one(of: drumStyles, &draw) + " drum beat" + Self.tempo(&draw)
    case 5 where !styles.isEmpty: return Self.one(of: styles, &draw) + " band" + Self.tempo(&draw)
    case _ where !instruments.isEmpty: return playing(Self.one(of: instruments, &draw), &draw)
    case _ where !drums.isEmpty: return Self.one(of: drums, &draw)
    case _ where !drumStyles.isEmpty: return Self.one(of: drumStyles, &draw)
    default: return Self.one(of: sounds, &draw)
    }
  }

  private func playing(_ instrument: String, _ draw: inout RandomSource) -> String {
    var words = [instrument]
    if draw.uniform() < 0.4, let quality = Self.any(of: qualities, &draw) { words.insert(quality, at: 0) }
    if draw.uniform() < 0.7, let form = Self.any(of: forms, &draw) { words.append(form) }
    var prompt = words.joined(separator: " ")
    switch draw.integer(below: 10) {
    case 0..<3: prompt += " in " + Self.key(&draw)
    case 3..<5: prompt += ", " + Self.progressions[draw.integer(below: Self.progressions.count)]
    default: break
    }
    return draw.uniform() < 0.4 ? prompt + Self.tempo(&draw) : prompt
  }

  private static func key(_ draw: inout RandomSource) -> String {
    keys[draw.integer(below: keys.count)] + (draw.uniform() < 0.5 ? " major" : " minor")
  }

  private static func tempo(_ draw: inout RandomSource) -> String { ", \(60 + draw.integer(below: 101)) bpm" }

  private static func one(of names: [[String]], _ draw: inout RandomSource) -> String {
    let others = names[draw.integer(below: names.count)]
    return others[draw.integer(below: others.count)]
  }

  private static func any(of words: [String], _ draw: inout RandomSource) -> String? {
    words.isEmpty ? nil : words[draw.integer(below: words.count)]
  }
}
