import Foundation
import Novelty
import Tensors

/// Tells the categories of a folder's sounds apart, by its own clips: regularised least squares on a Gaussian kernel
/// (Suykens and Vandewalle 1999, "Least Squares Support Vector Machine Classifiers"), every category of the same weight.
///
/// How good it is at real clips comes with it: what it says of each when that clip is left out follows from the same
/// solution (Rasmussen and Williams 2006, equation 5.12), so that no clip need be kept apart.
package struct CategoryRecognizer: Sendable {
  /// The kernel's width, relative to the mean squared distance of two clips, and how much a clip may be in error.
  private static let width = 1.0
  private static let regularization = 0.1

  /// In alphabetical order.
  package let categories: [String]
  private let scale: Scale
  private let rows: [[Double]]
  /// `[row][category]`.
  private let weights: [[Double]]
  /// What is said of each clip without having heard it.
  private let leftOut: [Int]
  private let truth: [Int]

  /// - Parameters:
  ///   - shapes: the clips'.
  ///   - categories: one of each.
  /// - Returns: nil for fewer than two categories.
  package init?(_ shapes: [SoundShape], categories labels: [String]) {
    precondition(shapes.count == labels.count, "\(shapes.count) clips of \(labels.count) categories")
    let categories = Set(labels).sorted()
    guard categories.count > 1 else { return nil }
    let scale = Scale(shapes.map(\.values))
    let rows = shapes.map { scale($0.values) }
    let truth = labels.map { label in categories.firstIndex(of: label) ?? 0 }
    let counts = categories.indices.map { category in Double(truth.count { $0 == category }) }
    let targets = truth.map { own in
      categories.indices.map { $0 == own ? 1 : -1 / Double(categories.count - 1) }
    }
    var kernel = SymmetricMatrix(size: rows.count, values: [Double](repeating: 0, count: rows.count * rows.count))
    for row in rows.indices {
      for column in 0...row {
        let value = Self.kernel(rows[row], rows[column])
        (kernel[row, column], kernel[column, row]) = (value, value)
      }
      kernel[row, row] += Self.regularization * counts[truth[row]] * Double(categories.count) / Double(rows.count)
    }
    let inverse = kernel.inverse()
    weights = rows.indices.map { row in
      categories.indices.map { category in
        rows.indices.reduce(0) { $0 + inverse[row, $1] * targets[$1][category] }
      }
    }
    let solved = weights
    leftOut = rows.indices.map { row in
      Self.best(categories.indices.map { targets[row][$0] - solved[row][$0] / inverse[row, row] })
    }
    (self.categories, self.scale, self.rows, self.truth) = (categories, scale, rows, truth)
  }

  /// The category that a sound is taken for.
  package func category(of shape: SoundShape) -> String {
    let row = scale(shape.values)
    let likeness = rows.map { Self.kernel($0, row) }
    return categories[
      Self.best(
        categories.indices.map { category in zip(likeness, weights).reduce(0) { $0 + $1.0 * $1.1[category] } })]
  }

  /// The share of a category's real clips that is told rightly by what the others teach.
  package func shareOfReal(_ category: String) -> Double {
    let own = truth.indices.filter { categories[truth[$0]] == category }
    return Double(own.count { leftOut[$0] == truth[$0] }) / Double(max(1, own.count))
  }

  /// The same, the mean over categories.
  package var shareOfReal: Double { Statistics.mean(categories.map(shareOfReal)) }

  private static func best(_ values: [Double]) -> Int { values.indices.max { values[$0] < values[$1] } ?? 0 }

  private static func kernel(_ a: [Double], _ b: [Double]) -> Double {
    var square = 0.0
    for index in a.indices { square += (a[index] - b[index]) * (a[index] - b[index]) }
    return exp(-width * square / Double(2 * a.count))
  }

  /// Brings every number to mean 0 and deviation 1.
  private struct Scale: Sendable {
    let means: [Double]
    let deviations: [Double]

    init(_ rows: [[Double]]) {
      let means = rows[0].indices.map { column in Statistics.mean(rows.map { $0[column] }) }
      deviations = means.indices.map { column in
        let squares = rows.reduce(0.0) { sum, row in
          let difference = row[column] - means[column]
          return sum + difference * difference
        }
        return max((squares / Double(rows.count)).squareRoot(), 1e-9)
      }
      self.means = means
    }

    func callAsFunction(_ row: [Double]) -> [Double] { row.indices.map { (row[$0] - means[$0]) / deviations[$0] } }
  }
}
