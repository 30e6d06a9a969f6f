/// Where Griffin-Lim has its magnitudes from, some frames at a time.
protocol MagnitudeSource: Sendable {
  /// What the joint step knows of the bands; nil where magnitudes are all there is.
  var joint: JointMagnitude? { get }

  /// Writes the magnitudes of `frames`, `[frame, stride]`, and where there is a joint step their band energies,
  /// `[frame, band]`.
  func fill(
    _ frames: Range<Int>, magnitudes: UnsafeMutablePointer<Float>, stride: Int,
    energies: UnsafeMutablePointer<Float>, threads: Int)
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
