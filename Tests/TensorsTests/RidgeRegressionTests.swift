import Tensors
import Testing

@Suite("Ridge regression")
struct RidgeRegressionTests {
  private let x = RandomSource(seed: 1).normals([200, 5])

  @Test("Weights that made the values are found; a penalty makes them smaller")
  func weights() {
    let made = RandomSource(seed: 2).normals([3, 5])
    let y = Tape.inference(precision: .float32).constant(x).linear(weight: Parameter("made", made)).value
    let found = RidgeRegression.weights(from: x, to: y, penalty: 1e-9)
    #expect(found.shape == [3, 5])
    #expect(zip(found.values, made.values).allSatisfy { abs($0 - $1) < 1e-4 })
    let held = RidgeRegression.weights(from: x, to: y, penalty: 1)
    // The rows vary by one in all directions alike: about half is left.
    #expect(abs(held.sumOfSquares / made.sumOfSquares - 0.25) < 0.1)
  }

  @Test("Where one value repeats another, both share its weight")
  func singular() {
    let twice = Tensor([200, 2], (0..<200).flatMap { [x[flat: $0 * 5], x[flat: $0 * 5]] })
    let y = Tensor([200, 1], (0..<200).map { x[flat: $0 * 5] })
    let found = RidgeRegression.weights(from: twice, to: y, penalty: 1e-6).values
    #expect(found.allSatisfy { abs($0 - 0.5) < 1e-3 })
  }
}
