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

/// When each quarter note of a piece falls, through every change of its tempo.
public struct TempoMap: Equatable, Sendable {
  private struct Segment: Equatable, Sendable {
    var beat: Double
    var seconds: Double
    var secondsPerBeat: Double
  }

  private var segments = [Segment(beat: 0, seconds: 0, secondsPerBeat: 0.5)]

  /// 120 quarter notes a minute until the first change.
  public init(_ changes: [MIDIFile.TempoChange] = []) {
    for change in changes.sorted(by: { $0.beat < $1.beat }) {
      let last = segments[segments.count - 1]
      let seconds = last.seconds + (change.beat - last.beat) * last.secondsPerBeat
      let segment = Segment(
        beat: change.beat, seconds: seconds, secondsPerBeat: Double(change.microsecondsPerQuarter) / 1e6)
      if change.beat <= last.beat { segments.removeLast() }
      segments.append(segment)
    }
  }

  /// Seconds from the start to a quarter note.
  public func seconds(atBeat beat: Double) -> Double {
    let segment = segment { $0.beat <= beat }
    return segment.seconds + (beat - segment.beat) * segment.secondsPerBeat
  }

  /// The quarter note, with its fraction, at a time.
  public func beat(atSeconds seconds: Double) -> Double {
    let segment = segment { $0.seconds <= seconds }
    return segment.beat + (seconds - segment.seconds) / segment.secondsPerBeat
  }

  /// The last segment that has begun, the first where none has; `hasBegun` is true up to some segment, then false.
  private func segment(where hasBegun: (Segment) -> Bool) -> Segment {
    var (low, high) = (0, segments.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if hasBegun(segments[middle]) { low = middle } else { high = middle }
    }
    return segments[low]
  }
}
