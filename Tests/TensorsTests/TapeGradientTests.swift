import Tensors
import Testing

/// Reference: central differences (see `GradientCheck`).
@Suite("Gradients of the tape's operations")
struct TapeGradientTests {
  private let check = GradientCheck()

  @Test(
    "A linear layer: input, weight and bias",
    arguments: [[1, 1, 1], [1, 7, 5], [3, 17, 16], [5, 33, 31], [16, 64, 48], [2, 16, 130]], [false, true])
  func linear(sizes: [Int], hasBias: Bool) {
    let weight = Parameter("weight", draw([sizes[2], sizes[1]], 1))
    let bias = hasBias ? Parameter("bias", draw([sizes[2]], 2)) : nil
    check(inputs: [draw([sizes[0], sizes[1]], 3)], parameters: [weight] + (bias.map { [$0] } ?? [])) { tape, x in
      x[0].linear(weight: weight, bias: bias)
    }
  }

  @Test("The activations", arguments: [[1, 1], [3, 17], [2, 40], [5, 16]])
  func activations(shape: [Int]) {
    let x = draw(shape, 4, deviation: 2)
    check(inputs: [x]) { $1[0].gelu() }
    check(inputs: [x]) { $1[0].geluTanh() }
    check(inputs: [x]) { $1[0].silu() }
  }

  @Test("Sums, of two values and of rows with a vector", arguments: [[1, 1], [4, 19], [3, 32]])
  func sums(shape: [Int]) {
    let vector = Parameter("vector", draw([shape[1]], 5))
    check(inputs: [draw(shape, 6), draw(shape, 7)]) { $1[0] + $1[1] }
    check(inputs: [draw(shape, 6)], parameters: [vector]) { $1[0] + vector }
  }

  @Test("Layer normalisation", arguments: [1, 4], [3, 5, 16, 33, 64])
  func layerNorm(rows: Int, width: Int) {
    let scale = Parameter("scale", draw([width], 8, mean: 1))
    let shift = Parameter("shift", draw([width], 9))
    check(inputs: [draw([rows, width], 10, deviation: 2, mean: 1)], parameters: [scale, shift]) {
      $1[0].layerNorm(scale: scale, shift: shift, epsilon: 1e-5)
    }
  }

  @Test("Adaptive normalisation and gates", arguments: [[1], [3, 1, 2], [5, 4]], [3, 7, 16, 40])
  func modulation(lengths: [Int], width: Int) {
    let layout = SequenceLayout(lengths)
    let x = draw([layout.rowCount, width], 11, deviation: 2)
    let parts = draw([layout.count, 4 * width], 12)
    check(inputs: [x, parts]) {
      $1[0].adaptiveNorm(
        shift: ModulationPart(3, of: $1[1], layout: layout), scale: ModulationPart(1, of: $1[1], layout: layout))
    }
    check(inputs: [x, draw([layout.rowCount, width], 13), parts]) {
      $1[0].adding($1[1], gate: ModulationPart(2, of: $1[2], layout: layout))
    }
  }

  @Test(
    "Attention within ragged sequences", arguments: [[1], [1, 5, 2], [17, 3]], [[1, 5], [2, 8], [3, 7], [2, 32]])
  func attention(lengths: [Int], heads: [Int]) {
    let layout = SequenceLayout(lengths)
    check(inputs: [draw([layout.rowCount, 3 * heads[0] * heads[1]], 14)]) {
      $1[0].attention(heads: heads[0], layout: layout)
    }
  }

  @Test("Normalised and rotated heads", arguments: [[1, 32], [2, 32], [3, 64]], [[0], [0, 0, 1, 2, 40, 7]])
  func rotateHeads(heads: [Int], positions: [Int]) {
    let table = RotaryTable(headWidth: heads[1], positionCount: 41)
    let queryScale = Parameter("queryScale", draw([heads[1]], 15, deviation: 0.5, mean: 1))
    let keyScale = Parameter("keyScale", draw([heads[1]], 16, deviation: 0.5, mean: 1))
    check(inputs: [draw([positions.count, 3 * heads[0] * heads[1]], 17)], parameters: [queryScale, keyScale]) {
      $1[0].rotateHeads(heads: heads[0], queryScale: queryScale, keyScale: keyScale, table: table, positions: positions)
    }
  }

  @Test("Rows of a table, some of them several times", arguments: [1, 16, 21])
  func gather(width: Int) {
    let table = Parameter("table", draw([6, width], 18))
    check(parameters: [table]) { tape, _ in tape.gather(table, [3, 0, 3, 5, 3]) }
    let gradients = Gradients()
    let tape = Tape.recording(into: gradients)
    tape.backward(from: tape.gather(table, [3, 0, 3]), gradient: Tensor([3, width], repeating: 1))
    #expect(gradients[table]?.values == [1, 0, 0, 2, 0, 0].flatMap { [Float](repeating: $0, count: width) })
  }

  @Test("Joining sequences and taking the second parts out", arguments: [1, 5, 16])
  func join(width: Int) {
    let (first, second) = (SequenceLayout([2, 1, 3]), SequenceLayout([1, 4, 2]))
    let inputs = [draw([6, width], 19), draw([7, width], 20)]
    check(inputs: inputs) { $1[0].joined(first, with: $1[1], second) }
    check(inputs: [draw([13, width], 21)]) { $1[0].second(first, second) }
    check(inputs: inputs) { $1[0].joined(first, with: $1[1], second).second(first, second) }
  }

  @Test("Seeing neighbours and adding to them", arguments: [1, 3, 5])
  func overlap(reach: Int) {
    let layout = SequenceLayout([2, 1, 3])
    check(inputs: [draw([6, 5], 22)]) { $1[0].unfold(reach: reach, layout: layout) }
    check(inputs: [draw([6, 5 + 2 * reach], 23)]) { $1[0].fold(reach: reach, layout: layout) }
  }

  @Test("Values used twice get the sum of what their uses pass back")
  func twice() {
    let weight = Parameter("weight", draw([9, 9], 22, deviation: 0.4))
    check(inputs: [draw([3, 9], 23)], parameters: [weight]) { tape, x in
      let once = x[0].linear(weight: weight)
      let again = once.silu().linear(weight: weight)
      return (again + once) + (x[0] + x[0])
    }
  }

  @Test("A chain of most operations")
  func chain() {
    let layout = SequenceLayout([3, 4])
    let table = RotaryTable(headWidth: 32, positionCount: 8)
    let ones = Parameter("ones", Tensor([32], repeating: 1))
    let widen = Parameter("widen", draw([96, 32], 24, deviation: 0.2))
    let narrow = Parameter("narrow", draw([32, 32], 25, deviation: 0.2))
    check(inputs: [draw([7, 32], 26), draw([2, 96], 27)], parameters: [ones, widen, narrow]) { tape, x in
      func part(_ index: Int) -> ModulationPart { ModulationPart(index, of: x[1], layout: layout) }
      let normed = x[0].adaptiveNorm(shift: part(0), scale: part(1))
      let qkv = normed.linear(weight: widen).rotateHeads(
        heads: 1, queryScale: ones, keyScale: ones, table: table, positions: [0, 1, 2, 0, 1, 2, 3])
      let mixed = qkv.attention(heads: 1, layout: layout).linear(weight: narrow)
      return x[0].adding(mixed.geluTanh(), gate: part(2))
    }
  }
}
