package import Tensors

/// The mean and covariance of some vectors, and how far apart two such fits are.
package struct GaussianFit: Sendable, Equatable {
  package let mean: [Double]
  package let covariance: SymmetricMatrix

  package init(mean: [Double], covariance: SymmetricMatrix) {
    precondition(mean.count == covariance.size, "a mean of \(mean.count) for a covariance of \(covariance.size)")
    self.mean = mean
    self.covariance = covariance
  }

  /// The fit of vectors of one length; the covariance is divided by their number less 1.
  /// - Precondition: there is one.
  package init(_ vectors: [[Double]]) {
    precondition(!vectors.isEmpty, "no vectors to fit")
    let size = vectors[0].count
    var mean = [Double](repeating: 0, count: size)
    for vector in vectors { for index in 0..<size { mean[index] += vector[index] / Double(vectors.count) } }
    var covariance = SymmetricMatrix(size: size, values: [Double](repeating: 0, count: size * size))
    let divisor = Double(max(1, vectors.count - 1))
    for vector in vectors {
      for row in 0..<size {
        let scaled = (vector[row] - mean[row]) / divisor
        for column in 0..<size { covariance[row, column] += scaled * (vector[column] - mean[column]) }
      }
    }
    self.init(mean: mean, covariance: covariance)
  }

  /// The Fréchet distance of two Gaussians, squared, as FID and FAD have it (Dowson and Landau 1982; Heusel et al. 2017):
  /// |μ₁ − μ₂|² + tr(C₁ + C₂ − 2·(C₁^½ C₂ C₁^½)^½).
  package func frechetDistance(to other: GaussianFit) -> Double {
    precondition(mean.count == other.mean.count, "fits of \(mean.count) and \(other.mean.count) dimensions")
    let shift = zip(mean, other.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let mixed = covariance.squareRoot().sandwiching(other.covariance).eigen().values
    let cross = mixed.reduce(0) { $0 + max(0, $1).squareRoot() }
    return max(0, shift + covariance.trace + other.covariance.trace - 2 * cross)
  }
}
