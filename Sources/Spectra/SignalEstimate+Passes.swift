import Parallelism

extension SignalEstimate {
  /// Magnitudes that the joint step has made.
  final class Revision {
    let rows: FrameRows
    init(_ rows: consuming FrameRows) { self.rows = rows }
  }

  /// One iteration: forward transform, projection, inverse transform, and momentum for the one after.
  ///
  /// - Parameters:
  ///   - recall: how much of this signal the next transform forgets: α / (1 + α), or 0 for none.
  ///   - joint: the joint step that comes between, or none.
  func iterate(recall: Float, joint: JointMagnitude?) {
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
  func pass(recall: Float, _ load: @Sendable (_ frame: Int, _ lane: GriffinLimLane) -> Void) {
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
