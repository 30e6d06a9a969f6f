extension MIDIFile {
  /// The first tempo that it plays at, in quarter notes a minute; nil where it counts seconds.
  public var tempo: Double? {
    if countsSeconds { return nil }
    let first = tempos.last { $0.beat <= 0 }
    return first.map { Tempo(microsecondsPerQuarter: $0.microsecondsPerQuarter).beatsPerMinute } ?? 120
  }

  /// Whether the tempo changes before its end.
  public var changesTempo: Bool {
    guard !countsSeconds, let tempo else { return false }
    return tempos.contains {
      $0.beat < lengthBeats
        && abs(Tempo(microsecondsPerQuarter: $0.microsecondsPerQuarter).beatsPerMinute - tempo) > 0.005 * tempo
    }
  }

  /// The file at one tempo throughout, in quarter notes a minute, and in another metre if one is given. One that counts
  /// seconds stays as it is.
  /// - Precondition: the tempo is positive and finite.
  public func played(at tempo: Double, timeSignature: TimeSignature? = nil) -> MIDIFile {
    if countsSeconds { return self }
    var file = self
    let microseconds = Tempo(beatsPerMinute: tempo).microsecondsPerQuarter
    file.tempos = [TempoChange(beat: 0, microsecondsPerQuarter: microseconds)]
    if let timeSignature { file.timeSignatures = [TimeSignatureChange(beat: 0, timeSignature: timeSignature)] }
    return file
  }

  /// Where a number of bars ends, in quarter notes from the start: through every change of the metre, 4/4 until the first.
  public func beat(ofBars count: Int, timeSignature: TimeSignature? = nil) -> Double {
    if let timeSignature { return Double(count) * timeSignature.quartersPerBar }
    var (beat, rest, signature) = (0.0, Double(count), TimeSignature.common)
    for change in timeSignatures.sorted(by: { $0.beat < $1.beat }) {
      let bars = (change.beat - beat) / signature.quartersPerBar
      if bars > 0 {
        guard bars < rest else { break }
        // A change within a bar begins a new one.
        (rest, beat) = (rest - bars.rounded(.up), change.beat)
      }
      signature = change.timeSignature
    }
    return beat + max(0, rest) * signature.quartersPerBar
  }
}
