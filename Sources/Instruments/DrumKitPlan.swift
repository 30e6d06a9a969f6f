/// A drum of a kit: what it is asked for by, its key in General MIDI, and how loud it is beside the others.
public struct KitDrum: Sendable, Equatable {
  public let name: String
  public let key: Int
  /// What a caption calls it.
  let words: String
  /// Its peak in dBFS, and the longest that it sounds, in seconds.
  let peak: Float
  let seconds: Double
  /// Drums of one group cut each other off.
  let chokeGroup: Int?

  init(_ name: String, key: Int, _ words: String, peak: Float, seconds: Double = 1.5, chokeGroup: Int? = nil) {
    (self.name, self.key, self.words, self.peak) = (name, key, words, peak)
    (self.seconds, self.chokeGroup) = (seconds, chokeGroup)
  }

  /// The keys of General MIDI level 1, channel 10. Levels are a judgement: cymbals beneath drums, as in most kits.
  public static let all = [
    KitDrum("kick", key: 36, "kick drum", peak: -1),
    KitDrum("rim", key: 37, "rimshot", peak: -4),
    KitDrum("snare", key: 38, "snare drum", peak: -2),
    KitDrum("clap", key: 39, "hand clap", peak: -3),
    KitDrum("low-tom", key: 41, "low tom", peak: -3),
    KitDrum("closed-hat", key: 42, "closed hi-hat", peak: -9, seconds: 0.8, chokeGroup: 1),
    KitDrum("pedal-hat", key: 44, "pedal hi-hat", peak: -10, seconds: 0.8, chokeGroup: 1),
    KitDrum("mid-tom", key: 45, "mid tom", peak: -3),
    KitDrum("open-hat", key: 46, "open hi-hat", peak: -9, seconds: 2, chokeGroup: 1),
    KitDrum("crash", key: 49, "crash cymbal", peak: -6, seconds: 4),
    KitDrum("high-tom", key: 50, "high tom", peak: -3),
    KitDrum("ride", key: 51, "ride cymbal", peak: -9, seconds: 3),
    KitDrum("tambourine", key: 54, "tambourine", peak: -9),
    KitDrum("cowbell", key: 56, "cowbell", peak: -8),
    KitDrum("shaker", key: 70, "maracas", peak: -10),
    KitDrum("claves", key: 75, "claves", peak: -8),
  ]

  /// The rest of General MIDI's, which rhythms play now and then.
  static let others = [
    KitDrum("high-mid-tom", key: 48, "high mid tom", peak: -3),
    KitDrum("ride-bell", key: 53, "ride bell", peak: -9, seconds: 2),
    KitDrum("high-bongo", key: 60, "high bongo", peak: -6), KitDrum("low-bongo", key: 61, "low bongo", peak: -6),
    KitDrum("muted-conga", key: 62, "muted conga", peak: -6), KitDrum("open-conga", key: 63, "open conga", peak: -6),
    KitDrum("low-conga", key: 64, "low conga", peak: -6), KitDrum("high-timbale", key: 65, "timbale", peak: -6),
    KitDrum("high-agogo", key: 67, "high agogo", peak: -8), KitDrum("low-agogo", key: 68, "low agogo", peak: -8),
    KitDrum("cabasa", key: 69, "cabasa", peak: -10), KitDrum("guiro", key: 73, "guiro", peak: -9),
    KitDrum("woodblock", key: 76, "woodblock", peak: -8), KitDrum("triangle", key: 81, "triangle", peak: -10),
  ]

  /// Those that some keys play; keys of none play nothing.
  public static func playing(_ keys: Set<Int>) -> [KitDrum] {
    (all + others).filter { keys.contains($0.key) }
  }

  /// Those of these names.
  /// - Throws: `InstrumentError.unknownDrum`.
  public static func named(_ names: [String]) throws(InstrumentError) -> [KitDrum] {
    var drums: [KitDrum] = []
    for name in names {
      guard let drum = all.first(where: { $0.name == name }) else {
        throw .unknownDrum(name, known: all.map(\.name))
      }
      if !drums.contains(drum) { drums.append(drum) }
    }
    return drums
  }
}

/// What a kit is made of.
public struct DrumKitPlan: Sendable, Equatable {
  /// What it should sound like: "808 techno".
  public var style: String
  public var drums: [KitDrum]
  /// Samples of each drum, which are played in turns.
  public var takes: Int
  public var seed: UInt64

  public init(style: String, drums: [KitDrum] = KitDrum.all, takes: Int = 1, seed: UInt64 = 0) {
    (self.style, self.drums, self.takes, self.seed) = (style, drums, takes, seed)
  }

  /// The names of the samples' files, without extensions.
  public var stems: [String] {
    drums.flatMap { drum in (0..<takes).map { SampledNote.stem(drum.name, layer: 0, take: $0) } }
  }

  /// What is wrong with it, in one line; nil if nothing is.
  public var problem: String? {
    guard (1...16).contains(takes) else { return "\(takes) takes of each drum: wants 1 to 16" }
    return drums.isEmpty ? "a kit without drums" : nil
  }
}
