/// The frames of a short-time Fourier transform.
public struct ComplexFrames: Sendable, Equatable {
  /// Bins per frame: fftLength / 2 + 1.
  public let binCount: Int
  /// Interleaved real and imaginary parts, `[frame, bin, 2]` row-major.
  public var values: [Float]

  /// Frames held.
  public var frameCount: Int { values.count / (2 * binCount) }

  /// Frames over interleaved `values`, `[frame, bin, 2]`.
  /// - Precondition: `values` holds whole frames.
  public init(binCount: Int, values: [Float]) {
    precondition(
      binCount > 0 && values.count % (2 * binCount) == 0,
      "\(values.count) values are not whole frames of \(binCount) complex bins")
    self.binCount = binCount
    self.values = values
  }

  /// |X| of every bin.
  public var magnitudes: MagnitudeFrames {
    let magnitudes = (0..<(values.count / 2)).map { index in
      let (re, im) = (values[2 * index], values[2 * index + 1])
      return (re * re + im * im).squareRoot()
    }
    return MagnitudeFrames(binCount: binCount, values: magnitudes)
  }
}

/// The magnitudes |X| of a short-time Fourier transform, without phase.
public struct MagnitudeFrames: Sendable, Equatable {
  /// Bins per frame: fftLength / 2 + 1.
  public let binCount: Int
  /// Magnitudes, `[frame, bin]` row-major, ≥ 0, on the scale of an unnormalised transform.
  public var values: [Float]

  /// Frames held.
  public var frameCount: Int { values.count / binCount }

  /// Frames over `values`, `[frame, bin]`.
  /// - Precondition: `values` holds whole frames.
  public init(binCount: Int, values: [Float]) {
    precondition(
      binCount > 0 && values.count % binCount == 0, "\(values.count) values are not whole frames of \(binCount) bins")
    self.binCount = binCount
    self.values = values
  }
}

extension MagnitudeFrames: MagnitudeSource {
  var joint: JointMagnitude? { nil }

  func fill(
    _ frames: Range<Int>, magnitudes: UnsafeMutablePointer<Float>, stride: Int,
    energies: UnsafeMutablePointer<Float>, threads: Int
  ) {
    values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for (row, frame) in frames.enumerated() {
        let bins = magnitudes + row * stride
        bins.update(from: base + frame * binCount, count: binCount)
        (bins + binCount).update(repeating: 0, count: stride - binCount)
      }
    }
  }
}
