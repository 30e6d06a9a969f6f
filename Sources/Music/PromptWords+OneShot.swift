extension PromptMusic {
  /// Whether a prompt asks for one sound rather than for a phrase: "snare one-shot", "a single hit", "short note on a
  /// piccolo", "brass stab".
  public static func namesOneShot(_ prompt: String) -> Bool { PromptWords(prompt).namesOneShot }

  /// Words that say that it is one sound, and nothing of which.
  public static let oneShotWords: Set<String> = ["one", "single", "one-shot", "hit", "note", "sound", "sample"]
}

extension PromptWords {
  /// Words that say so by themselves, and words that do where something says that there is one.
  private static let sounds: Set<String> = [
    "one-shot", "oneshot", "one-shots", "oneshots", "hit", "stab", "note", "tone",
  ]
  private static let countable: Set<String> = ["chord", "stroke", "strike", "sound", "sample", "beat", "shot"]
  private static let counts: Set<String> = ["one", "single", "short"]

  var namesOneShot: Bool {
    let words = words.map(\.lowercased)
    if words.contains(where: Self.sounds.contains) { return true }
    guard let count = words.firstIndex(where: Self.counts.contains) else { return false }
    return words[count...].contains(where: Self.countable.contains)
  }
}
