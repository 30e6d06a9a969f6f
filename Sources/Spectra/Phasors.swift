import Foundation

/// Unit complex numbers, from a table of 4096 directions, and the phases of others.
enum Phasors {
  private static let directions: [SIMD2<Float>] = (0..<4096).map { index in
    let angle = 2 * Double.pi * Double(index) / 4096
    return SIMD2(Float(cos(angle)), Float(sin(angle)))
  }

  /// Writes `count` phasors at random angles, interleaved, the same for the same seed and frame.
  static func fill(_ values: UnsafeMutablePointer<Float>, count: Int, seed: UInt64, frame: Int) {
    // Each frame draws from a place of its own in the generator's sequence.
    var random = SplitMix64(state: seed &+ UInt64(frame) &* 0xD134_2543_DE82_EF95)
    directions.withUnsafeBufferPointer { directions in
      for index in 0..<count {
        let direction = directions[Int(random.next() >> 52)]
        values[2 * index] = direction.x
        values[2 * index + 1] = direction.y
      }
    }
  }

  /// The phase of an interleaved bin, in turns.
  static func turns(_ spectrum: UnsafePointer<Float>, _ bin: Int) -> Float {
    atan2(spectrum[2 * bin + 1], spectrum[2 * bin]) / (2 * Float.pi)
  }

  /// Writes the phasors of `count` phases, interleaved, to within 1/8192 of a turn.
  static func fill(_ values: UnsafeMutablePointer<Float>, cells: UnsafePointer<PhaseCell>, count: Int) {
    directions.withUnsafeBufferPointer { directions in
      for index in 0..<count {
        let place = Int32((cells[index].phase * 4096).rounded())
        let direction = directions[Int(place & 4095)]
        values[2 * index] = direction.x
        values[2 * index + 1] = direction.y
      }
    }
  }
}
