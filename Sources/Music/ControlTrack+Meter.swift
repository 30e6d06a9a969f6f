import Foundation

extension ControlTrack {
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

/// How fast beats and bars go by at the end of a track, so that they can go on.
struct MeterMotion {
  private let barPhase: Double
  private let barStep: Double
  private let quartersPerBar: Double

  /// Nil where the last frames of `track` have no metre, or it stands still.
  init?(endOf track: ControlTrack) {
    let frames = max(0, track.frameCount - 4)..<track.frameCount
    let phases = frames.map { (beat: track.beatPhase(frame: $0), bar: track.barPhase(frame: $0)) }
    let known = phases.reversed().prefix { $0.beat != nil && $0.bar != nil }.reversed()
    var beatSteps: [Double] = []
    var barSteps: [Double] = []
    for (earlier, later) in zip(known, known.dropFirst()) {
      guard let beat = earlier.beat, let nextBeat = later.beat, let bar = earlier.bar, let nextBar = later.bar
      else { continue }
      beatSteps.append(Self.wrapped(nextBeat - beat))
      barSteps.append(Self.wrapped(nextBar - bar))
    }
    guard let last = known.last?.bar, let beatStep = Self.median(beatSteps), let barStep = Self.median(barSteps),
      barStep > 1e-6, beatStep > 1e-6
    else { return nil }
    barPhase = last
    self.barStep = barStep
    // A bar is a whole number of 64th notes; phases kept as Float are not exact enough to say how long without that.
    quartersPerBar = max(1, (16 * beatStep / barStep).rounded()) / 16
  }

  /// The phases within the quarter note and the bar, 0 ..< 1, so many frames after the track's last.
  func phases(framesLater count: Int) -> (beat: Double, bar: Double) {
    let position = barPhase + Double(count) * barStep
    let bar = position - position.rounded(.down)
    let quarters = bar * quartersPerBar
    return (quarters - quarters.rounded(.down), bar)
  }

  private static func wrapped(_ difference: Double) -> Double { difference < 0 ? difference + 1 : difference }

  /// The middle one of an odd number, the lower of the two in the middle of an even: a bar line where a quarter note
  /// was cut short is one step out of three.
  private static func median(_ steps: [Double]) -> Double? {
    steps.isEmpty ? nil : steps.sorted()[(steps.count - 1) / 2]
  }
}
