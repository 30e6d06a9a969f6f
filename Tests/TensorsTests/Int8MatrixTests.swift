import Tensors
import Testing

@Suite("int8 matrix")
struct Int8MatrixTests {
  @Test("Every element is its integer times its row's scale, to half a step; the largest of a row is 127 steps")
  func rounding() {
    // Rows of very different sizes: none is rounded by another's scale.
    let sizes: [Float] = [1, 1e-6, 1e9]
    let rows = sizes.enumerated().map { row, size in draw([37], UInt64(row)).values.map { $0 * size } }
    let tensor = Tensor([3, 37], rows.flatMap { $0 })
    let matrix = Int8Matrix(tensor)
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
    let matrix = Int8Matrix(Tensor([5, 2], rows.flatMap { $0 }))
    #expect((0..<4).allSatisfy { matrix.base[$0] == 0 })
    #expect(matrix.scales[0] == 0 && matrix.scales[1] < 1e-35)
    #expect(matrix.scales[2].isNaN && matrix.scales[3].isNaN)
    #expect(matrix.scales[4] == 2 / 127 && matrix.base[8] == -127 && matrix.base[9] == 64)
  }

  @Test("By columns, each has a scale of its own, and what is no number spoils its own column alone")
  func columns() {
    let sizes: [Float] = [1, 1e-6, 1e9]
    let columns = sizes.enumerated().map { column, size in draw([37], UInt64(column)).values.map { $0 * size } }
    let matrix = Int8Matrix(columnsOf: Tensor([37, 3], (0..<37).flatMap { row in columns.map { $0[row] } }))
    for (column, values) in columns.enumerated() {
      let scale = matrix.scales[column]
      #expect(scale == values.map(abs).max().map { $0 / 127 })
      for (row, value) in values.enumerated() {
        #expect(abs(Float(matrix.base[row * 3 + column]) * scale - value) <= scale * 0.5001)
      }
    }
    let spoilt = Int8Matrix(columnsOf: Tensor([2, 4], [.nan, 0, -1, 3, 1, 0, 2, .infinity]))
    #expect(spoilt.scales[0].isNaN && spoilt.scales[1] == 0 && spoilt.scales[3].isNaN)
    #expect(spoilt.scales[2] == 2 / 127 && spoilt.base[2] == -64 && spoilt.base[6] == 127)
  }

  @Test("A layer in int8 sums the products of integers exactly, and rows do not depend on each other")
  func layer() {
    guard Precision.lowest == .int8 else { return }
    let (x, weight) = (draw([9, 300], 1), Parameter("weight", draw([21, 300], 2)))
    let bias = Parameter("bias", draw([21], 3))
    func made(_ x: Tensor, allowsInt8: Bool = true) -> [Float] {
      let tape = Tape.inference(precision: .int8)
      return tape.constant(x).linear(weight: weight, bias: bias, allowsInt8: allowsInt8).value.values
    }
    let (left, right) = (Int8Matrix(x), Int8Matrix(weight.value))
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
    #expect(made(x, allowsInt8: false) == tape.constant(x).linear(weight: weight, bias: bias).value.values)
  }

  @Test("A changed weight takes effect at once")
  func change() {
    guard Precision.lowest == .int8 else { return }
    let (x, weight) = (draw([4, 32], 4), Parameter("weight", draw([8, 32], 5)))
    func made() -> [Float] {
      let tape = Tape.inference(precision: .int8)
      return tape.constant(x).linear(weight: weight, allowsInt8: true).value.values
    }
    let before = made()
    weight.update { for index in 0..<(8 * 32) { $0[index] *= -2 } }
    #expect(made() == before.map { $0 * -2 })
  }

  @Test("Gradients in int8 are sums of the products of integers, and add up over passes")
  func gradients() throws {
    guard Precision.lowest == .int8 else { return }
    let (rows, inputs, outputs) = (70, 96, 40)
    let weight = Parameter("weight", draw([outputs, inputs], 6))
    let gradients = Gradients()
    var (expectedWeight, sizes) = ([Double](repeating: 0, count: outputs * inputs), [Double]())
    for pass in 0..<2 {
      let (x, dy) = (draw([rows, inputs], 7 + UInt64(pass)), draw([rows, outputs], 9 + UInt64(pass)))
      let tape = Tape.recording(into: gradients, precision: .int8)
      let input = tape.variable(x)
      tape.backward(from: input.linear(weight: weight, allowsInt8: true), gradient: dy)

      let (left, right) = (Int8Matrix(dy), Int8Matrix(columnsOf: weight.value))
      let dx = (0..<rows).flatMap { row in
        (0..<inputs).map { column in
          let sum = (0..<outputs).reduce(0) {
            $0 + Int(left.base[row * outputs + $1]) * Int(right.base[$1 * inputs + column])
          }
          return Double(sum) * Double(left.scales[row]) * Double(right.scales[column])
        }
      }
      let made = try #require(input.slot?.gradient).values
      #expect(relativeError(made, dx) < 1e-6)
      sizes.append(relativeError(made, exact(dy, weight.value, (rows, outputs, inputs))))

      let (errors, inputsSeen) = (Int8Matrix(columnsOf: dy), Int8Matrix(columnsOf: x))
      for output in 0..<outputs {
        for column in 0..<inputs {
          let sum = (0..<rows).reduce(0) {
            $0 + Int(errors.base[$1 * outputs + output]) * Int(inputsSeen.base[$1 * inputs + column])
          }
          expectedWeight[output * inputs + column] +=
            Double(sum) * Double(errors.scales[output]) * Double(inputsSeen.scales[column])
        }
      }
    }
    #expect(relativeError(try #require(gradients[weight]).values, expectedWeight) < 1e-6)
    // Of normal numbers, whose largest are some three deviations, int8 loses about a hundredth.
    #expect(sizes.allSatisfy { (0.002...0.02).contains($0) }, "\(sizes)")
  }

  /// left · right in double.
  private func exact(_ left: Tensor, _ right: Tensor, _ size: (rows: Int, inner: Int, columns: Int)) -> [Double] {
    let (a, b) = (left.values.map(Double.init), right.values.map(Double.init))
    return (0..<size.rows).flatMap { row in
      (0..<size.columns).map { column in
        (0..<size.inner).reduce(0) { $0 + a[row * size.inner + $1] * b[$1 * size.columns + column] }
      }
    }
  }
}
