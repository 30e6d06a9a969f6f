/// A tempo in quarter notes a minute.
public struct Tempo: Hashable, Sendable, Codable {
  public let beatsPerMinute: Double

  /// - Parameter beatsPerMinute: above 0 and finite.
  public init(beatsPerMinute: Double) {
    precondition(
      beatsPerMinute > 0 && beatsPerMinute.isFinite, "A tempo is positive and finite, not \(beatsPerMinute)")
    self.beatsPerMinute = beatsPerMinute
  }

  public init(microsecondsPerQuarter: Int) {
    precondition(microsecondsPerQuarter > 0, "A quarter note lasts at least 1 µs, not \(microsecondsPerQuarter)")
    self.init(beatsPerMinute: 60_000_000 / Double(microsecondsPerQuarter))
  }

  public var secondsPerBeat: Double { 60 / beatsPerMinute }

  /// As a MIDI tempo event carries it: 24 bits, so no slower than 3.6 beats a minute.
  public var microsecondsPerQuarter: Int {
    Int(min(max((60_000_000 / beatsPerMinute).rounded(), 1), 16_777_215))
  }
}
