public import Music

extension ControlRequest {
  /// Takes from a prompt's words what nothing else says: a file's notes, or a recording's, come before words, and chords, a
  /// note and a key before each other's. The tempo of the words holds for a file too.
  public mutating func hear(_ heard: PromptMusic) {
    if !heard.isEmpty {
      hasHeardPrompt = true
      self.heard = Remembered(heard)
    }
    let isOpen = midi == nil && follow == nil
    let (askedChords, askedNote, askedKey) = (chords, note, key)
    if isOpen, askedNote == nil { chords = askedChords ?? heard.chordNames }
    if isOpen, askedChords == nil, askedKey == nil { note = askedNote ?? heard.noteName }
    key = askedKey ?? heard.key?.name
    tempo = tempo ?? heard.tempo
    timeSignature = timeSignature ?? heard.timeSignature?.name
  }

  /// Chooses the earliest rules that read prompt and chords as the present ones do, so that a request says no more than it
  /// has to.
  /// - Parameters:
  ///   - mattersToFiles: whether a file is read otherwise.
  ///   - read: what a prompt says by some rules.
  package mutating func settleRules(
    prompt: String, mattersToFiles: Bool = false,
    read: (String, ReadingRules) -> PromptMusic = { PromptMusic($0, rules: $1) }
  ) {
    func isSame(by rules: ReadingRules) -> Bool {
      var (now, then) = (self, self)
      (now.rules, then.rules) = (.current, rules)
      guard (try? now.chart()) == (try? then.chart()) else { return false }
      guard hasHeardPrompt == true else { return true }
      let (new, old) = (heard.value ?? read(prompt, .current), read(prompt, rules))
      return new.caption == old.caption && new.captionWithNote == old.captionWithNote
    }
    let earliest = ReadingRules.allCases.first { (!mattersToFiles || $0 > .first) && isSame(by: $0) } ?? .current
    rules = earliest == .first ? nil : earliest
  }

  /// Forgets that a prompt was heard: another one is what the text encoder is told whole.
  mutating func forgetPrompt() { (hasHeardPrompt, heard) = (nil, Remembered(nil)) }
}

extension GenerationRequest {
  /// What the text encoder is told: the prompt, but for what controls say, and better. Said twice, it drowns the
  /// instrument's name (`docs/experiments/caption-without-controls.md`).
  /// - Parameter groups: of controls that the model takes.
  package func caption(for groups: ControlTrack.Groups) -> String {
    guard let controls, controls.hasHeardPrompt == true else { return englishPrompt }
    let rules = controls.rules ?? .first
    let music = (rules == .current ? controls.heard.value : nil) ?? PromptMusic(englishPrompt, rules: rules)
    return groups.contains(.register) ? music.caption : music.captionWithNote
  }
}

extension ControlTrack.Groups {
  /// What to follow of a recording, as "pitch, loudness"; nil where a word is none of pitch, register, loudness and
  /// brightness, or there is none.
  public init?(followed words: String) {
    self = []
    for word in words.split(whereSeparator: { $0 == "," || $0 == " " }) {
      switch word {
      case "pitch": insert(.pitch)
      case "register": insert(.register)
      case "loudness": insert(.loudness)
      case "brightness": insert(.brightness)
      default: return nil
      }
    }
    if isEmpty { return nil }
  }

  /// The words that `init(followed:)` reads.
  package var followedWords: String {
    [("pitch", Self.pitch), ("register", .register), ("loudness", .loudness), ("brightness", .brightness)]
      .filter { contains($0.1) }.map(\.0).joined(separator: ",")
  }
}
