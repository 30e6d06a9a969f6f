import Music

/// Tempos, keys and notes as names spell them.
enum NameMusic {
  /// Whether a piece between separators is a tempo, a key or a note as a whole, and is not to be cut.
  static func isWhole(_ chunk: String) -> Bool {
    tempo(chunk) != nil || note(chunk) != nil || key(chunk) != nil || isChord(chunk)
  }

  /// What the first tokens are, and how many of them; nil where they are no music.
  static func sense(of tokens: ArraySlice<NameToken>) -> (NamePart.Item.Sense, count: Int)? {
    let first = tokens[tokens.startIndex]
    let second = tokens.dropFirst().first
    if let tempo = tempo(first.text) { return (.tempo(tempo), 1) }
    if first.isNumber, let value = Double(first.word), tempos.contains(value), second?.word == "bpm" {
      return (.tempo(value), 2)
    }
    if ["bpm", "tempo"].contains(first.word), let second, let value = Double(second.word), tempos.contains(value) {
      return (.tempo(value), 2)
    }
    if let (root, rest) = root(of: first.text, inSmall: false), rest.isEmpty, let second {
      if let (chord, count) = chord(on: root, tokens.dropFirst()) { return (.chord(chord), 1 + count) }
      let accidental = ["sharp": "#", "flat": "b"][second.word]
      let mode = accidental == nil ? second : tokens.dropFirst(2).first
      if let mode, let mode = modes[mode.word], mode.count > 1,
        let key = Key(name: root + (accidental ?? "") + " " + mode)
      {
        return (.key(key.name), accidental == nil ? 2 : 3)
      }
    }
    if let note = note(first.text) { return (.note(note.name, isSure: note.isSure), 1) }
    if let second, first.isLetter, second.chunk == first.chunk, second.isNumber,
      let note = note(first.text + second.text), first.text.first?.isUppercase == true
    {
      return (.note(note.name, isSure: false), 2)
    }
    if first.isWhole, let key = key(first.text) { return (.key(key), 1) }
    return isChord(first.text) ? (.chord(first.text), 1) : nil
  }

  // MARK: Tempo

  /// In quarter notes a minute: what a name may mean.
  static let tempos = 30.0...300.0
  /// What a number without a unit may mean.
  static let likelyTempos = 55.0...220.0

  /// "120bpm", "bpm120", "92.5BPM".
  private static func tempo(_ text: String) -> Double? {
    let word = text.lowercased()
    let number = word.hasSuffix("bpm") ? word.dropLast(3) : word.hasPrefix("bpm") ? word.dropFirst(3) : ""
    guard let value = Double(number), tempos.contains(value) else { return nil }
    return value
  }

  // MARK: Key

  private static let modes = [
    "m": "minor", "min": "minor", "minor": "minor", "maj": "major", "major": "major", "dorian": "dorian",
    "mixolydian": "mixolydian", "phrygian": "phrygian", "lydian": "lydian",
  ]

  /// A key of one piece: "Am", "F#min", "Csharpminor", "gmin"; one with an accidental and no mode ("Bb", "F#") has none.
  private static func key(_ text: String) -> String? {
    if let (root, rest) = root(of: text, inSmall: false) {
      if rest.isEmpty { return root.count > 1 ? root : nil }
      // "AM" is a time of day.
      if rest == "M" { return root.count > 1 ? Key(name: root + " major")?.name : nil }
      return rest == rest.lowercased() || rest.count > 1
        ? modes[rest.lowercased()].flatMap { Key(name: root + " " + $0)?.name } : nil
    }
    guard let (root, rest) = root(of: text, inSmall: true), rest.count > 1 || root.count > 1 else { return nil }
    return modes[rest].flatMap { Key(name: root + " " + $0)?.name }
  }

  /// "am", "em": a minor key, or a word.
  static func isMinorKeyInSmall(_ text: String) -> Bool {
    text.count == 2 && text.hasSuffix("m") && text.first.map { "abcdefg".contains($0) } == true
  }

  /// What a letter means where other evidence says that it is a key: "g" is G, "am" A minor.
  static func key(ofLetter text: String) -> String? {
    guard let first = text.first, "abcdefg".contains(first.lowercased()) else { return nil }
    let root = first.uppercased()
    return text.count == 1 ? root : Key(name: root + " minor")?.name
  }

  /// A letter with its accidental as "C#", and what follows.
  private static func root(of text: String, inSmall: Bool) -> (root: String, rest: String)? {
    guard let first = text.first, (inSmall ? "abcdefg" : "ABCDEFG").contains(first) else { return nil }
    let rest = String(text.dropFirst())
    for (spelling, sign) in [("sharp", "#"), ("flat", "b"), ("♯", "#"), ("♭", "b"), ("#", "#")] {
      if rest.lowercased().hasPrefix(spelling) {
        return (first.uppercased() + sign, String(rest.dropFirst(spelling.count)))
      }
    }
    // "Bass" is no B flat.
    if !inSmall, rest.hasPrefix("b"), rest.count == 1 || modes[rest.dropFirst().lowercased()] != nil {
      return (first.uppercased() + "b", String(rest.dropFirst()))
    }
    return (first.uppercased(), rest)
  }

  // MARK: Notes and chords

  /// "C#3", "Bb4", "a2", "Fs5"; sure where there is an accidental.
  private static func note(_ text: String) -> (name: String, isSure: Bool)? {
    guard let first = text.first, "abcdefg".contains(first.lowercased()), let last = text.last,
      let octave = last.wholeNumberValue, octave < 9, last.isASCII
    else { return nil }
    let sign = text.dropFirst().dropLast().lowercased()
    guard let accidental = ["": "", "#": "#", "♯": "#", "s": "#", "sharp": "#", "b": "b", "♭": "b", "flat": "b"][sign]
    else { return nil }
    return (first.uppercased() + accidental + String(last), !accidental.isEmpty)
  }

  /// "minor7b5" behind a root of its own.
  private static func chord(on root: String, _ tokens: ArraySlice<NameToken>) -> (name: String, count: Int)? {
    let piece = tokens.prefix { $0.chunk == tokens.first?.chunk }
    let name = root + piece.map(\.text).joined()
    return piece.count > 1 && isChord(name) ? (name, piece.count) : nil
  }

  /// "Dm7", "Cadd9", "F#maj7": more than a letter and a mode.
  static func isChord(_ text: String) -> Bool {
    guard let first = text.first, "ABCDEFG".contains(first), text.count > 2,
      text.contains(where: { $0.isNumber }) || text.contains("sus") || text.contains("dim") || text.contains("aug")
    else { return false }
    return note(text) == nil && Chord(name: text) != nil
  }
}
