/// Beats in a bar, and the note value of a beat: 4/4, 3/4, 6/8.
public struct TimeSignature: Hashable, Sendable, Codable {
  public let numerator: Int
  /// A power of two, 1 … 64.
  public let denominator: Int

  public init(_ numerator: Int, _ denominator: Int) {
    precondition((1...255).contains(numerator), "A bar has 1 to 255 beats, not \(numerator)")
    precondition(
      (1...64).contains(denominator) && denominator & (denominator - 1) == 0,
      "A beat is a power of two up to 64, not \(denominator)")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Reads "4/4", "6/8"; nil for anything else.
  public init?(name: String) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let numerator = parts[0], let denominator = parts[1], (1...255).contains(numerator),
      (1...64).contains(denominator), denominator & (denominator - 1) == 0
    else { return nil }
    self.init(numerator, denominator)
  }

  public static let common = TimeSignature(4, 4)

  /// The length of a bar in quarter notes.
  public var quartersPerBar: Double { Double(numerator) * 4 / Double(denominator) }

  public var name: String { "\(numerator)/\(denominator)" }
}

/// A number of bars at a tempo, and exactly how long they are.
public struct Bars: Hashable, Sendable {
  public let count: Double
  public let tempo: Tempo
  public let timeSignature: TimeSignature

  /// - Parameter count: bars, which may be broken: half a bar is 0.5.
  /// - Precondition: the count is positive and finite.
  public init(_ count: Double, tempo: Tempo, timeSignature: TimeSignature = .common) {
    precondition(count > 0 && count.isFinite, "\(count) bars: wants a positive number")
    self.count = count
    self.tempo = tempo
    self.timeSignature = timeSignature
  }

  /// Length in quarter notes.
  public var beats: Double { count * timeSignature.quartersPerBar }

  /// Length in seconds.
  public var seconds: Double { beats * 60 / tempo.beatsPerMinute }

  /// The nearest whole number of samples: 4 bars of 4/4 at 120 beats a minute are 352,800 at 44.1 kHz.
  /// - Precondition: the rate is positive.
  public func sampleCount(sampleRate: Int = 44_100) -> Int {
    precondition(sampleRate > 0, "\(sampleRate) samples a second")
    // One division, last, so that what comes out whole is exact.
    return Int((beats * 60 * Double(sampleRate) / tempo.beatsPerMinute).rounded())
  }
}
