/// One thing that was measured.
public struct BenchmarkResult: Codable, Sendable, Equatable {
  /// What it is, by a name that stays the same from version to version.
  public var name: String
  /// The threads that worked on it.
  public var threads: Int
  /// Seconds that it took, the median of some runs.
  public var seconds: Double?
  /// Floating-point operations a second, for a ceiling.
  public var rate: Double?
  /// The share of the product rate, measured right before and after on as many threads, that its matrix products reached.
  public var share: Double?
  /// Seconds of sound made in a second.
  public var realTimeFactor: Double?
  /// Clips learned from in a second.
  public var clipsPerSecond: Double?
  /// The most memory that the process held, in bytes.
  public var peakBytes: Int?

  public init(_ name: String, threads: Int, seconds: Double? = nil) {
    self.name = name
    self.threads = threads
    self.seconds = seconds
  }

  /// How many times as fast as `old` this is: seconds against seconds, rate against rate, memory against memory.
  public func improvement(over old: BenchmarkResult) -> Double? {
    if let seconds, let before = old.seconds, seconds > 0 { return before / seconds }
    if let rate, let before = old.rate, before > 0 { return rate / before }
    if let peakBytes, let before = old.peakBytes, peakBytes > 0 { return Double(before) / Double(peakBytes) }
    return nil
  }
}
