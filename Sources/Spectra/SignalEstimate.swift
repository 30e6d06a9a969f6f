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

  private let goal: MagnitudeGoal
  /// Samples that the section before made, from the first position on: they stay as they are.
  private let known: [Float]
  private let threads: Int
  private let lanes: [GriffinLimLane]
  /// What turns overlap-added frames into samples.
  private let envelope: AlignedBuffer
  /// What each chunk adds to the samples after its own.
  private let tails: AlignedBuffer
  /// s_n.
  private let latest: AlignedBuffer
  /// s_n − r s_{n−1}, which is transformed next.
  private var signal: AlignedBuffer
  /// Where the next signal gathers.
  private var gathering: AlignedBuffer
  /// A, from the first joint step on; before that A₀ is what spectra are projected onto.
  private var revision: Revision?

  private var layout: SectionLayout { goal.layout }
  private var transform: ShortTimeFourier { goal.layout.transform }

  /// The signal of the phases of `spectra`, with the goal's magnitudes.
  /// - Parameter known: the samples that the section's first frame keeps, or none.
  init(_ goal: MagnitudeGoal, known: [Float], from spectra: FirstSpectra, threads: Int) {
    let (layout, transform) = (goal.layout, goal.layout.transform)
    self.goal = goal
    self.known = known
    self.threads = threads
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
    }
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

// MARK: Passes

extension SignalEstimate {
  /// Magnitudes that the joint step has made.
  private final class Revision {
    let rows: FrameRows
    init(_ rows: consuming FrameRows) { self.rows = rows }
  }

  /// One iteration: forward transform, projection, inverse transform, and momentum for the one after.
  ///
  /// - Parameters:
  ///   - recall: how much of this signal the next transform forgets: α / (1 + α), or 0 for none.
  ///   - joint: the joint step that comes between, or none.
  private func iterate(recall: Float, joint: JointMagnitude?) {
    let hop = transform.hopLength
    guard let joint else {
      pass(recall: recall) { frame, lane in lane.transform(signal.base + frame * hop) }
      return
    }
    let revision =
      revision ?? Revision(FrameRows(capacity: layout.grid.frameCount, binCount: transform.binCount))
    self.revision = revision
    let rows = Rows(base: revision.rows.base)
    pass(recall: recall) { frame, lane in
      lane.transform(latest.base + frame * hop)
      reviseMagnitudes(of: frame, joint, lane, into: rows.base + frame * goal.stride)
      lane.transform(signal.base + frame * hop)
    }
  }

  /// The joint step for the frame whose transform the lane holds.
  private func reviseMagnitudes(
    of frame: Int, _ joint: JointMagnitude, _ lane: GriffinLimLane, into row: UnsafeMutablePointer<Float>
  ) {
    SpectrumArithmetic.power(lane.spectrum.base, into: lane.power.base, count: goal.stride)
    joint.update(lane.power.base, towards: goal.energies + frame * joint.melBandCount, ratios: lane.ratios.base)
    SpectrumArithmetic.blend(goal.base + frame * goal.stride, lane.power.base, into: row, count: goal.stride)
  }

  /// Gathers the next signal from spectra that `load` puts in a lane, given the right magnitudes.
  private func pass(recall: Float, _ load: @Sendable (_ frame: Int, _ lane: GriffinLimLane) -> Void) {
    let (grid, chunks) = (layout.grid, layout.chunks)
    Parallel.forEach(chunks.count, threads: threads) { chunk, lane in
      work(through: chunk, lanes[lane], recall: recall, load)
    }
    let gathered = gathering.base
    let (hop, tailCount) = (transform.hopLength, transform.fftLength - transform.hopLength)
    let end = grid.frameCount * hop
    (gathered + end).update(repeating: 0, count: grid.count - end)
    for chunk in 0..<chunks.count {
      let start = gathered + chunks[chunk].upperBound * hop
      let tail = tails.base + chunk * tailCount
      for offset in 0..<tailCount { start[offset] += tail[offset] }
    }
    grid.fold(gathered)
    finishSeams(recall: recall)
    grid.unfold(gathered)
    grid.unfold(latest.base)
    swap(&signal, &gathering)
  }

  /// The samples that no chunk has finished, and those that are known.
  private func finishSeams(recall: Float) {
    let gathered = gathering.base
    for range in layout.seams {
      for position in range {
        let sample = gathered[position] * envelope.base[position]
        gathered[position] = sample - recall * latest.base[position]
        latest.base[position] = sample
      }
    }
    for (position, sample) in known.enumerated() {
      latest.base[position] = sample
      gathered[position] = sample * (1 - recall)
    }
  }

  /// The frames of one chunk.
  private func work(
    through chunk: Int, _ lane: GriffinLimLane, recall: Float,
    _ load: (_ frame: Int, _ lane: GriffinLimLane) -> Void
  ) {
    let (transform, hop, stride) = (self.transform, self.transform.hopLength, goal.stride)
    let magnitudes = revision.map { UnsafePointer($0.rows.base) } ?? goal.base
    let alone = layout.blocks(finishedBy: chunk)
    lane.sums.clear()
    for frame in layout.chunks[chunk] {
      if goal.loudest[frame] == 0 {
        lane.frame.clear()
      } else {
        load(frame, lane)
        SpectrumArithmetic.project(lane.spectrum.base, onto: magnitudes + frame * stride, count: stride)
        transform.plan.inverse(lane.spectrum.base, into: lane.frame.base)
      }
      let gathered = gathering.base + frame * hop
      if alone.contains(frame) {
        let (before, scale) = (latest.base + frame * hop, envelope.base + frame * hop)
        lane.overlapAdd { offset, sum in
          let sample = sum * scale[offset]
          gathered[offset] = sample - recall * before[offset]
          before[offset] = sample
        }
      } else {
        lane.overlapAdd { offset, sum in gathered[offset] = sum }
      }
    }
    (tails.base + chunk * lane.sums.count).update(from: lane.sums.base, count: lane.sums.count)
  }

  /// Each thread writes to rows of frames of its own.
  private struct Rows: @unchecked Sendable { let base: UnsafeMutablePointer<Float> }
}
