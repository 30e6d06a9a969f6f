import Novelty

/// How far clips do what was asked for.
public struct ObedienceReport: Codable, Sendable, Equatable {
  /// A mean, and of how many clips; nil where there were none to measure.
  public struct Figure: Codable, Sendable, Equatable {
    public var mean: Double
    public var clips: Int

    init?(_ values: [Double?]) {
      let there = values.compactMap(\.self)
      guard !there.isEmpty else { return nil }
      (mean, clips) = (Statistics.mean(there), there.count)
    }
  }

  public struct Row: Codable, Sendable, Equatable {
    /// What was measured.
    public var name: String
    /// The share of what sounds that is of the pitch classes asked for then.
    public var pitchShare: Figure?
    /// The share of what sounds that is in the octaves asked for then.
    public var octaveShare: Figure?
    /// The correlation of the mean strengths of the 12 pitch classes, asked and got.
    public var chromaCorrelation: Figure?
    /// The correlation of loudness over time, asked and got.
    public var loudnessCorrelation: Figure?
    /// The share of clips within 1 % and 4 % of the tempo asked for, octaves aside.
    public var tempoWithinOne: Figure?
    public var tempoWithinFour: Figure?

    init(name: String, _ clips: [ClipObedience]) {
      self.name = name
      pitchShare = Figure(clips.map(\.pitchShare))
      octaveShare = Figure(clips.map(\.octaveShare))
      chromaCorrelation = Figure(clips.map(\.chromaCorrelation))
      loudnessCorrelation = Figure(clips.map(\.loudnessCorrelation))
      tempoWithinOne = Figure(clips.map { $0.tempo(within: 0.01) })
      tempoWithinFour = Figure(clips.map { $0.tempo(within: 0.04) })
    }
  }

  /// Whether clips were asked for control tracks besides their captions.
  public var usesControls: Bool
  /// Generated, real through the vocoder, and real of another clip.
  public var rows: [Row]
}
