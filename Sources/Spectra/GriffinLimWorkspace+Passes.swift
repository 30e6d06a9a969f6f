extension GriffinLimWorkspace {
  /// One iteration: forward transform, projection, inverse transform, and momentum for the one after.
  ///
  /// - Parameters:
  ///   - recall: how much of this signal the next transform forgets: α / (1 + α), or 0 for none.
  ///   - updatesMagnitudes: whether the joint step comes between.
  func iterate(recall: Float, updatesMagnitudes: Bool) {
    let samples = Samples(signal: signal.base, latest: latest.base)
    let updates = updatesMagnitudes ? joint : nil
    if updates != nil { hasCurrent = true }
    let hop = transform.hopLength
    pass(recall: recall) { [self] frame, lane in
      if let updates {
        lane.transform(samples.latest + frame * hop)
        updateMagnitudes(updates, frame: frame, lane)
      }
      lane.transform(samples.signal + frame * hop)
    }
  }

  /// The joint step for the frame whose transform the lane holds.
  private func updateMagnitudes(_ joint: JointMagnitude, frame: Int, _ lane: GriffinLimLane) {
    let stride = goal.stride
    SpectrumArithmetic.power(lane.spectrum.base, into: lane.power.base, count: stride)
    joint.update(lane.power.base, towards: energies.base + frame * joint.bandCount, ratios: lane.ratios.base)
    SpectrumArithmetic.blend(
      goal.base + frame * stride, lane.power.base, into: current.base + frame * stride, count: stride)
  }

  /// Hands `body` the transform of each frame of the latest signal that is not silent.
  func transformLatest(_ body: @Sendable (_ frame: Int, _ spectrum: UnsafePointer<Float>) -> Void) {
    let (samples, hop) = (Samples(signal: signal.base, latest: latest.base), transform.hopLength)
    chunks.forEach(threads: threads) { [self] chunk, number in
      let lane = lanes[number]
      for frame in chunks[chunk] where loudest[frame] > 0 {
        lane.transform(samples.latest + frame * hop)
        body(frame, lane.spectrum.base)
      }
    }
  }

  /// Gathers the next signal from spectra that `load` puts in a lane, given the right magnitudes.
  func pass(recall: Float, _ load: @Sendable (_ frame: Int, _ lane: GriffinLimLane) -> Void) {
    chunks.forEach(threads: threads) { chunk, lane in
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
    for range in seams {
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
    grid.unfold(gathered)
    grid.unfold(latest.base)
    swap(&signal, &gathering)
  }

  /// The frames of one chunk.
  private func work(
    through chunk: Int, _ lane: GriffinLimLane, recall: Float,
    _ load: (_ frame: Int, _ lane: GriffinLimLane) -> Void
  ) {
    let (hop, stride) = (transform.hopLength, goal.stride)
    let magnitudes = hasCurrent ? current.base : goal.base
    let alone = finishedAlone(chunk)
    lane.sums.clear()
    for frame in chunks[chunk] {
      if loudest[frame] == 0 {
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
}

/// Pointers that the threads of a pass read.
private struct Samples: @unchecked Sendable {
  let signal: UnsafePointer<Float>
  let latest: UnsafePointer<Float>
  init(signal: UnsafeMutablePointer<Float>, latest: UnsafeMutablePointer<Float>) {
    self.signal = UnsafePointer(signal)
    self.latest = UnsafePointer(latest)
  }
}
