/// Finds a signal whose short-time Fourier transform has given magnitudes: the fast Griffin-Lim algorithm (Perraudin,
/// Balazs & Søndergaard 2013, algorithm 2), by default from a phase that is integrated and improved (`IntegratedPhase`).
///
/// With C₂ the spectra that have magnitudes A, and C₁ those that are some signal's transform:
///
///     t_n = P_C₁(P_C₂(c_{n−1}))        inverse transform, forward transform
///     c_n = t_n + α (t_n − t_{n−1})    momentum
///
/// As only the phase of c_n counts, it is computed as t_n − α/(1+α) · t_{n−1}, which is what `librosa.griffinlim` does;
/// momentum 0 is the algorithm of Griffin & Lim 1984. One iteration is one pass over the frames: forward transform,
/// projection (A · c / |c|, no angles), inverse transform and overlap-add, all in reused memory.
public struct GriffinLim: Sendable {
  /// Where the phase starts from.
  public enum InitialPhase: Sendable {
    /// Integrated from the magnitudes, and where there are iterations improved in the lowest bins (`LowBand`); what they
    /// leave open is the same for the same seed.
    case integrated(seed: UInt64)
    /// Uniformly random, the same for the same seed.
    case random(seed: UInt64)
    /// The phase of these frames; their magnitudes are ignored, and zeros have no phase.
    case frames(ComplexFrames)
  }

  /// Iterations from one joint step to the next.
  static let jointInterval = 4
  /// Frames of a section at most, and how many more it works on.
  static let sectionLength = 512
  static let sectionLookahead = 16

  public let transform: ShortTimeFourier
  /// α: 0 for the classic algorithm, 0.99 for the fast one.
  public let momentum: Float
  /// That of the lowest bins alone, where there is one.
  private let lowTransform: ShortTimeFourier?

  /// - Precondition: `transform` pads with zeros or is circular, and `momentum` lies in 0…1.
  public init(transform: ShortTimeFourier, momentum: Float = 0.99) {
    precondition(transform.padding != .reflect, "Griffin-Lim wants zero or circular padding, not reflection")
    precondition((0...1).contains(momentum), "a momentum of \(momentum), wants 0…1")
    self.transform = transform
    self.momentum = momentum
    lowTransform = LowBand.transform(of: transform)
  }

  /// A signal of exactly `sampleCount` samples, after `iterations` of the algorithm; the same with any number of
  /// threads.
  ///
  /// Clips of more than 512 frames are made section by section, so that beyond the magnitudes and the samples no more
  /// memory is needed for a long clip; a circle is made whole.
  ///
  /// - Parameters:
  ///   - magnitudes: `transform.frameCount(sampleCount:)` frames. Frames of zeros are silent and cost nothing;
  ///     magnitudes that are not finite and positive count as zero.
  ///   - phase: where to start.
  /// - Precondition: as many frames and bins as the transform of `sampleCount` samples has.
  public func synthesize(
    _ magnitudes: MagnitudeFrames, sampleCount: Int, iterations: Int = 32,
    phase: InitialPhase = .integrated(seed: 0), threads: Int = 1
  ) -> [Float] {
    precondition(sampleCount >= 0 && iterations >= 0, "\(iterations) iterations for \(sampleCount) samples")
    let frameCount = transform.frameCount(sampleCount: sampleCount)
    precondition(
      magnitudes.binCount == transform.binCount && magnitudes.frameCount == frameCount,
      "\(magnitudes.frameCount) frames of \(magnitudes.binCount) bins for \(sampleCount) samples, "
        + "wants \(frameCount) of \(transform.binCount)")
    if case .frames(let frames) = phase {
      precondition(
        frames.binCount == transform.binCount && frames.frameCount == frameCount,
        "phase of \(frames.frameCount) frames of \(frames.binCount) bins, wants \(frameCount) of \(transform.binCount)")
    }
    return synthesize(
      from: magnitudes, sampleCount: sampleCount, iterations: iterations, phase: phase, threads: threads)
  }

  /// As above, from magnitudes that are made as they are needed.
  func synthesize(
    from source: some MagnitudeSource, sampleCount: Int, iterations: Int, phase: InitialPhase, threads: Int
  ) -> [Float] {
    let sections = FrameSections(
      frameCount: transform.frameCount(sampleCount: sampleCount), isCircular: transform.padding == .circular,
      length: Self.sectionLength, lookahead: Self.sectionLookahead
    ).sections
    let grids = sections.map { $0.grid(transform, sampleCount: sampleCount) }
    let workspace = GriffinLimWorkspace(transform, grids: grids, joint: source.joint, threads: threads)
    let start = starter(phase, sections, sampleCount: sampleCount, iterations: iterations, threads: threads)
    var samples = [Float](repeating: 0, count: sampleCount)
    var known: [Float] = []
    for (section, grid) in zip(sections, grids) {
      workspace.begin(grid, known: known)
      source.fill(
        section.frames, magnitudes: workspace.goal.base, stride: workspace.goal.stride,
        energies: workspace.energies.base, threads: threads)
      workspace.acceptGoal()
      start(workspace, section)
      iterate(workspace, iterations)
      workspace.finish(section, into: &samples)
      known = workspace.nextFrame(after: section)
    }
    return samples
  }

  /// What makes the first signal of a section whose magnitudes a workspace has.
  private func starter(
    _ phase: InitialPhase, _ sections: [FrameSections.Section], sampleCount: Int, iterations: Int, threads: Int
  ) -> (GriffinLimWorkspace, FrameSections.Section) -> Void {
    switch phase {
    case .random(let seed): return { $0.start(random: seed, first: $1.frames.lowerBound) }
    case .frames(let frames): return { $0.start(from: frames, first: $1.frames.lowerBound) }
    case .integrated(let seed):
      // Without iterations the phase is what integration makes of it; a clip shorter than a window is not worth it.
      let band = iterations > 0 && sampleCount >= transform.fftLength ? lowTransform : nil
      let integrated = IntegratedPhase(
        transform, sections: sections,
        lowBand: band.map {
          LowBand($0, sections: sections, clipSampleCount: sampleCount, iterations: iterations, threads: threads)
        },
        threads: threads)
      return { integrated.start($0, section: $1, seed: seed, with: self) }
    }
  }

  /// So many iterations on what `workspace` holds.
  func iterate(_ workspace: GriffinLimWorkspace, _ count: Int) {
    for iteration in 0..<count {
      workspace.iterate(
        recall: momentum / (1 + momentum),
        updatesMagnitudes: workspace.joint != nil && (iteration + 1) % Self.jointInterval == 0)
    }
  }
}
