import Novelty

/// How far generated clips are from what the model has learned.
public struct NoveltyReport: Codable, Sendable, Equatable {
  public struct Clip: Codable, Sendable, Equatable {
    public var prompt: String
    public var seed: UInt64
    /// The distance to the nearest training clip over the median of held-out real clips.
    public var ratio: Double
    /// The name of the nearest training clip.
    public var nearest: String

    public init(prompt: String, seed: UInt64, ratio: Double, nearest: String) {
      (self.prompt, self.seed, self.ratio, self.nearest) = (prompt, seed, ratio, nearest)
    }
  }

  /// The median distance of held-out real clips to their nearest training clips: what ratios are in units of.
  public var medianHeldOutDistance: Double
  /// The ratios of held-out real clips.
  public var heldOutRatios: [Double]
  /// As they come.
  public var clips: [Clip]
  /// The ratios of the clips that `hiss generate` gives: those below `NoveltyGuard.standardThreshold` are made again with
  /// other seeds, and left out where none helps.
  public var keptRatios: [Double]

  public init(medianHeldOutDistance: Double, heldOutRatios: [Double], clips: [Clip], keptRatios: [Double]) {
    self.medianHeldOutDistance = medianHeldOutDistance
    self.heldOutRatios = heldOutRatios
    self.clips = clips
    self.keptRatios = keptRatios
  }

  /// Clips nearer than this are called near copies.
  public static let copyRatio = 0.5

  public var ratios: [Double] { clips.map(\.ratio) }
  /// Clips that were made again, or left out.
  public var rejectedCount: Int { clips.count { $0.ratio < NoveltyGuard.standardThreshold } }
  public var medianRatio: Double { Statistics.median(ratios) }
  /// The share of generated clips, and of held-out real ones, below `copyRatio`.
  public var copyShare: Double { Self.copyShare(ratios) }
  public var heldOutCopyShare: Double { Self.copyShare(heldOutRatios) }

  static func copyShare(_ ratios: [Double]) -> Double {
    Double(ratios.count { $0 < copyRatio }) / Double(max(1, ratios.count))
  }
}
