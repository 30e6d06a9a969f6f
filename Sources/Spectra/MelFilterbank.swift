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
func weightedSum(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
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
