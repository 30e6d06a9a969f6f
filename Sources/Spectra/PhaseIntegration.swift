import Foundation

/// Guesses the phase of a short-time Fourier transform from its magnitudes: phase-gradient heap integration (Průša,
/// Balazs & Søndergaard 2017, "A noniterative method for reconstruction of phase from STFT magnitude").
///
/// With a Gaussian window exp(−π t²/γ) the gradient of the phase follows from that of the log-magnitude s exactly; for
/// the periodic Hann window of N samples γ = 0.25645 N² comes nearest. In turns, at hop a, bin m, frame n, with the
/// phase of a frame taken at its first sample (half a window before its middle, hence the half turn a bin):
///
///     ∂φ/∂n = a m / N + a N / (4π γ) · (s[m+1, n] − s[m−1, n])
///     ∂φ/∂m = −γ / (4π a N) · (s[m, n+1] − s[m, n−1]) − ½
///
/// From the loudest bin of each island of bins above `tolerance` the phase spreads to its neighbours by the trapezoid
/// rule, always onwards from the loudest bin reached. Quieter bins have no phase to speak of and get an arbitrary one.
/// What is arbitrary is drawn from the seed and the magnitudes alone, not from places: frames that come later in time,
/// or round a circle, get the same phases.
final class PhaseIntegration {
  /// Bins this much below the loudest have no phase worth integrating.
  static let tolerance: Float = 1e-3
  /// γ / N² of the Hann window.
  static let hannRatio = 0.25645
  /// Log-magnitudes stop this much below the loudest bin, or else silence would have the steepest slopes of all.
  static let logFloor: Float = 1e-5

  let transform: ShortTimeFourier
  let stride: Int
  /// Phase in turns, as `FrameRows`.
  let phases: FrameRows
  /// ln of the magnitudes.
  let logs: FrameRows
  private let links: UnsafeMutablePointer<Int32>
  private let linkCount: Int
  /// a m / N, less whole turns.
  private let advances: [Float]
  /// a N / (4π γ).
  private let timeSlope: Float
  /// γ / (4π a N).
  private let frequencySlope: Float

  /// Memory to integrate up to `capacity` frames.
  init(_ transform: ShortTimeFourier, capacity: Int) {
    self.transform = transform
    phases = FrameRows(capacity: capacity, binCount: transform.binCount)
    logs = FrameRows(capacity: capacity, binCount: transform.binCount)
    stride = phases.stride
    linkCount = (capacity + 2) * stride
    links = .allocate(capacity: linkCount)
    links.initialize(repeating: MagnitudeQueue.closed, count: linkCount)
    let (length, hop) = (transform.fftLength, transform.hopLength)
    advances = (0..<transform.binCount).map { Float($0 * hop % length) / Float(length) }
    let gamma = Self.hannRatio * Double(length * length)
    timeSlope = Float(Double(hop * length) / (4 * Double.pi * gamma))
    frequencySlope = Float(gamma / (4 * Double.pi * Double(hop * length)))
  }

  deinit { links.deallocate() }

  /// Fills `phases` for `frameCount` frames of `magnitudes`, `[frame, stride]`.
  ///
  /// - Parameters:
  ///   - known: whether the phases of frame 0 are there already.
  ///   - seamLength: samples from the last frame round to the first; 0 where time is no circle.
  func integrate(
    _ magnitudes: UnsafePointer<Float>, frameCount: Int, known: Bool, seamLength: Int, seed: UInt64
  ) {
    var peak: Float = 0
    for index in 0..<(frameCount * stride) { peak = max(peak, magnitudes[index]) }
    let floor = max(peak * Self.tolerance, .leastNormalMagnitude)
    prepare(magnitudes, frameCount: frameCount, floor: floor, peak: peak, isCircular: seamLength > 0)
    let origin = links + stride
    var queue = MagnitudeQueue(links: origin, floor: floor)
    let seam = Seam(length: seamLength, transform: transform, frameCount: frameCount, stride: stride)
    if known {
      for bin in 0..<transform.binCount where origin[bin] == MagnitudeQueue.open {
        queue.push(bin, magnitude: magnitudes[bin])
      }
      spread(&queue, magnitudes, seam)
    }
    for index in peaks(magnitudes, frameCount: frameCount) where origin[index] == MagnitudeQueue.open {
      phases.base[index] = arbitraryPhase(magnitudes[index], seed: seed)
      queue.push(index, magnitude: magnitudes[index])
      spread(&queue, magnitudes, seam)
    }
    for frame in (known ? 1 : 0)..<frameCount {
      for index in (frame * stride)..<(frame * stride + transform.binCount)
      where origin[index] == MagnitudeQueue.closed {
        phases.base[index] = arbitraryPhase(magnitudes[index], seed: seed)
      }
    }
  }

