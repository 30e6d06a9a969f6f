import Foundation
import Tensors

/// What decides between clips that are shown together: a clip's chance is proportional to exp(wᵀx) (Bradley and Terry 1952;
/// of more than two McFadden's conditional logit 1974), with a normal prior of w. The posterior is Laplace's: normal about its
/// mode (Bishop 2006, section 4.5).
package struct ChoiceModel: Sendable {
  /// A choice: rows of those that were shown, which of them was picked, and how much it counts.
  package struct Choice: Sendable {
    package var shown: [Int]
    package var picked: Int
    package var weight = 1.0

    package init(shown: [Int], picked: Int) { (self.shown, self.picked) = (shown, picked) }
  }

  /// The mode of the posterior.
  package private(set) var weights: [Double]
  /// L⁻¹ of the posterior's precision LLᵀ, `[row, column]`.
  private(set) var root: [Double] = []
  /// Laplace's approximation of how likely the choices are under the prior, a natural logarithm.
  package private(set) var evidence = -Double.infinity
  private var width: Int { weights.count }

  private static let mostSteps = 25
  private static let tolerance = 1e-2

  /// Fits by Newton's method, which converges from anywhere: the posterior is log-concave, and steps that lead down are halved.
  /// - Parameters:
  ///   - rows: `[clip, feature]`, row-major.
  ///   - deviations: of the prior, for each feature.
  ///   - start: weights to begin with.
  package init(_ choices: [Choice], rows: [Double], deviations: [Double], start: [Double]? = nil) {
    let width = deviations.count
    let precisions = deviations.map { 1 / ($0 * $0) }
    weights = start ?? [Double](repeating: 0, count: width)
    var state = Self.state(choices, rows, weights, precisions)
    for _ in 0..<Self.mostSteps {
      root = CholeskyFactor.inverse(of: state.precision, width: width)
      let step = Self.solved(root, state.gradient, width)
      let decrement = zip(step, state.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      if decrement < Self.tolerance { break }
      var size = 1.0
      while true {
        let tried = zip(weights, step).map { $0 + size * $1 }
        let next = Self.state(choices, rows, tried, precisions)
        if next.value >= state.value || size < 1e-3 {
          (weights, state) = (tried, next)
          break
        }
        size /= 2
      }
    }
    root = CholeskyFactor.inverse(of: state.precision, width: width)
    let logRoot = (0..<width).reduce(0) { $0 + log(root[$1 * width + $1]) }
    evidence = state.value + logRoot + precisions.reduce(0) { $0 + 0.5 * log($1) }
  }

  private struct State {
    var value = 0.0
    var gradient: [Double]
    /// The lower triangle of minus the second derivatives.
    var precision: [Double]
  }

  /// The logarithm of the posterior but for a constant, its gradient, and its precision.
  private static func state(_ choices: [Choice], _ rows: [Double], _ weights: [Double], _ precisions: [Double]) -> State
  {
    let width = weights.count
    var state = State(
      gradient: zip(weights, precisions).map { -$0 * $1 }, precision: [Double](repeating: 0, count: width * width))
    for (index, value) in precisions.enumerated() { state.precision[index * width + index] = value }
    state.value = -0.5 * zip(weights, precisions).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    var centred = [Double](repeating: 0, count: width)
    var mean = centred
    rows.withUnsafeBufferPointer { rows in
      for choice in choices {
        let chances = Self.chances(choice.shown.map { row in dot(rows, row * width, weights) })
        state.value += choice.weight * log(max(chances[choice.picked], 1e-300))
        for column in 0..<width { mean[column] = 0 }
        for (row, chance) in zip(choice.shown, chances) { add(rows, row * width, times: chance, to: &mean) }
        let picked = choice.shown[choice.picked] * width
        add(rows, picked, times: choice.weight, to: &state.gradient)
        for column in 0..<width { state.gradient[column] -= choice.weight * mean[column] }
        for (row, chance) in zip(choice.shown, chances) {
          for column in 0..<width { centred[column] = rows[row * width + column] - mean[column] }
          add(centred, times: choice.weight * chance, to: &state.precision)
        }
      }
    }
    return state
  }

  private static func dot(_ rows: UnsafeBufferPointer<Double>, _ start: Int, _ weights: [Double]) -> Double {
    weights.withUnsafeBufferPointer { weights in
      var sums = SIMD8<Double>.zero
      let whole = weights.count / 8 * 8
      for column in stride(from: 0, to: whole, by: 8) {
        for lane in 0..<8 { sums[lane] += rows[start + column + lane] * weights[column + lane] }
      }
      return (whole..<weights.count).reduce(sums.sum()) { $0 + rows[start + $1] * weights[$1] }
    }
  }

  private static func add(
    _ rows: UnsafeBufferPointer<Double>, _ start: Int, times factor: Double, to sum: inout [Double]
  ) {
    sum.withUnsafeMutableBufferPointer { sum in
      for column in sum.indices { sum[column] += factor * rows[start + column] }
    }
  }

  /// Adds the lower triangle of factor · xxᵀ.
  private static func add(_ x: [Double], times factor: Double, to matrix: inout [Double]) {
    let width = x.count
    x.withUnsafeBufferPointer { x in
      matrix.withUnsafeMutableBufferPointer { matrix in
        for row in 0..<width {
          let scale = factor * x[row]
          let start = row * width
          for column in 0...row { matrix[start + column] += scale * x[column] }
        }
      }
    }
  }

  static func chances(_ scores: [Double]) -> [Double] {
    let most = scores.max() ?? 0
    let powers = scores.map { exp($0 - most) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// L⁻ᵀ · L⁻¹ · vector.
  private static func solved(_ root: [Double], _ vector: [Double], _ width: Int) -> [Double] {
    let half = lower(root, vector, width)
    var result = [Double](repeating: 0, count: width)
    for row in 0..<width { for column in 0...row { result[column] += root[row * width + column] * half[row] } }
    return result
  }

  /// L⁻¹ · vector.
  static func lower(_ root: [Double], _ vector: [Double], _ width: Int) -> [Double] {
    vector.withUnsafeBufferPointer { vector in
      root.withUnsafeBufferPointer { root in
        (0..<width).map { row in
          var sum = 0.0
          for column in 0...row { sum += root[row * width + column] * vector[column] }
          return sum
        }
      }
    }
  }

  /// The mean and the deviation of a row's score.
  package func score(_ row: [Double]) -> (mean: Double, deviation: Double) {
    let half = Self.lower(root, row, width)
    return (zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 }, half.reduce(0) { $0 + $1 * $1 }.squareRoot())
  }
}
