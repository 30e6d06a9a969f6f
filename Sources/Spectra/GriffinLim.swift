/// Finds a signal whose short-time Fourier transform has given magnitudes: the fast Griffin-Lim algorithm (Perraudin,
/// Balazs & Søndergaard 2013, algorithm 2).
///
/// With C₂ the spectra that have magnitudes A, and C₁ those that are some signal's transform:
///
///     t_n = P_C₁(P_C₂(c_{n−1}))        inverse transform, forward transform
///     c_n = t_n + α (t_n − t_{n−1})    momentum
///
/// As only the phase of c_n counts, it is computed as t_n − α/(1+α) · t_{n−1}, which is what `librosa.griffinlim` does;
/// momentum 0 is the algorithm of Griffin & Lim 1984. One iteration is one pass over the frames: forward transform,
/// momentum, projection (A · c / |c|, no angles), inverse transform and overlap-add, all in reused memory.
public struct GriffinLim: Sendable {
  /// Where the phase starts from.
  public enum InitialPhase: Sendable {
    /// Uniformly random, the same for the same seed.
    case random(seed: UInt64)
    /// The phase of these frames; their magnitudes are ignored, and zeros have no phase.
    case frames(ComplexFrames)
  }

  public let transform: ShortTimeFourier
  /// α: 0 for the classic algorithm, 0.99 for the fast one.
  public let momentum: Float

  /// - Precondition: `transform` pads with zeros, and `momentum` lies in 0…1.
  public init(transform: ShortTimeFourier, momentum: Float = 0.99) {
    precondition(transform.padding == .zero, "Griffin-Lim wants zero padding, not \(transform.padding)")
    precondition((0...1).contains(momentum), "a momentum of \(momentum), wants 0…1")
    self.transform = transform
    self.momentum = momentum
  }

  /// A signal of exactly `sampleCount` samples, after `iterations` of the algorithm.
  ///
  /// - Parameters:
  ///   - magnitudes: `transform.frameCount(sampleCount:)` frames. Frames of zeros are silent and cost nothing.
  ///   - phase: where to start.
  /// - Precondition: as many frames and bins as the transform of `sampleCount` samples has.
  public func synthesize(
    _ magnitudes: MagnitudeFrames, sampleCount: Int, iterations: Int = 32, phase: InitialPhase = .random(seed: 0)
  ) -> [Float] {
    precondition(sampleCount >= 0 && iterations >= 0, "\(iterations) iterations for \(sampleCount) samples")
    let frameCount = transform.frameCount(sampleCount: sampleCount)
    precondition(
      magnitudes.binCount == transform.binCount && magnitudes.frameCount == frameCount,
      "\(magnitudes.frameCount) frames of \(magnitudes.binCount) bins for \(sampleCount) samples, "
        + "wants \(frameCount) of \(transform.binCount)")
    var workspace = GriffinLimWorkspace(transform: transform, magnitudes: magnitudes, sampleCount: sampleCount)
    workspace.start(phase)
    for iteration in 0..<iterations {
      // The first transform has none before it to gain momentum from.
      workspace.iterate(recall: iteration == 0 ? 0 : momentum / (1 + momentum))
    }
    return workspace.samples
  }
}
