import Tensors
import Testing

/// Compares the gradients that a tape computes with central differences.
///
/// The loss is Σ projection · output, summed in double. Along a random direction u its derivative is taken from four
/// losses, at ±h and ±h/2 (Richardson's extrapolation, error of order h⁴), and held against ⟨gradient, u⟩ on the scale
/// ‖gradient‖ · rms(u), which is what chance would make of it: a single wrong element of some hundred shows.
struct GradientCheck {
  /// How far inputs and parameters move.
  var distance: Float = 0.02
  /// The largest error, on the scale above: rounding of outputs to 6e-8, divided by the distance, is some 1e-5.
  var tolerance = 1e-3
  var directions = 3

  func callAsFunction(
    inputs: [Tensor] = [], parameters: [Parameter] = [], seed: UInt64 = 1,
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Tape, [Variable]) -> Variable
  ) {
    let random = RandomSource(seed: seed, stream: 77)
    let gradients = Gradients()
    let tape = Tape.recording(into: gradients, precision: .float32)
    let variables = inputs.map(tape.variable)
    let output = body(tape, variables)
    let projection = random.split(0).normals(output.value.shape)
    tape.backward(from: output, gradient: projection)

    func loss(_ inputs: [Tensor]) -> Double {
      let tape = Tape.inference(precision: .float32)
      return dot(body(tape, inputs.map(tape.constant)).value, projection)
    }
    for (number, input) in inputs.enumerated() {
      let label = Comment(rawValue: "input \(number) \(input.shape)")
      compare(variables[number].slot?.gradient, input, random.split(UInt64(100 + number)), label, sourceLocation) {
        var moved = inputs
        moved[number] = $0
        return loss(moved)
      }
    }
    for (number, parameter) in parameters.enumerated() {
      let start = parameter.value
      let label = Comment(rawValue: "\(parameter.name) \(start.shape)")
      compare(gradients[parameter], start, random.split(UInt64(200 + number)), label, sourceLocation) {
        parameter.value = $0
        return loss(inputs)
      }
      parameter.value = start
    }
  }

  private func compare(
    _ gradient: Tensor?, _ start: Tensor, _ random: RandomSource, _ label: Comment, _ sourceLocation: SourceLocation,
    _ loss: (Tensor) -> Double
  ) {
    guard let gradient, gradient.shape == start.shape else {
      Issue.record("no gradient of its shape for \(label)", sourceLocation: sourceLocation)
      return
    }
    for number in 0..<directions {
      let direction = random.split(UInt64(number)).normals(start.shape)
      func slope(_ h: Float) -> Double {
        var (ahead, behind) = (start, start)
        ahead.add(direction, times: h)
        behind.add(direction, times: -h)
        return (loss(ahead) - loss(behind)) / Double(2 * h)
      }
      let estimate = (4 * slope(distance / 2) - slope(distance)) / 3
      let scale = (gradient.sumOfSquares * direction.sumOfSquares / Double(start.count)).squareRoot()
      // Where a gradient all but vanishes, only the rounding of the outputs is left.
      let error = abs(estimate - dot(gradient, direction)) / max(scale, 0.05)
      #expect(error < tolerance, label, sourceLocation: sourceLocation)
    }
  }
}

/// Σ a · b in double.
func dot(_ a: Tensor, _ b: Tensor) -> Double {
  zip(a.values, b.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// ‖a − b‖ / ‖b‖.
func relativeError(_ a: [Float], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  let difference = zip(a, b).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
  return (difference / b.reduce(1e-30) { $0 + $1 * $1 }).squareRoot()
}

/// Normal numbers for a test, told apart by `key`.
func draw(_ shape: [Int], _ key: UInt64, deviation: Float = 1, mean: Float = 0) -> Tensor {
  Tensor(shape, RandomSource(seed: 5).split(key).normals(count: shape.reduce(1, *)).map { $0 * deviation + mean })
}
