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
    for position in 0..<positionCount {
      for pair in 0..<half {
        let angle = Double(position) * pow(base, -Double(pair) / Double(half))
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
    var y = input
    var inverses = [Float](repeating: 0, count: positions.count * 2 * heads)
    table.rows.withUnsafe { angles in
      y.withUnsafeMutable { out in
        for (part, scale) in [queryScale, keyScale].enumerated() {
          scale.value.withUnsafe { factor in
            for (row, position) in positions.enumerated() {
              for head in 0..<heads {
                let at = out + row * 3 * width + part * width + head * headWidth
                let inverse = inverseRootMeanSquare(at, headWidth)
                inverses[(row * 2 + part) * heads + head] = inverse
                Loops.map(at, factor, into: at, count: headWidth) { $0 * inverse * $1 }
                rotate(at, angles + position * headWidth, headWidth / 2, sign: 1)
              }
            }
          }
        }
      }
    }
    return record(y, from: [qkv], parameters: true) { [gradients, inverses] dy in
      var dx = dy
      table.rows.withUnsafe { angles in
        input.withUnsafe { from in
          dx.withUnsafeMutable { out in
            for (part, scale) in [queryScale, keyScale].enumerated() {
              gradients.accumulate(scale) { dScale in
                scale.value.withUnsafe { factor in
                  for (row, position) in positions.enumerated() {
                    for head in 0..<heads {
                      let offset = row * 3 * width + part * width + head * headWidth
                      let (g, v) = (out + offset, from + offset)
                      let inverse = inverses[(row * 2 + part) * heads + head]
                      rotate(g, angles + position * headWidth, headWidth / 2, sign: -1)
                      Loops.map(g, v, dScale, into: dScale, count: headWidth) { $2.addingProduct($0, $1 * inverse) }
                      Loops.map(g, factor, into: g, count: headWidth) { $0 * $1 }
                      normBackward(g, v, inverse, headWidth)
                    }
                  }
                }
              }
            }
          }
        }
      }
      qkv.slot?.add(dx)
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
