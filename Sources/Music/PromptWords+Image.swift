/// One thing that is said of place or width.
struct ImagePhrase: Equatable {
  var pan: Double?
  var width: Double?
  var isMono = false
  /// Words before it that only lead there, and go with it.
  var leading: Set<String> = []
}

extension PromptWords {
  /// What begins at a word and says where a sound lies, or how wide it is; nil where nothing does.
  func image(at index: Int) -> Reading<ImagePhrase>? {
    panned(at: index) ?? placed(at: index) ?? standing(at: index) ?? stereo(at: index) ?? mono(at: index)
      ?? broad(at: index)
  }

  private static let sides: [String: Double] = ["left": -1, "right": 1, "centre": 0, "center": 0]
  private static let pans: Set<String> = ["panned", "pan", "panning"]
  private static let channels: Set<String> = ["side", "channel", "speaker", "ear"]
  /// What may follow a place without being what is left or right.
  private static let connectives: Set<String> = ["with", "and", "but", "at", "in", "over", "while", "of", "for"]
  private static let intensifiers: Set<String> = ["very", "super", "really", "extra", "ultra", "extremely", "huge"]
  private static let beforePhrase: Set<String> = ["and", "with", "a", "an", "but", "in", "the"]

  /// Whether nothing that belongs to the words before stands at a word.
  private func ends(at index: Int) -> Bool { index >= words.count || words[index - 1].endsClause }
  private func begins(at index: Int) -> Bool { index == 0 || words[index - 1].endsClause }
  /// Whether "side", "channel" and the like stand at a word and belong to those before.
  private func namesChannel(at index: Int) -> Bool {
    !ends(at: index) && Self.channels.contains(words[index].lowercased)
  }

  /// A side with what tells how far, from a word on: "hard left", "30% right", "centre".
  private func side(at index: Int) -> (pan: Double, end: Int)? {
    guard let word = lowercased(index) else { return nil }
    if let side = Self.sides[word] { return (side * SpokenImage.usual, index + 1) }
    guard let next = lowercased(index + 1).flatMap({ Self.sides[$0] }), !words[index].endsClause else { return nil }
    if let degree = SpokenImage.degrees[word] { return (next * degree, index + 2) }
    guard word.hasSuffix("%"), let share = Double(word.dropLast()), (0...100).contains(share) else { return nil }
    return (next * share / 100, index + 2)
  }

  /// Whether "left to right", "left and right" or "left-right" goes on at a word.
  private func goesToOther(at index: Int) -> Bool {
    guard !ends(at: index), let word = lowercased(index), ["to", "and", "&", "or", "then"].contains(word) else {
      return false
    }
    let next = lowercased(index + 1) == "the" ? index + 2 : index + 1
    return side(at: next) != nil
  }

  /// "panned hard left", "pan to the right", "panned wide".
  private func panned(at index: Int) -> Reading<ImagePhrase>? {
    guard let word = lowercased(index), Self.pans.contains(word), !words[index].endsClause else { return nil }
    var next = index + 1
    while let filler = lowercased(next), ["to", "on", "in", "at", "the"].contains(filler) { next += 1 }
    if lowercased(next) == "wide" {
      return Reading(value: ImagePhrase(width: SpokenImage.wide, leading: ["and"]), words: index..<next + 1)
    }
    guard var (pan, end) = side(at: next), !goesToOther(at: end) else { return nil }
    if namesChannel(at: end) { end += 1 }
    return Reading(value: ImagePhrase(pan: pan, leading: ["and"]), words: index..<end)
  }

  /// "on the left", "in the right channel", "to the far left", "in the centre", "from the right hand side".
  private func placed(at index: Int) -> Reading<ImagePhrase>? {
    guard let word = lowercased(index), ["on", "in", "from", "to", "at"].contains(word) else { return nil }
    let hasArticle = lowercased(index + 1) == "the"
    guard var (pan, end) = side(at: hasArticle ? index + 2 : index + 1) else { return nil }
    if lowercased(end) == "hand", lowercased(end + 1).map(Self.channels.contains) ?? false { end += 1 }
    let isOfChannel = namesChannel(at: end)
    if isOfChannel { end += 1 }
    guard hasArticle || isOfChannel, !goesToOther(at: end) else { return nil }
    guard ends(at: end) || Self.connectives.contains(words[end].lowercased) else { return nil }
    return Reading(value: ImagePhrase(pan: pan, leading: ["and", "panned"]), words: index..<end)
  }

  /// "Piano, left", "snare, hard right", "left channel", "dead centre": what stands for itself.
  private func standing(at index: Int) -> Reading<ImagePhrase>? {
    if begins(at: index), index > 0, let word = lowercased(index), ["centred", "centered"].contains(word),
      ends(at: index + 1)
    {
      return Reading(value: ImagePhrase(pan: 0), words: index..<index + 1)
    }
    if lowercased(index) == "dead", let next = lowercased(index + 1), Self.sides[next] == 0, ends(at: index + 2) {
      return Reading(value: ImagePhrase(pan: 0, leading: ["and"]), words: index..<index + 2)
    }
    guard var (pan, end) = side(at: index) else { return nil }
    let hasDegree = end > index + 1
    if namesChannel(at: end) {
      end += lowercased(end + 1) == "only" ? 2 : 1
      guard ends(at: end), begins(at: index) || hasDegree else { return nil }
      return Reading(value: ImagePhrase(pan: pan, leading: ["and"]), words: index..<end)
    }
    // "…, right?" asks for something else, and so does "Right, a piano".
    guard ends(at: end), !words[end - 1].raw.hasSuffix("?"), hasDegree || index > 0 && begins(at: index) else {
      return nil
    }
    return Reading(value: ImagePhrase(pan: pan, leading: ["and"]), words: index..<end)
  }

