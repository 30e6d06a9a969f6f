import Text

/// A folder of samples in numbers, its files, and what to do about them.
public struct FolderReport: Sendable, Codable {
  /// A kind of sound.
  public struct Category: Sendable, Codable, Equatable {
    /// Nil for clips of which no category is known.
    public var name: String?
    public var clips: Int
    public var medianSeconds: Double
    public var longestSeconds: Double
    /// Clips that say their tempo, and their key or note.
    public var withTempo: Int
    public var withKey: Int
  }

  /// What captions have in common.
  public struct Captions: Sendable, Codable, Equatable {
    public var given: Int
    public var fromNames: Int
    public var different: Int
    public var words: Int
    /// Words that stand in the captions of one clip alone.
    public var onceUsed: Int
    /// The words of most clips, and how many these are.
    public var mostUsed: [Use]

    public struct Use: Sendable, Codable, Equatable {
      public var word: String
      public var clips: Int
    }
  }

  /// The folder's name.
  public var folder: String
  public var clips: Int
  public var seconds: Double
  public var shortestSeconds: Double
  public var medianSeconds: Double
  public var longestSeconds: Double
  /// The softest, the median and the loudest level while they sound, in dBFS; empty where all are silent.
  public var levels: [Double]
  /// Clips by sample rate in hertz, and by the number of channels.
  public var sampleRates: [Int: Int]
  public var channels: [Int: Int]
  /// The most usual first, those without a category last.
  public var categories: [Category]
  public var captions: Captions
  public var findings: [Finding]
  public var files: [FileFacts]
  /// Groups of files with the same sound, by number.
  public var sameFiles: [[Int]]

  init(folder: String, files: [FileFacts], copies: SoundCopies, warnings: [String]) {
    self.folder = folder
    self.files = files
    sameFiles = copies.same
    clips = files.count
    let sounds = files.compactMap(\.sound)
    let lengths = sounds.map(\.seconds).sorted()
    seconds = lengths.reduce(0, +)
    (shortestSeconds, longestSeconds) = (lengths.first ?? 0, lengths.last ?? 0)
    medianSeconds = Self.median(lengths)
    let levels = sounds.compactMap(\.levelDecibels).sorted()
    self.levels = levels.isEmpty ? [] : [levels[0], Self.median(levels), levels[levels.count - 1]]
    sampleRates = Dictionary(sounds.map { ($0.sampleRate, 1) }, uniquingKeysWith: +)
    channels = Dictionary(sounds.map { ($0.channels, 1) }, uniquingKeysWith: +)
    categories = Dictionary(grouping: files, by: \.category).map(Self.category).sorted {
      ($0.name == nil ? 1 : 0, $1.clips, $0.name ?? "") < ($1.name == nil ? 1 : 0, $0.clips, $1.name ?? "")
    }
    captions = Self.captions(of: files)
    findings = FindingRules.findings(files, copies, warnings)
  }

  private static func category(_ name: String?, _ files: [FileFacts]) -> Category {
    let lengths = files.compactMap(\.sound?.seconds).sorted()
    return Category(
      name: name, clips: files.count, medianSeconds: median(lengths), longestSeconds: lengths.last ?? 0,
      withTempo: files.count { $0.tempo != nil }, withKey: files.count { $0.key != nil || $0.note != nil })
  }

  private static func captions(of files: [FileFacts]) -> Captions {
    var uses: [String: Int] = [:]
    for file in files {
      let words = file.captions.joined(separator: " ").lowercased().split { !($0.isLetter || $0.isNumber || $0 == "-") }
      for word in Set(words.map(String.init)) where word.contains(where: \.isLetter) && word.count > 1 {
        if !FunctionWords.contains(word) { uses[word, default: 0] += 1 }
      }
    }
    let most = uses.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(12)
    return Captions(
      given: files.count { !$0.isNamed }, fromNames: files.count(where: \.isNamed),
      different: Set(files.map(\.caption)).count, words: uses.count, onceUsed: uses.values.count { $0 == 1 },
      mostUsed: most.map { Captions.Use(word: $0.key, clips: $0.value) })
  }

  private static func median(_ sorted: [Double]) -> Double { sorted.isEmpty ? 0 : sorted[sorted.count / 2] }
}
