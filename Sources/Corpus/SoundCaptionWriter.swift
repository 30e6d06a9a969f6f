/// Describes a sound in the words of someone who would ask for it: varied, and true to what sounds.
struct SoundCaptionWriter {
  let sound: SoundComposition
  var random: CorpusRandom

  init(_ sound: SoundComposition, random: CorpusRandom) {
    self.sound = sound
    self.random = random
  }

  mutating func caption() -> String {
    let words = adjectives()
    let single = words.filter { !$0.contains(" ") }
    let before = single.joined(separator: " ")
    let after = words.filter { $0.contains(" ") }
    let name = random.pick(sound.count > 1 ? sound.kind.times?.series ?? sound.kind.names : sound.kind.names)
    var parts: [String]
    switch random.integer(0...9) {
    case 0, 1, 2, 3: parts = ["\(before) \(name)"] + after
    case 4: parts = [name] + single + after
    case 5: parts = [name.hasSuffix("sound") ? "\(before) \(name)" : "\(before) \(name) sound effect"] + after
    case 6: parts = ["sound of \(before) \(name)"] + after
    case 7 where sound.count == 1 && !sound.kind.phrases.isEmpty: parts = [random.pick(sound.kind.phrases)] + words
    case 8: parts = [name] + (words.isEmpty ? [] : [words.joined(separator: ", ")])
    default: parts = ["\(before) \(name)"] + after
    }
    parts += tail()
    return cased(CaptionWriter.tidied(parts.joined(separator: random.chance(0.8) ? ", " : " - ")))
  }

  /// Up to three true words, one of a group.
  private mutating func adjectives() -> [String] {
    var groups = sound.parameters.map(\.words).filter { !$0.isEmpty }
    if sound.count > 1, !sound.paceWords.isEmpty { groups.append(sound.paceWords) }
    // Where a parameter is called loud or quiet, the level of the clip is not.
    let known = Set(sound.parameters.flatMap(\.parameter.allWords))
    let level = [Composition.Dynamics.soft: "quiet", .loud: "loud"][sound.dynamics]
    if let level, !known.contains(level), random.chance(0.5) { groups.append([level]) }
    let count = random.pick(weighted: [(0, 0.2), (1, 0.4), (2, 0.3), (3, 0.1)])
    var said: Set<String> = []
    return random.shuffled(groups).map { random.pick($0) }.filter { said.insert($0).inserted }.prefix(count).map { $0 }
  }

  /// How often, from where, in what room.
  private mutating func tail() -> [String] {
    var parts: [String] = []
    let numbers = [2: "twice", 3: "three times", 4: "four times", 5: "five times"]
    if let number = numbers[sound.count], random.chance(0.18) { parts.append(number) }
    if let place = placeWords, random.chance(0.3) { parts.append(random.pick(place)) }
    for words in sound.finish.words where random.chance(0.8) { parts.append(random.pick(words)) }
    return parts
  }

  private var placeWords: [String]? {
    if sound.from < sound.to { return ["from left to right", "moving left to right", "panned left to right"] }
    if sound.from > sound.to { return ["from right to left", "moving right to left", "panned right to left"] }
    if sound.from < 0.3 { return ["on the left", "from the left"] }
    if sound.from > 0.7 { return ["on the right", "from the right"] }
    return sound.kind.place == .wide ? ["in wide stereo", "all around"] : nil
  }

  private mutating func cased(_ text: String) -> String {
    switch random.pick(weighted: [(0, 0.6), (1, 0.3), (2, 0.1)]) {
    case 1: text.prefix(1).uppercased() + text.dropFirst()
    case 2: text.lowercased()
    default: text
    }
  }
}
