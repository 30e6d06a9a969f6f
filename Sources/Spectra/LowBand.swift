/// Fast Griffin-Lim on the lowest bins alone, which improves an integrated phase before all bins are worked on.
///
/// The lowest 1/r of the bins are those of a signal of 1/r of the samples: frames are the same, only window and hop have
/// fewer samples, so that an iteration takes 1/r of the time. It pays to take many, because these bins hold most of the
/// energy of most sounds, and because integration is at its worst there: where tones lie a few bins apart and bass drums
/// glide. What 96 iterations on these bins find, 32 on all of them do not.
final class LowBand {
  /// r; of 3072 samples at 44.1 kHz that leaves 97 bins, up to 1.4 kHz.
  static let reduction = 16
  /// Iterations for one on all bins.
  static let iterationRatio = 3
  /// The highest bins are not heard, because what lies beyond would be mirrored into them.
  private static let unheardCount = 8
  /// The phases of the highest bins heard are not kept, as they have only half of their neighbours.
  private static let unkeptCount = 16

  private let transform: ShortTimeFourier
  /// Samples of the band.
  private let sampleCount: Int
  private let iterations: Int
  private let workspace: GriffinLimWorkspace
  /// What the section before has made, as `GriffinLimWorkspace.known`.
  private var known: [Float] = []

  /// The transform of the band; nil where that of the clip is too short, or does not divide.
  static func transform(of whole: ShortTimeFourier) -> ShortTimeFourier? {
    let (fftLength, hopLength) = (whole.fftLength / reduction, whole.hopLength / reduction)
    guard whole.fftLength % (2 * reduction) == 0, whole.hopLength % reduction == 0,
      fftLength / 2 > unheardCount + unkeptCount
    else { return nil }
    return ShortTimeFourier(fftLength: fftLength, hopLength: hopLength, padding: whole.padding)
  }

  /// Memory for `sections` of a clip of `clipSampleCount` samples, all of whose bins get so many iterations.
  init(
    _ transform: ShortTimeFourier, sections: [FrameSections.Section], clipSampleCount: Int, iterations: Int,
    threads: Int
  ) {
    // Rounded to have as many frames as the clip.
    let roundsUp = transform.padding == .circular
    let sampleCount = (clipSampleCount + (roundsUp ? Self.reduction - 1 : 0)) / Self.reduction
    self.transform = transform
    self.sampleCount = sampleCount
    self.iterations = Self.iterationRatio * iterations
    workspace = GriffinLimWorkspace(
      transform, grids: sections.map { $0.grid(transform, sampleCount: sampleCount) }, joint: nil, threads: threads)
  }

  /// Improves the phases of a section's lowest bins.
  /// - Parameters:
  ///   - cells: of all bins, `[frame, stride]`.
  ///   - magnitudes: of all bins, laid out alike.
  func improve(
    _ cells: UnsafeMutablePointer<PhaseCell>, magnitudes: UnsafePointer<Float>, stride: Int,
    section: FrameSections.Section, with algorithm: GriffinLim
  ) {
    workspace.begin(section.grid(transform, sampleCount: sampleCount), known: known)
    take(magnitudes, stride: stride)
    workspace.start(from: cells, stride: stride)
    algorithm.iterate(workspace, iterations)
    keepPhases(cells, stride: stride)
    known = workspace.nextFrame(after: section)
  }

  private func take(_ magnitudes: UnsafePointer<Float>, stride: Int) {
    let (goal, heardCount) = (workspace.goal.base, transform.binCount - Self.unheardCount)
    for frame in 0..<workspace.grid.frameCount {
      let row = goal + frame * workspace.goal.stride
      row.update(from: magnitudes + frame * stride, count: heardCount)
      (row + heardCount).update(repeating: 0, count: workspace.goal.stride - heardCount)
    }
    workspace.acceptGoal()
  }

  private func keepPhases(_ cells: UnsafeMutablePointer<PhaseCell>, stride: Int) {
    let (cells, keptCount) = (Cells(base: cells), transform.binCount - Self.unheardCount - Self.unkeptCount)
    workspace.transformLatest { frame, spectrum in
      let row = cells.base + frame * stride
      for bin in 0..<keptCount { row[bin].phase = Phasors.turns(spectrum, bin) }
    }
  }

  /// Each thread writes to cells of frames of its own.
  private struct Cells: @unchecked Sendable { let base: UnsafeMutablePointer<PhaseCell> }
}
