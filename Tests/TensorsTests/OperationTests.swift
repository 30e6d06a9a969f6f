import Foundation
import Tensors
import Testing

/// Reference: the operations' formulas, one element at a time in double.
@Suite("Values of the tape's operations")
struct OperationTests {
  private let tape = Tape.inference(precision: .float32)

  @Test("Layer normalisation", arguments: [1, 5, 16, 50])
  func layerNorm(width: Int) {
    let x = draw([3, width], 1, deviation: 3, mean: 20)
    let (scale, shift) = (Parameter("scale", draw([width], 2)), Parameter("shift", draw([width], 3)))
    let y = tape.constant(x).layerNorm(scale: scale, shift: shift, epsilon: 1e-3).value.values
    let exact = rows(x).flatMap { row -> [Double] in
      let mean = row.reduce(0, +) / Double(width)
      let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
      return row.indices.map {
        (row[$0] - mean) / (variance + 1e-3).squareRoot() * Double(scale.value.values[$0])
          + Double(shift.value.values[$0])
      }
    }
    #expect(relativeError(y, exact) < 3e-6)
  }

  @Test("Adaptive normalisation and gates", arguments: [1, 7, 16, 35])
  func modulation(width: Int) {
    let layout = SequenceLayout([2, 1, 3])
    let (x, branch, parts) = (draw([6, width], 4), draw([6, width], 5), draw([3, 3 * width], 6))
    let vectors = tape.constant(parts)
    func part(_ index: Int) -> ModulationPart { ModulationPart(index, of: vectors, layout: layout) }
    let y = tape.constant(x).adaptiveNorm(shift: part(0), scale: part(2))
    let z = tape.constant(x).adding(tape.constant(branch), gate: part(1))
    let sequence = [0, 0, 1, 2, 2, 2]
    var (normed, gated): ([Double], [Double]) = ([], [])
    for (row, values) in rows(x).enumerated() {
      let vectors = rows(parts)[sequence[row]]
      let rms = (values.reduce(0) { $0 + $1 * $1 } / Double(width) + 1e-6).squareRoot()
      for (column, value) in values.enumerated() {
        normed.append(value / rms * (1 + vectors[2 * width + column]) + vectors[column])
        gated.append(value + vectors[width + column] * rows(branch)[row][column])
      }
    }
    #expect(relativeError(y.value.values, normed) < 1e-6)
    #expect(relativeError(z.value.values, gated) < 1e-6)
  }

  @Test("Attention, ragged and with large scores", arguments: [[1, 5], [2, 16], [3, 9]], [Float(1), 30])
  func attention(heads: [Int], deviation: Float) {
    let (count, headWidth, width) = (heads[0], heads[1], heads[0] * heads[1])
    let layout = SequenceLayout([1, 6, 19])
    let qkv = draw([26, 3 * width], 7, deviation: deviation)
    let y = tape.constant(qkv).attention(heads: count, layout: layout).value.values
    let x = rows(qkv)
    var exact = [Double](repeating: 0, count: 26 * width)
    for (start, length) in zip(layout.starts, layout.lengths) {
      let members = start..<(start + length)
      for row in members {
        for head in 0..<count {
          let columns = (head * headWidth)..<((head + 1) * headWidth)
          let scores = members.map { other in
            columns.reduce(0) { $0 + x[row][$1] * x[other][width + $1] } / Double(headWidth).squareRoot()
          }
          let weights = scores.map { exp($0 - (scores.max() ?? 0)) }
          for (weight, other) in zip(weights, members) {
            for column in columns {
              exact[row * width + column] += weight / weights.reduce(0, +) * x[other][2 * width + column]
            }
          }
        }
      }
    }
    // Scores of some thousands carry an absolute error of some 1e-4 into the exponential.
    #expect(relativeError(y, exact) < (deviation > 1 ? 1e-4 : 2e-6))
  }

