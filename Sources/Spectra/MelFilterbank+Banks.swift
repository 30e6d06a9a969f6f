extension MelFilterbank {
  /// The bands of `MelConfiguration`: triangles equally spaced on ln(1 + f / warpHertz), but no closer than one bin.
  ///
  /// With p₀ = 0 and p in bins, each next edge is p' = max(p + 1, the place one step further on the warped axis); the
  /// step is the one that puts edge bandCount + 1 at `maximumHertz`. The low bands therefore *are* bins 1, 2, 3, …, and
  /// the triangles widen from where the axis outpaces the bins (about 470 Hz for the standard configuration). Bin 0 and
  /// the bins above `maximumHertz` belong to no band.
  ///
  /// Each triangle's weights sum to 1: a band is the weighted *mean* power of its bins.
  public static func warped(_ configuration: MelConfiguration) -> MelFilterbank {
    if let problem = configuration.problem { preconditionFailure(problem) }
    let edges = warpedEdges(configuration)
    return MelFilterbank(
      edges: edges, binHertz: configuration.binHertz, binCount: configuration.fftLength / 2 + 1
    ) { _, sum in 1 / sum }
  }

  /// The bank of `librosa.filters.mel`: equally spaced on `scale`, each triangle of unit area over hertz
  /// (`norm="slaney"`).
  public static func slaney(
    sampleRate: Int, fftLength: Int, bandCount: Int, minimumHertz: Double = 0, maximumHertz: Double? = nil,
    scale: MelScale = .slaney
  ) -> MelFilterbank {
    precondition(bandCount > 0 && fftLength > 0, "\(bandCount) bands over \(fftLength) samples")
    let top = maximumHertz ?? Double(sampleRate) / 2
    precondition(minimumHertz >= 0 && minimumHertz < top, "bands from \(minimumHertz) to \(top) Hz")
    let (low, high) = (scale.mel(hertz: minimumHertz), scale.mel(hertz: top))
    let edgesHertz = (0..<(bandCount + 2)).map { edge in
      scale.hertz(mel: low + (high - low) * Double(edge) / Double(bandCount + 1))
    }
    let binHertz = Double(sampleRate) / Double(fftLength)
    return MelFilterbank(
      edges: edgesHertz.map { $0 / binHertz }, binHertz: binHertz, binCount: fftLength / 2 + 1
    ) { band, _ in 2 / (edgesHertz[band + 2] - edgesHertz[band]) }
  }

  /// Edges of the warped triangles in bins: bandCount + 2 of them.
  private static func warpedEdges(_ configuration: MelConfiguration) -> [Double] {
    let scale = MelScale.warped(cornerHertz: configuration.warpHertz)
    let bin = configuration.binHertz
    func edges(step: Double) -> [Double] {
      var edges = [0.0]
      for _ in 0...configuration.bandCount {
        let last = edges[edges.count - 1]
        edges.append(max(last + 1, scale.hertz(mel: scale.mel(hertz: last * bin) + step) / bin))
      }
      return edges
    }
    // The last edge only grows with the step, so bisection finds the step to the last bit.
    var tooSmall = 0.0
    var tooLarge = scale.mel(hertz: configuration.maximumHertz)
    for _ in 0..<100 {
      let middle = (tooSmall + tooLarge) / 2
      if edges(step: middle)[configuration.bandCount + 1] * bin < configuration.maximumHertz {
        tooSmall = middle
      } else {
        tooLarge = middle
      }
    }
    return edges(step: tooSmall)
  }
}