  /// Takes logarithms, and opens the bins above `floor`.
  private func prepare(
    _ magnitudes: UnsafePointer<Float>, frameCount: Int, floor: Float, peak: Float, isCircular: Bool
  ) {
    let least = max(peak * Self.logFloor, .leastNormalMagnitude)
    let binCount = transform.binCount
    links.update(repeating: MagnitudeQueue.closed, count: stride)
    (links + (frameCount + 1) * stride).update(repeating: MagnitudeQueue.closed, count: stride)
    for frame in 0..<frameCount {
      let row = logs.base + frame * stride
      let values = magnitudes + frame * stride
      for bin in 0..<stride { row[bin] = naturalLogarithm(max(values[bin], least)) }
      // The spectrum of real samples is even about both ends.
      row[-1] = row[1]
      row[binCount] = row[binCount - 2]
      let marks = links + (frame + 1) * stride
      for bin in 0..<stride { marks[bin] = values[bin] > floor ? MagnitudeQueue.open : MagnitudeQueue.closed }
    }
    // Beyond the ends the slope of the level is nought, or on a circle that of the other end.
    let last = logs.base + (frameCount - 1) * stride
    (logs.base - stride).update(from: isCircular ? last : logs.base, count: binCount)
    (last + stride).update(from: isCircular ? logs.base : last, count: binCount)
  }

  /// The open bins that no neighbour is louder than, from the loudest down: every island's loudest is among them.
  private func peaks(_ magnitudes: UnsafePointer<Float>, frameCount: Int) -> [Int] {
    let marks = links + stride
    var found: [UInt64] = []
    for frame in 0..<frameCount {
      let start = frame * stride
      for index in start..<(start + transform.binCount) where marks[index] == MagnitudeQueue.open {
        let value = logs.base[index]
        guard value >= logs.base[index - 1], value >= logs.base[index + 1], value >= logs.base[index - stride],
          value >= logs.base[index + stride]
        else { continue }
        found.append(UInt64(magnitudes[index].bitPattern) &<< 32 | UInt64(UInt32.max - UInt32(index)))
      }
    }
    found.sort(by: >)
    return found.map { Int(UInt32.max - UInt32(truncatingIfNeeded: $0)) }
  }

  /// Integrates onwards from the queue's bins until none is left.
  private func spread(_ queue: inout MagnitudeQueue, _ magnitudes: UnsafePointer<Float>, _ seam: Seam) {
    let marks = links + stride
    let (logs, phases) = (logs.base, phases.base)
    advances.withUnsafeBufferPointer { advances in
      while let index = queue.pop() {
        let frame = index / stride
        let bin = index &- frame &* stride
        let phase = phases[index]
        let scale = seam.frequencyScale(frame)
        let frequency = frequencyGradient(logs, index)
        if marks[index &+ 1] == MagnitudeQueue.open {
          let step = 0.5 * scale * (frequency + frequencyGradient(logs, index &+ 1)) - 0.5
          phases[index &+ 1] = wrapped(phase + step)
          queue.push(index &+ 1, magnitude: magnitudes[index &+ 1])
        }
        if marks[index &- 1] == MagnitudeQueue.open {
          let step = 0.5 * scale * (frequency + frequencyGradient(logs, index &- 1)) - 0.5
          phases[index &- 1] = wrapped(phase - step)
          queue.push(index &- 1, magnitude: magnitudes[index &- 1])
        }
        let time = timeGradient(logs, index)
        let next = seam.isLast(frame) ? index &+ stride &- seam.period : index &+ stride
        if marks[next] == MagnitudeQueue.open {
          let slope = 0.5 * (time + timeGradient(logs, next))
          let step = seam.isLast(frame) ? seam.advance(bin) + slope * seam.ratio : advances[bin] + slope
          phases[next] = wrapped(phase + step)
          queue.push(next, magnitude: magnitudes[next])
        }
        let previous = seam.isFirst(frame) ? index &- stride &+ seam.period : index &- stride
        if marks[previous] == MagnitudeQueue.open {
          let slope = 0.5 * (time + timeGradient(logs, previous))
          let step = seam.isFirst(frame) ? seam.advance(bin) + slope * seam.ratio : advances[bin] + slope
          phases[previous] = wrapped(phase - step)
          queue.push(previous, magnitude: magnitudes[previous])
        }
      }
    }
  }

