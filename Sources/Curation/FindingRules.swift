/// What is said of a folder, and from where on.
enum FindingRules {
  /// Offsets below this part of full scale (−50 dBFS) are not heard, and not learned.
  static let leastOffset = 0.003
  /// Seconds of silence before and after a sound that are too many.
  static let longestSilenceBefore = 0.1
  static let longestSilenceAfter = 1.0
  /// Seconds beyond which training shows a clip in parts only, all with the same caption.
  static let longestClip = 30.0
  static let shortestClip = 0.04
  /// Shorter ones are single waves, which begin and end anywhere.
  static let shortestCut = 0.1
  /// Clips of a category with which something can be learned of it.
  static let leastOfCategory = 4
  /// Clips that a training wants.
  static let leastClips = 100

  /// Whether a file peaks above full scale. What was compressed lossily does, by a little, though it did not before.
  static func isTooLoud(_ file: FileFacts, _ sound: SoundMeasures) -> Bool {
    sound.peakDecibels ?? 0 > (file.isLossless ? 0.01 : 3)
  }

  static func findings(_ files: [FileFacts], _ copies: SoundCopies, _ warnings: [String]) -> [Finding] {
    let notes = warnings.map { Finding(kind: .folder, what: $0, advice: "", files: []) }
    return [
      unreadable(files), faults(files), alike(files, copies), shapes(files), names(files), music(files), whole(files),
      notes,
    ].flatMap(\.self)
  }

  /// The finding of those files of which something holds; none where it holds of none.
  private static func finding(
    _ kind: Finding.Kind, _ files: [FileFacts], _ one: String, _ many: String, _ advice: String,
    where holds: (FileFacts, SoundMeasures) -> Bool
  ) -> [Finding] {
    let found = files.filter { file in file.sound.map { holds(file, $0) } ?? false }.map(\.file)
    guard !found.isEmpty else { return [] }
    return [
      Finding(kind: kind, what: found.count == 1 ? "1 \(one)" : "\(found.count) \(many)", advice: advice, files: found)
    ]
  }

  private static func unreadable(_ files: [FileFacts]) -> [Finding] {
    let damaged = files.filter { $0.fault != nil }
    guard let fault = damaged.first?.fault else { return [] }
    return [
      Finding(
        kind: .unreadable,
        what: "\(damaged.count) \(damaged.count == 1 ? "file" : "files") cannot be read (\(fault))",
        advice: "export again, or take away; --fix leaves them out", files: damaged.map(\.file))
    ]
  }

  private static func faults(_ files: [FileFacts]) -> [Finding] {
    [
      finding(.silent, files, "file is silent", "files are silent", "take them away: silence would be learned") {
        $1.isSilent
      },
      finding(
        .cancelling, files, "file has left and right of opposite signs", "files have left and right of opposite signs",
        "invert one channel: in mono, which is learned, nothing is left"
      ) { $1.cancels },
      finding(.clipped, files, "file is clipped", "files are clipped", "record or export again with less level") {
        $1.clippedPlaces >= 3
      },
      finding(
        .tooLoud, files, "file peaks above full scale", "files peak above full scale", "--fix makes them softer"
      ) { isTooLoud($0, $1) },
      finding(.offset, files, "file has an offset (DC)", "files have an offset (DC)", "--fix takes it out") {
        abs($1.offset) > leastOffset
      },
      finding(.quiet, files, "file is very soft", "files are very soft (below −45 dBFS)", "normalise them") {
        !$1.isSilent && ($1.levelDecibels ?? 0) < -45
      },
      finding(
        .dull, files, "file has a sample rate below 32 kHz", "files have sample rates below 32 kHz",
        "they are learned as dull sounds; look for better ones"
      ) { $1.sampleRate < 32000 },
    ].flatMap(\.self)
  }

