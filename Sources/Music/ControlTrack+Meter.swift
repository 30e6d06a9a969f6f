import Foundation

extension ControlTrack {
  /// A track that knows the metre and nothing else: bars from the first frame on, at one tempo.
  ///
  /// - Parameter tempo: quarter notes a minute.
  /// - Precondition: the tempo is positive and finite.
  public init(
    tempo: Double, timeSignature: TimeSignature = .common, frameCount: Int,
    framesPerSecond: Double = Self.framesPerSecond
  ) {
    let tempo = Tempo(beatsPerMinute: tempo)
    self.init(frameCount: frameCount, framesPerSecond: framesPerSecond)
    declare(.meter)
    for frame in 0..<frameCount {
      let beat = Double(frame) / framesPerSecond / tempo.secondsPerBeat
      setMeter(frame: frame, quartersIntoBar: beat, timeSignature: timeSignature)
    }
  }

  /// Puts the phases of a point `quarters` after a bar line into a frame.
  mutating func setMeter(frame: Int, quartersIntoBar quarters: Double, timeSignature: TimeSignature) {
    var bars = quarters / timeSignature.quartersPerBar
    // A hair before a bar line is on it: the quarter notes are counted from there.
    if abs(bars - bars.rounded()) < 1e-9 { bars = bars.rounded() }
    let barPhase = bars - bars.rounded(.down)
    let beats = barPhase * timeSignature.quartersPerBar
    setMeter(frame: frame, beatPhase: beats - beats.rounded(.down), barPhase: barPhase)
  }

  /// Puts phases, 0 … 1, into a frame.
  mutating func setMeter(frame: Int, beatPhase: Double, barPhase: Double) {
    let (beat, bar) = (2 * Double.pi * beatPhase, 2 * Double.pi * barPhase)
    set(.meter, frame: frame, to: [Float(sin(beat)), Float(cos(beat)), Float(sin(bar)), Float(cos(bar))])
  }

  /// The phase, 0 ..< 1, whose sine and cosine lie at `offset` of a frame; nil where both are about 0.
  func phase(frame: Int, at offset: Int) -> Double? {
    let sine = Double(values[frame * Self.valueCount + offset])
    let cosine = Double(values[frame * Self.valueCount + offset + 1])
    guard hypot(sine, cosine) > 0.5 else { return nil }
    let phase = atan2(sine, cosine) / (2 * Double.pi)
    return phase < 0 ? min(phase + 1, 1.0.nextDown) : phase
  }
}
