import Parallelism

/// Griffin-Lim's signal over one section: it begins with a first pass over spectra of given phases, and every iteration
/// brings it nearer to its goal.
///
/// A pass reads the signal, and gathers the next one beside it. Momentum costs no frames: as the transform is linear,
/// t_n − r t_{n−1} is the transform of s_n − r s_{n−1}, so that only the signal before is kept, and the signal that a
/// pass reads is that difference.
final class SignalEstimate: @unchecked Sendable {
  // Sendable: during a pass each chunk writes only to samples and rows of its own, and each thread to its own lane.

  /// Writes the spectrum of a frame of the section, whose phases count, but not its magnitudes.
  typealias FirstSpectra = @Sendable (_ frame: Int, _ spectrum: UnsafeMutablePointer<Float>) -> Void

  /// Iterations from one joint step to the next.
  static let jointInterval = 4
  /// Iterations from one time that attacks are imposed to the next.
  static let attackInterval = 2

  let goal: MagnitudeGoal
  /// Samples that the section before made, from the first position on: they stay as they are.
  let known: [Float]
  let threads: Int
  /// The attacks that the signal is to have, where they are known.
  let attacks: AttackGoal?
  let lanes: [GriffinLimLane]
  /// What turns overlap-added frames into samples.
  let envelope: AlignedBuffer
  /// What each chunk adds to the samples after its own.
  let tails: AlignedBuffer
  /// s_n.
  let latest: AlignedBuffer
  /// s_n − r s_{n−1}, which is transformed next.
  var signal: AlignedBuffer
  /// Where the next signal gathers.
  var gathering: AlignedBuffer
  /// A, from the first joint step on; before that A₀ is what spectra are projected onto.
  var revision: Revision?

  var layout: SectionLayout { goal.layout }
  var transform: ShortTimeFourier { goal.layout.transform }

  /// The signal of the phases of `spectra`, with the goal's magnitudes.
  /// - Parameter known: the samples that the section's first frame keeps, or none.
  init(
    _ goal: MagnitudeGoal, known: [Float], from spectra: FirstSpectra, attacks: AttackGoal? = nil, threads: Int
  ) {
    let (layout, transform) = (goal.layout, goal.layout.transform)
    self.goal = goal
    self.known = known
    self.threads = threads
    self.attacks = attacks
    let melBandCount = goal.joint?.melBandCount ?? 0
    lanes = (0..<max(1, min(threads, layout.chunks.count))).map { _ in
      GriffinLimLane(transform, melBandCount: melBandCount)
    }
    envelope = AlignedBuffer(count: layout.grid.count)
    layout.grid.fillEnvelope(envelope.base, window: transform.window)
    tails = AlignedBuffer(count: layout.chunks.count * (transform.fftLength - transform.hopLength))
    latest = AlignedBuffer(count: layout.grid.count)
    signal = AlignedBuffer(count: layout.grid.count)
    gathering = AlignedBuffer(count: layout.grid.count)
    pass(recall: 0) { frame, lane in spectra(frame, lane.spectrum.base) }
  }

  /// So many iterations, with a joint step among them at intervals where the goal knows of bands.
  /// - Parameter momentum: α.
  func improve(iterations: Int, momentum: Float) {
    for iteration in 0..<iterations {
      let takesJointStep = goal.joint != nil && (iteration + 1) % Self.jointInterval == 0
      iterate(recall: momentum / (1 + momentum), joint: takesJointStep ? goal.joint : nil)
      if (iteration + 1) % Self.attackInterval == 0 { imposeAttacks() }
    }
  }

  /// Brings the attacks of the signal to those that are known.
  private func imposeAttacks() {
    guard let attacks else { return }
    let grid = layout.grid
    let first = max(grid.signal.lowerBound, known.count)
    attacks.impose(on: latest.base, and: signal.base, places: first..<max(first, grid.signal.upperBound))
    grid.unfold(latest.base)
    grid.unfold(signal.base)
  }

  /// Hands `body` the transform of each frame that is not silent, on several threads.
  func forEachSpectrum(_ body: @Sendable (_ frame: Int, _ spectrum: UnsafePointer<Float>) -> Void) {
    let (chunks, hop) = (layout.chunks, transform.hopLength)
    Parallel.forEach(chunks.count, threads: threads) { chunk, number in
      let lane = lanes[number]
      for frame in chunks[chunk] where goal.loudest[frame] > 0 {
        lane.transform(latest.base + frame * hop)
        body(frame, lane.spectrum.base)
      }
    }
  }

  /// Copies the samples that are the section's own to their places in the clip.
  func copySamples(into samples: inout [Float]) {
    let grid = layout.grid
    // Where the section begins within the clip.
    let offset = layout.section.frames.lowerBound * transform.hopLength - transform.fftLength / 2
    let end = layout.nextStart.map { min($0 + transform.fftLength, grid.signal.upperBound) }
    for position in grid.signal.lowerBound..<(end ?? grid.signal.upperBound) {
      samples[grid.isCircular ? position - grid.signal.lowerBound : offset + position] = latest.base[position]
    }
  }

  /// The samples of the next section's first frame, which it keeps; none after the last.
  var nextKnown: [Float] {
    guard let start = layout.nextStart else { return [] }
    return Array(UnsafeBufferPointer(start: latest.base + start, count: transform.fftLength))
  }
}
