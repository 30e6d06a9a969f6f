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
struct PhaseIntegration: Sendable {
  /// Bins this much below the loudest have no phase worth integrating.
  static let tolerance: Float = 1e-3
  /// γ / N² of the Hann window.
  static let hannRatio = 0.25645
  /// Log-magnitudes stop this much below the loudest bin, or else silence would have the steepest slopes of all.
  static let logFloor: Float = 1e-5

  /// The magnitudes to integrate, and what is known of them.
  struct Input: Sendable {
    let goal: MagnitudeGoal
    let frameCount: Int
    /// The loudest of the magnitudes.
    let peak: Float
    /// Phases of frame 0 in turns, or none.
    let known: [Float]
    let seam: PhaseSeam
    let seed: UInt64

    /// Bins not above this have no phase to integrate.
    var floor: Float { max(peak * PhaseIntegration.tolerance, .leastNormalMagnitude) }
  }

  let transform: ShortTimeFourier
  /// a m / N, less whole turns.
  private let advances: [Float]
  /// a N / (4π γ).
  let timeScale: Float
  /// γ / (4π a N).
  let frequencyScale: Float

  init(_ transform: ShortTimeFourier) {
    self.transform = transform
    let (length, hop) = (transform.fftLength, transform.hopLength)
    advances = (0..<transform.binCount).map { Float($0 * hop % length) / Float(length) }
    let gamma = Self.hannRatio * Double(length * length)
    timeScale = Float(Double(hop * length) / (4 * Double.pi * gamma))
    frequencyScale = Float(gamma / (4 * Double.pi * Double(hop * length)))
  }

  /// The phases of a section's frames.
  /// - Parameter known: the samples of the first frame where an earlier section has made them, else none.
  func phases(of goal: MagnitudeGoal, known: [Float], seed: UInt64, threads: Int) -> PhaseCells {
    let frameCount = goal.layout.grid.frameCount
    let input = Input(
      goal: goal, frameCount: frameCount, peak: goal.loudest.max() ?? 0, known: turns(of: known),
      seam: PhaseSeam(length: goal.layout.seamLength, transform, frameCount: frameCount, stride: goal.stride),
      seed: seed)
    let cells = PhaseCells(frameCount: frameCount, binCount: transform.binCount)
    let peaks = prepare(cells, for: input, threads: threads)
    integrate(cells, from: peaks, input)
    return cells
  }

  /// The phases of a frame of samples in turns; none of none.
  private func turns(of samples: [Float]) -> [Float] {
    if samples.isEmpty { return [] }
    let lane = GriffinLimLane(transform, melBandCount: 0)
    samples.withUnsafeBufferPointer { if let base = $0.baseAddress { lane.transform(base) } }
    return (0..<transform.binCount).map { Phasors.turns(lane.spectrum.base, $0) }
  }

  private func integrate(_ phases: PhaseCells, from peaks: [Int], _ input: Input) {
    let (cells, magnitudes) = (phases.base, input.goal.base)
    var queue = MagnitudeQueue(cells)
    if !input.known.isEmpty {
      for bin in 0..<transform.binCount where cells[bin].isOpen { queue.push(bin) }
      spread(&queue, over: phases, input.seam)
    }
    for index in peaks where cells[index].isOpen {
      cells[index].phase = PhaseCell.arbitraryPhase(magnitudes[index], seed: input.seed)
      queue.push(index)
      spread(&queue, over: phases, input.seam)
    }
  }

  /// Integrates onwards from the queue's bins until none is left.
  private func spread(_ queue: inout MagnitudeQueue, over phases: PhaseCells, _ seam: PhaseSeam) {
    let (cells, stride) = (phases.base, phases.stride)
    advances.withUnsafeBufferPointer { advances in
      while let index = queue.pop() {
        let cell = cells[index]
        let frame = index / stride
        let bin = index &- frame &* stride
        reach(cells, index &+ 1, cell.phase - 0.5 + cell.frequencySlope + cells[index &+ 1].frequencySlope, &queue)
        reach(cells, index &- 1, cell.phase + 0.5 - cell.frequencySlope - cells[index &- 1].frequencySlope, &queue)
        let (isLast, isFirst) = (seam.isLast(frame), seam.isFirst(frame))
        let next = isLast ? index &+ stride &- seam.period : index &+ stride
        let forwards = cell.timeSlope + cells[next].timeSlope
        reach(cells, next, cell.phase + (isLast ? seam.step(bin, slope: forwards) : advances[bin] + forwards), &queue)
        let previous = isFirst ? index &- stride &+ seam.period : index &- stride
        let backwards = cell.timeSlope + cells[previous].timeSlope
        reach(
          cells, previous, cell.phase - (isFirst ? seam.step(bin, slope: backwards) : advances[bin] + backwards), &queue
        )
      }
    }
  }

  /// Gives a bin this phase if it has none yet, and goes on from there later.
  @inline(__always)
  private func reach(
    _ cells: UnsafeMutablePointer<PhaseCell>, _ index: Int, _ phase: Float, _ queue: inout MagnitudeQueue
  ) {
    guard cells[index].isOpen else { return }
    cells[index].phase = phase - phase.rounded()
    queue.push(index)
  }
}