  // MARK: Width

  private static let images: Set<String> = [
    "image", "field", "soundstage", "panorama", "spread", "width", "sound", "mix", "imaging", "stage",
  ]

  /// A width, with what strengthens it, from a word on.
  private func width(at index: Int) -> (width: Double, end: Int)? {
    let isStrong = lowercased(index).map(Self.intensifiers.contains) ?? false
    let place = isStrong ? index + 1 : index
    switch lowercased(place) {
    case "wide": return (isStrong ? 2 : SpokenImage.wide, place + 1)
    case "narrow": return (isStrong ? SpokenImage.narrow / 2 : SpokenImage.narrow, place + 1)
    default: return nil
    }
  }

  /// "Wide stereo", "narrow stereo image", "stereo wide", "wide soundstage".
  private func stereo(at index: Int) -> Reading<ImagePhrase>? {
    if lowercased(index) == "stereo", !words[index].endsClause, let (width, end) = width(at: index + 1), ends(at: end) {
      return Reading(value: ImagePhrase(width: width, leading: Self.beforePhrase), words: index..<end)
    }
    guard var (width, end) = width(at: index), !ends(at: end) else { return nil }
    let saysStereo = lowercased(end) == "stereo"
    if saysStereo { end += 1 }
    let isImage = !ends(at: end) && Self.images.contains(words[end].lowercased)
    guard saysStereo || isImage && !["sound", "spread", "field", "stage"].contains(words[end].lowercased) else {
      return nil
    }
    if isImage { end += 1 }
    // "With a wide stereo image" goes as a whole, and of "a wide stereo pad" the pad stays.
    let isWhole = ends(at: end) || Self.connectives.contains(words[end].lowercased)
    return Reading(value: ImagePhrase(width: width, leading: isWhole ? Self.beforePhrase : []), words: index..<end)
  }

  /// "In mono", "mono" by itself, "mono recording"; a mono synth is another thing.
  private func mono(at index: Int) -> Reading<ImagePhrase>? {
    let phrase = ImagePhrase(isMono: true, leading: ["and", "a"])
    let isIn = lowercased(index) == "in"
    let place = isIn ? index + 1 : index
    guard lowercased(place) == "mono" else { return nil }
    if isIn { return Reading(value: phrase, words: index..<place + 1) }
    if begins(at: index), ends(at: index + 1) { return Reading(value: phrase, words: index..<index + 1) }
    guard let next = lowercased(index + 1), ["file", "recording", "mix", "signal", "output"].contains(next),
      !words[index].endsClause, ends(at: index + 2)
    else { return nil }
    return Reading(value: phrase, words: index..<index + 2)
  }

  /// What is wide or narrow without having to do with stereo.
  private static let other: Set<String> = [
    "open", "band", "bandpass", "range", "interval", "intervals", "leap", "leaps", "jump", "jumps", "voicing",
    "voicings", "voiced", "vibrato", "tremolo", "bend", "bends", "filter", "sweep", "notch", "passband", "register",
    "gap", "eyed", "awake", "angle", "variety", "chord", "chords", "fifths", "octaves",
  ]
  /// What is played or heard, besides instruments.
  private static let sources: Set<String> = [
    "pad", "pads", "synth", "synths", "lead", "leads", "drone", "drones", "ambience", "atmosphere", "texture",
    "textures", "supersaw", "supersaws", "saw", "saws", "drum", "drums", "snare", "clap", "kit", "toms", "cymbal",
    "cymbals", "percussion", "orchestra", "ensemble", "vocals", "soundscape",
  ]

  /// "Pad, wide", "wide and warm strings", "a wide analog synth pad".
  private func broad(at index: Int) -> Reading<ImagePhrase>? {
    guard let (width, end) = width(at: index) else { return nil }
    if begins(at: index), ends(at: end) { return Reading(value: ImagePhrase(width: width), words: index..<end) }
    guard !ends(at: end), !Self.other.contains(words[end].lowercased) else { return nil }
    if words[end].lowercased == "and", let next = lowercased(end + 1), !Self.other.contains(next), begins(at: index) {
      return Reading(value: ImagePhrase(width: width), words: index..<end + 1)
    }
    var (last, rest) = (end, [String]())
    while last < min(words.count, end + 3) {
      rest.append(words[last].lowercased)
      last += 1
      if words[last - 1].endsClause { break }
    }
    let names = rest.joined(separator: " ")
    guard rest.contains(where: Self.sources.contains) || InstrumentRange.keys(of: names) != nil else { return nil }
    return Reading(value: ImagePhrase(width: width), words: index..<end)
  }

  /// What is said to be panned, and is not heard.
  func unheardPans(_ heard: [Range<Int>]) -> [String] {
    words.indices.compactMap { index in
      guard ["panned", "panning"].contains(words[index].lowercased), !heard.contains(where: { $0.contains(index) })
      else { return nil }
      let text = words[index..<min(words.count, index + 4)].map(\.text).joined(separator: " ")
      return "\"\(text)\" is not heard: a clip stays in one place, as in \"panned left\""
    }
  }
}
