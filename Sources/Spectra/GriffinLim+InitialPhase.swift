/// Where the phase starts from.
extension GriffinLim {
  public enum InitialPhase: Sendable {
    /// Integrated from the magnitudes (`PhaseIntegration`), and where there are iterations improved in the lowest bins
    /// (`LowBand`); what they leave open is the same for the same seed.
    case integrated(seed: UInt64)
    /// Uniformly random, the same for the same seed.
    case random(seed: UInt64)
    /// The phase of these frames; their magnitudes are ignored, and zeros have no phase.
    case frames(ComplexFrames)
  }

  /// What a section leaves to the next: samples of its first frame, of all bins and of the lowest alone.
  struct Known {
    var samples: [Float] = []
    var lowBandSamples: [Float] = []
  }

  /// The spectra that the first signal of a section is made from; what the low band's next section has to know goes into
  /// `known`.
  func firstSpectra(
    _ phase: InitialPhase, of goal: MagnitudeGoal, sampleCount: Int, iterations: Int, known: inout Known, threads: Int
  ) -> SignalEstimate.FirstSpectra {
    let (binCount, first) = (transform.binCount, goal.layout.section.frames.lowerBound)
    switch phase {
    case .random(let seed):
      return { Phasors.fill($1, count: binCount, seed: seed, frame: first + $0) }
    case .frames(let frames):
      return { frame, spectrum in
        frames.values.withUnsafeBufferPointer { values in
          guard let base = values.baseAddress else { return }
          spectrum.update(from: base + (first + frame) * 2 * binCount, count: 2 * binCount)
        }
      }
    case .integrated(let seed):
      let phases = integration.phases(of: goal, known: known.samples, seed: seed, threads: threads)
      // Without iterations the phase is what integration makes of it; a clip shorter than a window is not worth it.
      if let lowBand, iterations > 0 && sampleCount >= transform.fftLength {
        known.lowBandSamples = lowBand.improve(
          phases, of: goal, sampleCount: sampleCount, iterations: iterations, momentum: momentum,
          known: known.lowBandSamples, threads: threads)
      }
      return phases.spectra(binCount: binCount)
    }
  }
}
