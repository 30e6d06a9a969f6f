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
