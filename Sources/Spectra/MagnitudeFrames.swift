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
