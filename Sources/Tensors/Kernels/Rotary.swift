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

extension Variable {
  /// Normalises the queries and keys of each head to a root mean square of 1 times a learned scale (QK-norm: Henry et
  /// al. 2020), then rotates them by their positions. Values pass unchanged; `[rows, 3 · width]`.
  /// - Parameters:
  ///   - queryScale: `[headWidth]`, shared by the heads; `keyScale` likewise.
  ///   - positions: the position of each row; 0 is no rotation.
  public func rotateHeads(
    heads: Int, queryScale: Parameter, keyScale: Parameter, table: RotaryTable, positions: [Int]
  ) -> Variable {
    let (input, width) = (value, heads * table.headWidth)
    precondition(
      input.shape == [positions.count, 3 * width], "\(input.shape) is not \(positions.count) rows of \(heads) heads")
    precondition(
      positions.allSatisfy { (0..<table.positionCount).contains($0) },
      "a position outside of 0 ..< \(table.positionCount)")
    // (2, headWidth): of queries, then of keys.
    let scales = Tensor([2, table.headWidth], queryScale.value.values + keyScale.value.values)
    let rows = HeadRows(positions: positions, heads: heads, table: table, scales: scales)
    let (y, inverses) = rows.rotated(input)
    return tape.record(y, from: [self], parameters: true) {
      [gradients = tape.gradients, slot] (dy: consuming Tensor) in
      let dScales = rows.back(&dy, input, inverses)
      dScales.withUnsafe { dScales in
        gradients.accumulate(queryScale) { Loops.add(dScales, to: $0, count: rows.width) }
        gradients.accumulate(keyScale) { Loops.add(dScales + rows.width, to: $0, count: rows.width) }
      }
      slot?.add(dy)
    }
  }
}

/// The heads of queries (part 0) and keys (part 1) in rows of queries, keys and values, (rows, 3, heads, width).
private struct HeadRows {
  let positions: [Int]
  let heads: Int
  let table: RotaryTable
  /// (2, width).
  let scales: Tensor
  /// Of one head.
  var width: Int { table.headWidth }

  /// Normalised, scaled and rotated, (rows, 3, heads, width), and what each head was normalised by, (rows, 2, heads).
  func rotated(_ input: Tensor) -> (y: Tensor, inverses: Tensor) {
    var inverses = Tensor(uninitialized: [positions.count, 2, heads])
    var y = Tensor(uninitialized: input.shape)
    y.withUnsafeMutable { out in
      inverses.withUnsafeMutable { inverses in
        reading(input, scales, table.rows) { x, scales, angles in
          visit { row, part, offset, slot in
            let rotation = HeadRotation(width, scale: scales, part, angles: angles, positions[row])
            inverses[slot] = inverseRootMeanSquare(x + offset, width)
            rotation.apply(x + offset, inverses[slot], into: out + offset)
          }
        }
      }
    }
    y.copyValues(of: input, width: heads * width)
    return (y, inverses)
  }

  /// Makes of the gradient of what came out, in place, that of what went in; returns that of the scales, (2, width).
  func back(_ dy: inout Tensor, _ input: Tensor, _ inverses: Tensor) -> Tensor {
    var dScales = Tensor([2, width])
    dy.withUnsafeMutable { g in
      dScales.withUnsafeMutable { dScales in
        reading(input, scales, table.rows) { x, scales, angles in
          inverses.withUnsafe { inverses in
            visit { row, part, offset, slot in
              let rotation = HeadRotation(width, scale: scales, part, angles: angles, positions[row])
              rotation.back(g + offset, x + offset, inverses[slot], dScales + part * width)
            }
          }
        }
      }
    }
    return dScales
  }

  /// Calls `body` with the place of each head in (rows, 3, heads, width), and in (rows, 2, heads).
  @inline(__always)
  private func visit(_ body: (_ row: Int, _ part: Int, _ offset: Int, _ slot: Int) -> Void) {
    for row in positions.indices {
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