  @inline(__always)
  private func timeGradient(_ logs: UnsafePointer<Float>, _ index: Int) -> Float {
    timeSlope * (logs[index &+ 1] - logs[index &- 1])
  }

  @inline(__always)
  private func frequencyGradient(_ logs: UnsafePointer<Float>, _ index: Int) -> Float {
    frequencySlope * (logs[index &- stride] - logs[index &+ stride])
  }
}

/// Where time is a circle, the step from the last frame to the first, which may be shorter than a hop.
private struct Seam {
  private let length: Int
  private let fftLength: Int
  private let hopLength: Int
  private let last: Int
  /// Values from the first frame to one past the last.
  let period: Int
  /// The step's share of a hop.
  let ratio: Float
  /// Frames next to a short step lie closer to their neighbours, so that their levels' slopes are steeper.
  private let scale: Float

  init(length: Int, transform: ShortTimeFourier, frameCount: Int, stride: Int) {
    self.length = length
    fftLength = transform.fftLength
    hopLength = transform.hopLength
    last = length > 0 ? frameCount - 1 : .max
    period = frameCount * stride
    ratio = Float(length) / Float(hopLength)
    scale = length > 0 ? 2 / (1 + ratio) : 1
  }

  /// Whether the step after this frame goes round.
  @inline(__always)
  func isLast(_ frame: Int) -> Bool { frame == last }

  /// Whether the step before this frame goes round.
  @inline(__always)
  func isFirst(_ frame: Int) -> Bool { frame == 0 && length > 0 }

  @inline(__always)
  func advance(_ bin: Int) -> Float { Float(bin &* length % fftLength) / Float(fftLength) }

  @inline(__always)
  func frequencyScale(_ frame: Int) -> Float {
    isFirst(frame) || isLast(frame) ? scale : 1
  }
}

/// A phase less whole turns.
@inline(__always)
private func wrapped(_ turns: Float) -> Float { turns - turns.rounded() }

/// A phase in turns from a seed and a magnitude's bits (the finalizer of MurmurHash3).
@inline(__always)
private func arbitraryPhase(_ magnitude: Float, seed: UInt64) -> Float {
  var bits = seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(magnitude.bitPattern)
  bits = (bits ^ (bits &>> 33)) &* 0xFF51_AFD7_ED55_8CCD
  bits = (bits ^ (bits &>> 33)) &* 0xC4CE_B9FE_1A85_EC53
  return Float(bits &>> 40) * 0x1p-24
}

/// ln x of positive, normal x to a few units in the last place, in operations that vectorise: 2 artanh of the mantissa,
/// which lies within √½ … √2.
@inline(__always)
private func naturalLogarithm(_ x: Float) -> Float {
  let shifted = x.bitPattern &- 0x3F35_04F3
  let exponent = Int32(bitPattern: shifted) &>> 23
  let mantissa = Float(bitPattern: (shifted & 0x007F_FFFF) &+ 0x3F35_04F3)
  let ratio = (mantissa - 1) / (mantissa + 1)
  let square = ratio * ratio
  let series = 2 + square * (0.666_666_67 + square * (0.4 + square * 0.285_714_3))
  return Float(exponent) * 0.693_147_18 + ratio * series
}