  private static func shapes(_ files: [FileFacts]) -> [Finding] {
    [
      finding(.silence, files, "file has silence at its ends", "files have silence at their ends", "--fix cuts it off")
      {
        file, sound in
        !sound.isSilent && !file.isLoop
          && (sound.silenceBefore > longestSilenceBefore || sound.silenceAfter > longestSilenceAfter)
      },
      finding(
        .cut, files, "file is cut: it begins or ends within a sound", "files are cut: they begin or end within a sound",
        "fade their ends, or call them loops if they are"
      ) { file, sound in !file.isLoop && sound.seconds >= shortestCut && (sound.beginsCut || sound.endsCut) },
      finding(.short, files, "file is shorter than 0.04 s", "files are shorter than 0.04 s", "is it a whole sound?") {
        $1.seconds < shortestClip
      },
      finding(
        .long, files, "file is longer than 30 s", "files are longer than 30 s",
        "cut into pieces with a caption each: training shows parts, and says the same of all"
      ) { $1.seconds > longestClip },
    ].flatMap(\.self)
  }

  private static func alike(_ files: [FileFacts], _ found: SoundCopies) -> [Finding] {
    func copies(_ kind: Finding.Kind, _ groups: [[Int]], _ what: String, _ advice: String) -> [Finding] {
      guard !groups.isEmpty else { return [] }
      let surplus = groups.reduce(0) { $0 + $1.count - 1 }
      let pairs = groups.map { group in
        group.prefix(3).map { files[$0].file }.joined(separator: " = ")
          + (group.count > 3 ? " = \(group.count - 3) more" : "")
      }
      return [
        Finding(kind: kind, what: "\(surplus) \(surplus == 1 ? "file" : "files") \(what)", advice: advice, files: pairs)
      ]
    }
    return copies(
      .same, found.same, "of the same sound as another",
      "keep one each: what comes twice is learned twice; --fix leaves them out")
      + copies(.near, found.near, "nearly the same as another", "keep the best; takes of one drum may stay")
  }

  private static func names(_ files: [FileFacts]) -> [Finding] {
    var found: [Finding] = []
    func add(_ kind: Finding.Kind, _ names: [String], _ one: String, _ many: String, _ advice: String) {
      guard !names.isEmpty else { return }
      found.append(
        Finding(
          kind: kind, what: names.count == 1 ? "1 \(one)" : "\(names.count) \(many)", advice: advice, files: names))
    }
    add(
      .nameless, files.filter(\.saysNothing).map(\.file), "name says nothing of its sound",
      "names say nothing of their sound", "rename, or --write-metadata and mend its captions by hand")
    add(
      .uncategorised, files.filter { $0.isNamed && !$0.saysNothing && $0.category == nil }.map(\.file),
      "name has no word that is known to be a kind of sound", "names have no word that is known to be a kind of sound",
      "their words are the captions; --list shows them, and Models/names.tsv takes more words")
    let counts = Dictionary(files.compactMap(\.category).map { ($0, 1) }, uniquingKeysWith: +)
    let rare = counts.filter { $0.value < leastOfCategory }.keys.sorted()
    if counts.count > 1, !rare.isEmpty {
      add(
        .rare, rare, "category has fewer than \(leastOfCategory) clips",
        "categories have fewer than \(leastOfCategory) clips", "add more of these, or do not expect to hear them")
    }
    return found
  }

  private static func whole(_ files: [FileFacts]) -> [Finding] {
    var found: [Finding] = []
    let captions = Set(files.map(\.caption))
    if files.count > 1, captions.count == 1 {
      found.append(
        Finding(
          kind: .alike, what: "all captions are the same", advice: "say what sets the clips off from each other",
          files: []))
    }
    if files.count < leastClips {
      found.append(
        Finding(
          kind: .few, what: "\(files.count) \(files.count == 1 ? "clip is" : "clips are") few",
          advice: "train with --noise-augmentation --from first", files: []))
    }
    return found
  }
}
