/// Linear regression with a penalty on the weights (Hoerl & Kennard 1970, "Ridge Regression").
package enum RidgeRegression {
  /// The weights W, `[out, in]`, for which Σ ‖W·x − y‖² + penalty · rows · ‖W‖² is least.
  /// - Parameters:
  ///   - x: `[rows, in]`.
  ///   - y: `[rows, out]`.
  ///   - penalty: above 0, so that there is one solution.
  package static func weights(from x: Tensor, to y: Tensor, penalty: Double) -> Tensor {
    let (rows, inputs, outputs) = (x.shape[0], x.shape[1], y.shape[1])
    precondition(y.shape[0] == rows && penalty > 0, "\(rows) rows to \(y.shape[0]), with a penalty of \(penalty)")
    let (given, wanted) = (x.values, y.values)
    var squares = [Double](repeating: 0, count: inputs * inputs)
    var products = [Double](repeating: 0, count: outputs * inputs)
    for row in 0..<rows {
      let x = given[row * inputs..<(row + 1) * inputs].map(Double.init)
      for i in 0..<inputs {
        for j in i..<inputs { squares[i * inputs + j] += x[i] * x[j] }
      }
      for (output, value) in wanted[row * outputs..<(row + 1) * outputs].enumerated() {
        for i in 0..<inputs { products[output * inputs + i] += Double(value) * x[i] }
      }
    }
    for i in 0..<inputs { squares[i * inputs + i] += penalty * Double(rows) }
    let system = PositiveSystem(squares, width: inputs)
    let weights = (0..<outputs).flatMap { system.solution(Array(products[$0 * inputs..<($0 + 1) * inputs])) }
    return Tensor([outputs, inputs], weights.map { Float($0) })
  }
}
