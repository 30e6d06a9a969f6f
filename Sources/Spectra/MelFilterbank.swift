/// Triangular bands over the bins of a Fourier transform, stored sparsely: a run of weights for each band.
public struct MelFilterbank: Sendable, Equatable {
  /// Bins of the Fourier transform: fftLength / 2 + 1.
  public let binCount: Int
  /// Centre of each band, in hertz.
  public let centerHertz: [Double]
  /// Bands.
  public var bandCount: Int { centerHertz.count }

  /// First bin of each band's run.
  let firstBins: [Int]
  /// Where each band's run starts in `weights`; one more at the end.
  let offsets: [Int]
  /// The runs, back to back.
  let weights: [Float]
  /// What each band's triangle of height 1 was multiplied by: 1 / area for the warped bank.
  let heights: [Float]

  /// Triangles that rise from one edge to the next and fall to the one after; each scaled by `scale(band, sum)`.
  ///
  /// - Parameters:
  ///   - edges: bandCount + 2 places in (fractional) bins, rising.
  ///   - scale: from a band and the sum of its unscaled weights to the factor its weights get.
  init(edges: [Double], binHertz: Double, binCount: Int, scale: (Int, Double) -> Double) {
    var firstBins: [Int] = []
    var offsets = [0]
    var weights: [Float] = []
    var heights: [Float] = []
    for band in 0..<(edges.count - 2) {
      let (low, center, high) = (edges[band], edges[band + 1], edges[band + 2])
      let first = min(Int(low.rounded(.down)) + 1, binCount)
      let end = max(first, min(Int(high.rounded(.up)), binCount))
      let triangle = (first..<end).map { bin in
        max(0, min((Double(bin) - low) / (center - low), (high - Double(bin)) / (high - center)))
      }
      let factor = scale(band, triangle.reduce(0, +))
      heights.append(Float(factor))
      firstBins.append(first)
      weights += triangle.map { Float($0 * factor) }
      offsets.append(weights.count)
    }
    self.binCount = binCount
    self.centerHertz = edges.dropFirst().dropLast().map { $0 * binHertz }
    self.firstBins = firstBins
    self.offsets = offsets
    self.weights = weights
    self.heights = heights
  }

  /// The bank as a `[band, bin]` row-major matrix.
  package var dense: [Float] {
    var matrix = [Float](repeating: 0, count: bandCount * binCount)
    for band in 0..<bandCount {
      for (step, weight) in weights[offsets[band]..<offsets[band + 1]].enumerated() {
        matrix[band * binCount + firstBins[band] + step] = weight
      }
    }
    return matrix
  }

  /// Sums bins into bands: `[frame, bin]` to `[frame, band]`.
  /// - Precondition: `bins` holds whole frames of `binCount`.
  public func apply(_ bins: [Float]) -> [Float] {
    precondition(bins.count % binCount == 0, "\(bins.count) values are not whole frames of \(binCount) bins")
    let frameCount = bins.count / binCount
    var bands = [Float](repeating: 0, count: frameCount * bandCount)
    bins.withUnsafeBufferPointer { bins in
      bands.withUnsafeMutableBufferPointer { bands in
        guard let from = bins.baseAddress, let to = bands.baseAddress else { return }
        for frame in 0..<frameCount { apply(from + frame * binCount, into: to + frame * bandCount) }
      }
    }
    return bands
  }

  /// Sums the bins of one frame into bands.
  func apply(_ bins: UnsafePointer<Float>, into bands: UnsafeMutablePointer<Float>) {
    weights.withUnsafeBufferPointer { weights in
      guard let weights = weights.baseAddress else { return }
      for band in 0..<bandCount {
        let run = weights + offsets[band]
        let count = offsets[band + 1] - offsets[band]
        bands[band] = weightedSum(run, bins + firstBins[band], count)
      }
    }
  }
}

/// Σ a[i]·b[i], in eight partial sums so that it vectorises; the order of addition is fixed.
package func weightedSum(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
  var partial = SIMD8<Float>.zero
  var index = 0
  while index + 8 <= count {
    let left = UnsafeRawPointer(a + index).loadUnaligned(as: SIMD8<Float>.self)
    let right = UnsafeRawPointer(b + index).loadUnaligned(as: SIMD8<Float>.self)
    partial += left * right
    index += 8
  }
  var sum = partial.sum()
  while index < count {
    sum += a[index] * b[index]
    index += 1
  }
  return sum
}

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
