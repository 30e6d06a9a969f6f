import Foundation
package import Parallelism
import Tensors

/// What a model would have said of each choice had it not been fitted on it.
extension ChoiceModel {
  /// For each choice the scores of those shown by the model without that choice, by one step of Newton's method from the
  /// whole fit (approximate leave-one-out: Rad and Maleki 2020), so that nothing is fitted again.
  ///
  /// With K = X·H⁻¹·Xᵀ of the shown rows X, chances p and weight v, the choice's own part of H is v·X̃ᵀdiag(p)X̃, of rank less
  /// than the number shown; so all is in matrices of that size (Woodbury's identity).
  /// - Parameter threads: of which each takes whole choices; the scores are the same with any number.
  package func scoresLeftOut(
    _ choices: [Choice], rows: [Double], threads: Int = Parallel.coreCount
  ) -> [[Double]] {
    Parallel.map(choices.count, threads: threads) { scoresLeftOut(choices[$0], rows: rows) }
  }

  private func scoresLeftOut(_ choice: Choice, rows: [Double]) -> [Double] {
    let width = weights.count
    let shown = choice.shown.map { Array(rows[$0 * width..<($0 + 1) * width]) }
    let scores = shown.map { zip($0, weights).reduce(0) { $0 + $1.0 * $1.1 } }
    let halves = shown.map(precision.whitened)
    let chances = Self.chances(scores)
    let count = shown.count
    var gram = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for i in 0..<count {
      for j in 0...i {
        gram[i][j] = zip(halves[i], halves[j]).reduce(0) { $0 + $1.0 * $1.1 }
        gram[j][i] = gram[i][j]
      }
    }
    let mean = gram.map { row in zip(row, chances).reduce(0) { $0 + $1.0 * $1.1 } }
    let grand = zip(mean, chances).reduce(0) { $0 + $1.0 * $1.1 }
    let moved = (0..<count).map { choice.weight * (gram[$0][choice.picked] - mean[$0]) }
    let movedMean = zip(moved, chances).reduce(0) { $0 + $1.0 * $1.1 }
    let factors = chances.map { ($0 * choice.weight).squareRoot() }
    var system = (0..<count).map { i in
      (0..<count).map { j in
        (i == j ? 1 : 0) - factors[i] * factors[j] * (gram[i][j] - mean[i] - mean[j] + grand)
      }
    }
    var right = (0..<count).map { factors[$0] * (moved[$0] - movedMean) }
    Self.solve(&system, &right)
    return (0..<count).map { j in
      let correction = (0..<count).reduce(0) { $0 + factors[$1] * (gram[j][$1] - mean[j]) * right[$1] }
      return scores[j] - moved[j] - correction
    }
  }

  /// Solves a small positive definite system in place, by elimination.
  private static func solve(_ matrix: inout [[Double]], _ right: inout [Double]) {
    let count = right.count
    for pivot in 0..<count {
      let value = max(matrix[pivot][pivot], 1e-6)
      for row in pivot + 1..<count {
        let factor = matrix[row][pivot] / value
        for column in pivot..<count { matrix[row][column] -= factor * matrix[pivot][column] }
        right[row] -= factor * right[pivot]
      }
      matrix[pivot][pivot] = value
    }
    for row in stride(from: count - 1, through: 0, by: -1) {
      var sum = right[row]
      for column in row + 1..<count { sum -= matrix[row][column] * right[column] }
      right[row] = sum / matrix[row][row]
    }
  }
}
