/// How far sets of clips are from real ones as sets: Fréchet distances (`FrechetFeatures`).
public struct DistanceReport: Codable, Sendable, Equatable {
  /// What all are compared with: so many real clips, held out or learned from.
  public var referenceClips: Int
  public var referenceIsHeldOut: Bool
  /// Clips in each of the sets.
  public var clips: Int
  /// Of the generated clips; of the real ones whose captions they have, through the vocoder and as they are. The last is
  /// as near as real clips come, this many of them.
  public var generated: Double
  public var vocoded: Double
  public var real: Double
}
