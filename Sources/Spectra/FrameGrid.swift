/// Where a run of frames lies on a signal with room on both sides: frame i of the run at i · hopLength.
struct FrameGrid: Sendable {
  let fftLength: Int
  let hopLength: Int
  /// Frames of the run.
  let frameCount: Int
  /// Whether time is a circle.
  let isCircular: Bool
  /// Positions that hold the signal; what lies around it is padding.
  let signal: Range<Int>
  /// Positions in all.
  let count: Int

  /// The grid of `frames` of a signal of `sampleCount` samples; of a run that is not the last, no further than its
  /// frames reach.
  init(_ transform: ShortTimeFourier, frames: Range<Int>, sampleCount: Int, isLast: Bool = true) {
    fftLength = transform.fftLength
    hopLength = transform.hopLength
    frameCount = frames.count
    isCircular = transform.padding == .circular
    let start = fftLength / 2 - frames.lowerBound * hopLength
    let end = start + sampleCount
    let reach = (frames.count - 1) * hopLength + fftLength
    count = isCircular ? sampleCount + fftLength : isLast ? max(reach, end + fftLength / 2) : reach
    signal = min(max(start, 0), count)..<max(min(max(start, 0), count), min(end, count))
  }

  /// Fills the factors that turn overlap-added inverse transforms into samples: 1 / (fftLength · Σw²) where the signal
  /// is, 0 where there is only padding or no frame.
  func fillEnvelope(_ envelope: UnsafeMutablePointer<Float>, window: [Float]) {
    envelope.update(repeating: 0, count: count)
    window.withUnsafeBufferPointer { window in
      for index in 0..<frameCount {
        let start = envelope + index * hopLength
        for offset in 0..<fftLength { start[offset] += window[offset] * window[offset] }
      }
    }
    fold(envelope)
    let scale = Float(fftLength)
    for position in 0..<count {
      let sum = envelope[position]
      let covered = signal.contains(position) && sum > .leastNormalMagnitude
      envelope[position] = covered ? 1 / (scale * sum) : 0
    }
  }

  /// On a circle, adds what lies beyond either end of the signal to where it comes round.
  func fold(_ values: UnsafeMutablePointer<Float>) {
    guard isCircular, !signal.isEmpty else { return }
    for position in 0..<signal.lowerBound { values[wrapped(position)] += values[position] }
    for position in signal.upperBound..<count { values[wrapped(position)] += values[position] }
  }

  /// On a circle, makes the room on both sides repeat the signal.
  func unfold(_ values: UnsafeMutablePointer<Float>) {
    guard isCircular, !signal.isEmpty else { return }
    for position in 0..<signal.lowerBound { values[position] = values[wrapped(position)] }
    for position in signal.upperBound..<count { values[position] = values[wrapped(position)] }
  }

  /// The position within the signal that a position around it stands for.
  private func wrapped(_ position: Int) -> Int {
    let place = (position - signal.lowerBound) % signal.count
    return signal.lowerBound + (place < 0 ? place + signal.count : place)
  }
}
