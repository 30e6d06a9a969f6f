import Tensors
import Testing

@Suite("Byte matrix")
struct ByteMatrixTests {
  @Test("Every element is its byte times its row's scale, to half a step; the largest of a row is 127 steps")
  func rounding() {
    // Rows of very different sizes: none is rounded by another's scale.
    let sizes: [Float] = [1, 1e-6, 1e9]
    let rows = sizes.enumerated().map { row, size in draw([37], UInt64(row)).values.map { $0 * size } }
    let tensor = Tensor([3, 37], rows.flatMap { $0 })
    let matrix = ByteMatrix(tensor)
    for row in 0..<3 {
      let values = tensor.values[(row * 37)..<(row * 37 + 37)]
      let scale = matrix.scales[row]
      #expect(scale == values.map(abs).max().map { $0 / 127 })
      for (column, value) in values.enumerated() {
        #expect(abs(Float(matrix.base[row * 37 + column]) * scale - value) <= scale * 0.5001)
      }
    }
  }

  @Test("Rows of nothing, or next to nothing, are zeros; what is no number, or infinite, spoils its own row alone")
  func extremes() {
    let rows: [[Float]] = [[0, 0], [1e-35, -1e-40], [.nan, 1], [1, -.infinity], [-2, 1]]
    let matrix = ByteMatrix(Tensor([5, 2], rows.flatMap { $0 }))
    #expect((0..<4).allSatisfy { matrix.base[$0] == 0 })
    #expect(matrix.scales[0] == 0 && matrix.scales[1] < 1e-35)
    #expect(matrix.scales[2].isNaN && matrix.scales[3].isNaN)
    #expect(matrix.scales[4] == 2 / 127 && matrix.base[8] == -127 && matrix.base[9] == 64)
  }

  @Test("A layer in bytes sums the products of bytes exactly, and rows do not depend on each other")
  func layer() {
    guard Precision.coarsest == .int8 else { return }
    let (x, weight) = (draw([9, 300], 1), Parameter("weight", draw([21, 300], 2)))
    let bias = Parameter("bias", draw([21], 3))
    func made(_ x: Tensor, allowsBytes: Bool = true) -> [Float] {
      let tape = Tape.inference(precision: .int8)
      return tape.linear(tape.constant(x), weight: weight, bias: bias, allowsBytes: allowsBytes).value.values
    }
    let (left, right) = (ByteMatrix(x), ByteMatrix(weight.value))
    let exact = (0..<9).flatMap { row in
      (0..<21).map { column in
        let sum = (0..<300).reduce(0) { $0 + Int(left.base[row * 300 + $1]) * Int(right.base[column * 300 + $1]) }
        return Double(sum) * Double(left.scales[row]) * Double(right.scales[column]) + Double(bias.value.values[column])
      }
    }
    let whole = made(x)
    #expect(relativeError(whole, exact) < 1e-6)
    #expect(made(Tensor([2, 300], Array(x.values[300..<900]))) == Array(whole[21..<63]))
    // Layers that do not allow it are computed as they are elsewhere.
    let tape = Tape.inference()
    #expect(made(x, allowsBytes: false) == tape.linear(tape.constant(x), weight: weight, bias: bias).value.values)
  }

  @Test("A changed weight takes effect at once")
  func change() {
    guard Precision.coarsest == .int8 else { return }
    let (x, weight) = (draw([4, 32], 4), Parameter("weight", draw([8, 32], 5)))
    func made() -> [Float] {
      let tape = Tape.inference(precision: .int8)
      return tape.linear(tape.constant(x), weight: weight, allowsBytes: true).value.values
    }
    let before = made()
    weight.update { for index in 0..<(8 * 32) { $0[index] *= -2 } }
    #expect(made() == before.map { $0 * -2 })
  }
}
