import Foundation

/// Cosines and sines of rotary positions (Su et al. 2021): angle = position · base^(−2i/d) for pair i of d/2.
public struct RotaryTable: Sendable {
  /// The width of one head, d.
  public let headWidth: Int
  /// Positions 0 ..< positionCount have rows.
  public let positionCount: Int
  // [position, 2 · d/2]: cosines, then sines.
  let rows: Tensor

  public init(headWidth: Int, positionCount: Int, base: Double = 10_000) {
    precondition(headWidth % 32 == 0, "heads of width \(headWidth) are not a multiple of 32")
    self.headWidth = headWidth
    self.positionCount = positionCount
    let half = headWidth / 2
    var values = [Float](repeating: 0, count: positionCount * headWidth)
    let frequencies = (0..<half).map { pow(base, -Double($0) / Double(half)) }
    for position in 0..<positionCount {
      for pair in 0..<half {
        let angle = Double(position) * frequencies[pair]
        values[position * headWidth + pair] = Float(cos(angle))
        values[position * headWidth + half + pair] = Float(sin(angle))
      }
    }
    rows = Tensor([positionCount, headWidth], values)
  }
}

extension Tape {
  /// Normalises the queries and keys of each head to a root mean square of 1 times a learned scale (QK-norm: Henry et
  /// al. 2020), then rotates them by their positions. Values pass unchanged.
  /// - Parameters:
  ///   - qkv: `[rows, 3 · width]`.
  ///   - queryScale: `[headWidth]`, shared by the heads; `keyScale` likewise.
  ///   - positions: the position of each row; 0 is no rotation.
  public func rotateHeads(
    _ qkv: Variable, heads: Int, queryScale: Parameter, keyScale: Parameter, table: RotaryTable, positions: [Int]
  ) -> Variable {
    let input = qkv.value
    let headWidth = table.headWidth
    let width = heads * headWidth
    precondition(
      input.shape == [positions.count, 3 * width], "\(input.shape) is not \(positions.count) rows of \(heads) heads")
    precondition(
      positions.allSatisfy { (0..<table.positionCount).contains($0) },
      "a position outside of 0 ..< \(table.positionCount)")
    let heads = HeadRows(rows: positions.count, heads: heads, width: headWidth)
    var inverses = [Float](repeating: 0, count: heads.count)
    var y = Tensor(uninitialized: input.shape)
    y.withUnsafeMutable { out in
      for (part, scale) in [queryScale, keyScale].enumerated() {
        reading(input, scale.value, table.rows) { from, factor, angles in
          heads.forEach(part) { row, offset, slot in
            let (v, to) = (from + offset, out + offset)
            let inverse = inverseRootMeanSquare(v, headWidth)
            inverses[slot] = inverse
            Loops.map(v, factor, into: to, count: headWidth) { $0 * inverse * $1 }
            rotate(to, angles + positions[row] * headWidth, headWidth / 2, sign: 1)
          }
        }
      }
      input.withUnsafe { from in
        for row in positions.indices {
          let values = (row * 3 + 2) * width
          (out + values).update(from: from + values, count: width)
        }
      }
    }
    return record(y, from: [qkv], parameters: true) { [gradients, inverses] dy in
      var dx = dy
      dx.withUnsafeMutable { out in
        for (part, scale) in [queryScale, keyScale].enumerated() {
          gradients.accumulate(scale) { dScale in
            reading(scale.value, table.rows, input) { factor, angles, from in
              heads.forEach(part) { row, offset, slot in
                let (g, v, inverse) = (out + offset, from + offset, inverses[slot])
                rotate(g, angles + positions[row] * headWidth, headWidth / 2, sign: -1)
                Loops.map(g, v, dScale, into: dScale, count: headWidth) { $2 + $0 * $1 * inverse }
                Loops.map(g, factor, into: g, count: headWidth) { $0 * $1 }
                normBackward(g, v, inverse, headWidth)
              }
            }
          }
        }
      }
      qkv.slot?.add(dx)
    }
  }
}

/// Where the heads of queries (part 0) and keys (part 1) lie in rows of queries, keys and values.
private struct HeadRows {
  let rows: Int
  let heads: Int
  let width: Int
  var count: Int { rows * 2 * heads }

  @inline(__always)
  func forEach(_ part: Int, _ body: (_ row: Int, _ offset: Int, _ slot: Int) -> Void) {
    for row in 0..<rows {
      for head in 0..<heads {
        body(row, ((row * 3 + part) * heads + head) * width, (row * 2 + part) * heads + head)
      }
    }
  }
}

/// Rotates the pairs (xᵢ, xᵢ₊ₕ) by the angles whose cosines and sines are given, or back.
@inline(__always)
private func rotate(_ x: UnsafeMutablePointer<Float>, _ angles: UnsafePointer<Float>, _ half: Int, sign: Float) {
  var i = 0
  while i < half {
    let (a, b) = (Loops.load(x + i), Loops.load(x + half + i))
    let (cosine, sine) = (Loops.load(angles + i), Loops.load(angles + half + i) * sign)
    Loops.store(a * cosine - b * sine, x + i)
    Loops.store(a * sine + b * cosine, x + half + i)
    i += 16
  }
}
