import Foundation
package import Parallelism
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
  /// The precision of the posterior.
  let precision: PositiveSystem
  /// Laplace's approximation of how likely the choices are under the prior, a natural logarithm.
  package let evidence: Double

  private static let mostSteps = 25
  private static let tolerance = 1e-2

  /// Fits by Newton's method, which converges from anywhere: the posterior is log-concave, and steps that lead down are halved.
  /// - Parameters:
  ///   - rows: `[clip, feature]`, row-major.
  ///   - deviations: of the prior, for each feature.
  ///   - start: weights to begin with.
  ///   - threads: of many choices; the fit is the same with any number.
  package init(
    _ choices: [Choice], rows: [Double], deviations: [Double], start: [Double]? = nil,
    threads: Int = Parallel.coreCount
  ) {
    let width = deviations.count
    let precisions = deviations.map { 1 / ($0 * $0) }
    var weights = start ?? [Double](repeating: 0, count: width)
    var state = State(choices, rows, weights, precisions, threads: threads)
    var system = PositiveSystem(state.precision, width: width)
    for _ in 0..<Self.mostSteps {
      let step = system.solution(state.gradient)
      let decrement = zip(step, state.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      if decrement < Self.tolerance { break }
      var size = 1.0
      while true {
        let tried = zip(weights, step).map { $0 + size * $1 }
        let next = State(choices, rows, tried, precisions, threads: threads)
        if next.value >= state.value || size < 1e-3 {
          (weights, state) = (tried, next)
          break
        }
        size /= 2
      }
      system = PositiveSystem(state.precision, width: width)
    }
    (self.weights, precision) = (weights, system)
    evidence = state.value - system.logDeterminant / 2 + precisions.reduce(0) { $0 + 0.5 * log($1) }
  }

  /// The mean and the deviation of a row's score.
  package func score(_ row: [Double]) -> (mean: Double, deviation: Double) {
    let half = precision.whitened(row)
    return (zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 }, half.reduce(0) { $0 + $1 * $1 }.squareRoot())
  }

  static func chances(_ scores: [Double]) -> [Double] {
    let most = scores.max() ?? 0
    let powers = scores.map { exp($0 - most) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

/// The logarithm of the posterior at some weights.
private struct State {
  /// But for a constant.
  var value: Double
  var gradient: [Double]
  /// Minus the second derivatives, of which the upper triangle.
  var precision: [Double]

  /// Choices that are summed by themselves, on any thread. The sums are the same with any number of threads, as this is fixed.
  private static let partCount = 128

  init(
    _ choices: [ChoiceModel.Choice], _ rows: [Double], _ weights: [Double], _ precisions: [Double], threads: Int
  ) {
    let width = weights.count
    value = -0.5 * zip(weights, precisions).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    gradient = zip(weights, precisions).map { -$0 * $1 }
    precision = [Double](repeating: 0, count: width * width)
    for (index, value) in precisions.enumerated() { precision[index * width + index] = value }
    let starts = Array(stride(from: 0, to: choices.count, by: Self.partCount))
    guard starts.count > 1 else {
      add(choices[...], rows, weights)
      return
    }
    let parts = Parallel.map(starts.count, threads: threads) { place in
      var part = State(width: width)
      part.add(choices[starts[place]..<min(starts[place] + Self.partCount, choices.count)], rows, weights)
      return part
    }
    for part in parts {
      value += part.value
      for index in gradient.indices { gradient[index] += part.gradient[index] }
      for index in precision.indices { precision[index] += part.precision[index] }
    }
  }

  /// Of no choice and no prior.
  private init(width: Int) {
    (value, gradient) = (0, [Double](repeating: 0, count: width))
    precision = [Double](repeating: 0, count: width * width)
  }

  /// Adds what some choices say.
  private mutating func add(_ choices: ArraySlice<ChoiceModel.Choice>, _ rows: [Double], _ weights: [Double]) {
    let most = choices.reduce(0) { max($0, $1.shown.count) }
    var centred = [Double](repeating: 0, count: (most + 3) / 4 * 4 * weights.count)
    rows.withUnsafeBufferPointer { rows in
      centred.withUnsafeMutableBufferPointer { centred in
        guard let rows = rows.baseAddress, let centred = centred.baseAddress else { return }
        for choice in choices { add(choice, rows, weights, centred) }
      }
    }
  }

  /// Adds what one choice says.
  /// - Parameter centred: room for the rows of those shown, in whole fours.
  private mutating func add(
    _ choice: ChoiceModel.Choice, _ rows: UnsafePointer<Double>, _ weights: [Double],
    _ centred: UnsafeMutablePointer<Double>
  ) {
    let width = weights.count
    let chances = ChoiceModel.chances(choice.shown.map { Self.dot(rows + $0 * width, weights) })
    value += choice.weight * log(max(chances[choice.picked], 1e-300))
    var mean = [Double](repeating: 0, count: width)
    for (row, chance) in zip(choice.shown, chances) {
      for column in 0..<width { mean[column] += chance * rows[row * width + column] }
    }
    let picked = rows + choice.shown[choice.picked] * width
    for column in 0..<width { gradient[column] += choice.weight * (picked[column] - mean[column]) }
    let count = (choice.shown.count + 3) / 4 * 4
    for place in 0..<count {
      let to = centred + place * width
      guard place < choice.shown.count else {
        to.update(repeating: 0, count: width)
        continue
      }
      let from = rows + choice.shown[place] * width
      for column in 0..<width { to[column] = from[column] - mean[column] }
    }
    let factors = chances.map { $0 * choice.weight } + [Double](repeating: 0, count: count - chances.count)
    for first in stride(from: 0, to: count, by: 4) {
      addProducts(of: centred + first * width, Array(factors[first..<first + 4]), width)
    }
  }

  /// Adds the upper triangle of the sum of four factors times xxᵀ: four at once, as memory is what takes time.
  private mutating func addProducts(of x: UnsafePointer<Double>, _ factors: [Double], _ width: Int) {
    let (a, b, c, d) = (x, x + width, x + 2 * width, x + 3 * width)
    let f = (factors[0], factors[1], factors[2], factors[3])
    precision.withUnsafeMutableBufferPointer { matrix in
      guard let matrix = matrix.baseAddress else { return }
      for row in 0..<width {
        let to = matrix + row * width
        let s = (f.0 * a[row], f.1 * b[row], f.2 * c[row], f.3 * d[row])
        for column in row..<width {
          let first = s.0 * a[column] + s.1 * b[column]
          let second = s.2 * c[column] + s.3 * d[column]
          to[column] += first + second
        }
      }
    }
  }

  private static func dot(_ row: UnsafePointer<Double>, _ weights: [Double]) -> Double {
    weights.withUnsafeBufferPointer { weights in
      var sums = SIMD8<Double>.zero
      let whole = weights.count / 8 * 8
      for column in stride(from: 0, to: whole, by: 8) {
        for lane in 0..<8 { sums[lane] += row[column + lane] * weights[column + lane] }
      }
      return (whole..<weights.count).reduce(sums.sum()) { $0 + row[$1] * weights[$1] }
    }
  }
}
