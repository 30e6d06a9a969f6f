/// Where the phase of the first signal comes from.
extension GriffinLimWorkspace {
  /// Makes the first signal from random phases; the run's frame 0 is frame `first` of the clip.
  func start(random seed: UInt64, first: Int) {
    let binCount = transform.binCount
    pass(recall: 0) { frame, lane in
      Phasors.fill(lane.spectrum.base, count: binCount, seed: seed, frame: first + frame)
    }
  }

  /// Makes the first signal from the phases of a clip's frames, of which `first` is the run's frame 0.
  func start(from frames: ComplexFrames, first: Int) {
    let width = 2 * transform.binCount
    pass(recall: 0) { frame, lane in
      frames.values.withUnsafeBufferPointer { values in
        guard let base = values.baseAddress else { return }
        lane.spectrum.base.update(from: base + (first + frame) * width, count: width)
      }
    }
  }

  /// Makes the first signal from the phases of the run's frames, `[frame, stride]`.
  func start(from cells: UnsafePointer<PhaseCell>, stride: Int) {
    let (cells, binCount) = (PhaseCells(base: cells), transform.binCount)
    pass(recall: 0) { frame, lane in
      Phasors.fill(lane.spectrum.base, cells: cells.base + frame * stride, count: binCount)
    }
  }

  /// What there is to integrate.
  func integrationInput(seed: UInt64) -> PhaseIntegration.Input {
    let seamLength = grid.isCircular ? max(0, grid.signal.count - (grid.frameCount - 1) * grid.hopLength) : 0
    return PhaseIntegration.Input(
      magnitudes: goal.base, frameCount: grid.frameCount, peak: loudest.max() ?? 0, known: knownPhases(),
      seam: PhaseSeam(length: seamLength, transform, frameCount: grid.frameCount, stride: goal.stride), seed: seed)
  }

  /// The phases of the frame that came before, in turns; none if there was none.
  private func knownPhases() -> [Float] {
    if known.isEmpty { return [] }
    let lane = lanes[0]
    known.withUnsafeBufferPointer { if let base = $0.baseAddress { lane.transform(base) } }
    return (0..<transform.binCount).map { Phasors.turns(lane.spectrum.base, $0) }
  }
}

/// A pointer that the threads of a pass read.
private struct PhaseCells: @unchecked Sendable {
  let base: UnsafePointer<PhaseCell>
}
