/// Finds a signal whose short-time Fourier transform has given magnitudes: the fast Griffin-Lim algorithm (Perraudin,
/// Balazs & Søndergaard 2013, algorithm 2), by default from a phase that is integrated and improved
/// (`InitialPhase.integrated`).
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
  /// Frames of a section at most, and how many more it works on.
  static let sectionLength = 512
  static let sectionLookahead = 16

  public let transform: ShortTimeFourier
  /// α: 0 for the classic algorithm, 0.99 for the fast one.
  public let momentum: Float
  let integration: PhaseIntegration
  let lowBand: LowBand?

  /// - Precondition: `transform` pads with zeros or is circular, and `momentum` lies in 0…1.
  public init(transform: ShortTimeFourier, momentum: Float = 0.99) {
    precondition(transform.padding != .reflect, "Griffin-Lim wants zero or circular padding, not reflection")
    precondition((0...1).contains(momentum), "a momentum of \(momentum), wants 0…1")
    self.transform = transform
    self.momentum = momentum
    integration = PhaseIntegration(transform)
    lowBand = LowBand(of: transform)
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
  /// - Parameter attacks: those that the signal is to have, or none.
  /// - Precondition: attacks have a meter (`AttackMeter`) for this transform.
  func synthesize(
    from source: some MagnitudeSource, attacks: AttackFrames? = nil, sampleCount: Int, iterations: Int,
    phase: InitialPhase, threads: Int
  ) -> [Float] {
    let meter = attacks == nil ? nil : AttackMeter(transform)
    precondition(attacks == nil || meter != nil, "attacks in hops of \(transform.hopLength) samples")
    let sections = FrameSection.sections(
      of: transform.frameCount(sampleCount: sampleCount), isCircular: transform.padding == .circular,
      length: Self.sectionLength, lookahead: Self.sectionLookahead)
    var samples = [Float](repeating: 0, count: sampleCount)
    var known = Known()
    for section in sections {
      let goal = MagnitudeGoal(
        SectionLayout(transform, section, sampleCount: sampleCount), from: source, threads: threads)
      let spectra = firstSpectra(
        phase, of: goal, sampleCount: sampleCount, iterations: iterations, known: &known, threads: threads)
      let attackGoal = attacks.flatMap { frames in meter.map { AttackGoal($0, frames, of: goal.layout) } }
      let estimate = SignalEstimate(
        goal, known: known.samples, from: spectra, attacks: attackGoal, threads: threads)
      estimate.improve(iterations: iterations, momentum: momentum)
      estimate.copySamples(into: &samples)
      known.samples = estimate.nextKnown
    }
    return samples
  }
}