  @Test("Attention over sequences in parts is that over them whole")
  func longAttention() {
    let layout = SequenceLayout([300, 20, 65, 64])
    let qkv = draw([layout.rowCount, 3 * 32], 7)
    func attended(_ tape: Tape) -> [Float] {
      tape.variable(qkv).attention(heads: 2, layout: layout).value.values
    }
    // What is recorded is never divided.
    let whole = attended(.recording(into: Gradients(), precision: .float32)).map(Double.init)
    #expect(relativeError(attended(.inference(precision: .float32)), whole) < 1e-6)
  }

  @Test("Heads are normalised, scaled and rotated by complex multiplication; values pass")
  func rotateHeads() {
    let (heads, headWidth, positions) = (2, 64, [0, 1, 5, 300])
    let scales = [draw([headWidth], 8, mean: 1), draw([headWidth], 9, mean: 1)]
    let qkv = draw([4, 3 * heads * headWidth], 10)
    let y = tape.constant(qkv).rotateHeads(
      heads: heads, queryScale: Parameter("query", scales[0]), keyScale: Parameter("key", scales[1]),
      table: RotaryTable(headWidth: headWidth, positionCount: 301), positions: positions)
    let (half, width) = (headWidth / 2, heads * headWidth)
    var exact = rows(qkv)
    for (row, position) in positions.enumerated() {
      for part in 0..<2 {
        for head in 0..<heads {
          let first = part * width + head * headWidth
          let values = exact[row][first..<(first + headWidth)]
          let rms = (values.reduce(0) { $0 + $1 * $1 } / Double(headWidth) + 1e-6).squareRoot()
          let scaled = zip(values, scales[part].values).map { $0 / rms * Double($1) }
          for pair in 0..<half {
            let angle = Double(position) * pow(10_000, -Double(pair) / Double(half))
            exact[row][first + pair] = scaled[pair] * cos(angle) - scaled[pair + half] * sin(angle)
            exact[row][first + pair + half] = scaled[pair] * sin(angle) + scaled[pair + half] * cos(angle)
          }
        }
      }
    }
    #expect(relativeError(y.value.values, exact.flatMap(\.self)) < 1e-6)
  }

  @Test("Rows see their neighbours within a sequence, and add to them")
  func overlap() {
    let tape = Tape.inference()
    let layout = SequenceLayout([1, 3])
    let rows = tape.constant(Tensor([4, 2], [1, 2, 3, 4, 5, 6, 7, 8]))
    let wide = rows.unfold(reach: 1, layout: layout)
    #expect(wide.value.shape == [4, 4])
    #expect(wide.value.values == [0, 1, 2, 0, 0, 3, 4, 5, 4, 5, 6, 7, 6, 7, 8, 0])
    // The values beside a seam are counted once by their own row and once by the neighbour.
    #expect(wide.fold(reach: 1, layout: layout).value.values == [1, 2, 3, 8, 10, 12, 14, 8])
    #expect(rows.unfold(reach: 0, layout: layout).value.values == rows.value.values)
  }

  @Test("Rows of two layouts are joined sequence by sequence, and taken apart again")
  func join() {
    let (first, second) = (SequenceLayout([2, 1]), SequenceLayout([1, 2]))
    let a = tape.constant(Tensor([3, 1], [1, 2, 3]))
    let b = tape.constant(Tensor([3, 1], [10, 20, 30]))
    let joined = a.joined(first, with: b, second)
    #expect(joined.value.values == [1, 2, 10, 3, 20, 30])
    #expect(joined.second(first, second).value.values == b.value.values)
    #expect(first.joined(with: second) == SequenceLayout([3, 3]))
    #expect(
      tape.gather(Parameter("table", Tensor([2, 2], [1, 2, 3, 4])), [1, 1, 0]).value.values == [3, 4, 3, 4, 1, 2])
  }

  private func rows(_ tensor: Tensor) -> [[Double]] {
    let width = tensor.shape[1]
    let values = tensor.values.map(Double.init)
    return (0..<tensor.shape[0]).map { Array(values[($0 * width)..<(($0 + 1) * width)]) }
  }
}
