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
    let scales = Tensor([2, headWidth], queryScale.value.values + keyScale.value.values)
    var inverses = Tensor(uninitialized: [heads.count])
    var y = Tensor(uninitialized: input.shape)
    y.withUnsafeMutable { out in
      inverses.withUnsafeMutable { inverses in
        reading(input, scales, table.rows) { from, scales, angles in
          heads.visit { row, part, offset, slot in
            let rotation = HeadRotation(headWidth, scale: scales, part, angles: angles, positions[row])
            inverses[slot] = inverseRootMeanSquare(from + offset, headWidth)
            rotation.apply(from + offset, inverses[slot], into: out + offset)
          }
        }
      }
    }
    y.copyValues(of: input, width: width)
    return record(y, from: [qkv], parameters: true) { [gradients, inverses] (dy: consuming Tensor) in
      var dScales = Tensor([2, headWidth])
      dy.withUnsafeMutable { g in
        dScales.withUnsafeMutable { dScales in
          reading(input, scales, table.rows) { from, scales, angles in
            inverses.withUnsafe { inverses in
              heads.visit { row, part, offset, slot in
                let rotation = HeadRotation(headWidth, scale: scales, part, angles: angles, positions[row])
                rotation.back(g + offset, from + offset, inverses[slot], dScales + part * headWidth)
              }
            }
          }
        }
      }
      dScales.withUnsafe { dScales in
        gradients.accumulate(queryScale) { Loops.add(dScales, to: $0, count: headWidth) }
        gradients.accumulate(keyScale) { Loops.add(dScales + headWidth, to: $0, count: headWidth) }
      }
      qkv.slot?.add(dy)
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
  func visit(_ body: (_ row: Int, _ part: Int, _ offset: Int, _ slot: Int) -> Void) {
    for row in 0..<rows {
      for part in 0..<2 {
        for head in 0..<heads {
          body(row, part, ((row * 3 + part) * heads + head) * width, (row * 2 + part) * heads + head)
        }
      }
    }
  }
}

/// What one head goes through after its norm: a scale for each element, and the rotation of the pairs (xᵢ, xᵢ₊ₕ) by the
/// angles of its position.
private struct HeadRotation {
  private let half: Int
  private let scale: UnsafePointer<Float>
  /// Cosines, then sines.
  private let angles: UnsafePointer<Float>

  @inline(__always)
  init(
    _ width: Int, scale: UnsafePointer<Float>, _ part: Int, angles: UnsafePointer<Float>, _ position: Int
  ) {
    half = width / 2
    self.scale = scale + part * width
    self.angles = angles + position * width
  }

  @inline(__always)
  func apply(_ x: UnsafePointer<Float>, _ inverse: Float, into out: UnsafeMutablePointer<Float>) {
    var i = 0
    while i < half {
      let a = Loops.load(x + i) * inverse * Loops.load(scale + i)
      let b = Loops.load(x + half + i) * inverse * Loops.load(scale + half + i)
      let (cosine, sine) = (Loops.load(angles + i), Loops.load(angles + half + i))
      Loops.store(a * cosine - b * sine, out + i)
      Loops.store(a * sine + b * cosine, out + half + i)
      i += 16
    }
  }

  /// Makes of the gradient `g` of what became of `x`, in place, that of `x`, and adds to that of the scale.
  @inline(__always)
  func back(
    _ g: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ inverse: Float, _ dScale: UnsafeMutablePointer<Float>
  ) {
    @inline(__always)
    func unscale(_ gradient: Loops.Vector, _ i: Int) {
      Loops.store(Loops.load(dScale + i) + gradient * Loops.load(x + i) * inverse, dScale + i)
      Loops.store(gradient * Loops.load(scale + i), g + i)
    }
    var i = 0
    while i < half {
      let (a, b) = (Loops.load(g + i), Loops.load(g + half + i))
      let (cosine, sine) = (Loops.load(angles + i), Loops.load(angles + half + i))
      unscale(a * cosine + b * sine, i)
      unscale(b * cosine - a * sine, half + i)
      i += 16
    }
    normBackward(g, x, inverse, 2 * half)
  }
}

extension Tensor {
  /// Copies the last third of each row of queries, keys and values.
  fileprivate mutating func copyValues(of qkv: Tensor, width: Int) {
    withUnsafeMutable { out in
      qkv.withUnsafe { from in
        for offset in stride(from: 2 * width, to: qkv.count, by: 3 * width) {
          (out + offset).update(from: from + offset, count: width)
        }
      }
    }
  }
}
