/// A log-mel spectrogram: what the network learns and makes, and what the vocoder turns into sound.
public struct MelFrames: Sendable, Equatable {
  /// The value of a band at or below the floor.
  public static let silence: Float = -1

  /// Bands per frame.
  public let bandCount: Int
  /// Levels, `[frame, band]` row-major, −1 (floor) to 1 (full scale), linear in decibels.
  public var values: [Float] {
    didSet { checkShape() }
  }

  /// Frames held.
  public var frameCount: Int { values.count / bandCount }

  /// Frames over `values`, `[frame, band]` row-major.
  /// - Precondition: `values` holds whole frames.
  public init(bandCount: Int, values: [Float]) {
    precondition(bandCount > 0, "mel frames of \(bandCount) bands")
    self.bandCount = bandCount
    self.values = values
    checkShape()
  }

  /// `frameCount` frames of silence, or of `value`.
  public init(frameCount: Int, bandCount: Int, repeating value: Float = MelFrames.silence) {
    precondition(frameCount >= 0, "\(frameCount) mel frames")
    self.init(bandCount: bandCount, values: [Float](repeating: value, count: frameCount * bandCount))
  }

  /// The level of one band of one frame.
  public subscript(frame: Int, band: Int) -> Float {
    get {
      checkPosition(frame, band)
      return values[frame * bandCount + band]
    }
    set {
      checkPosition(frame, band)
      values[frame * bandCount + band] = newValue
    }
  }

  private func checkShape() {
    precondition(values.count % bandCount == 0, "\(values.count) values are not whole frames of \(bandCount) bands")
  }

  private func checkPosition(_ frame: Int, _ band: Int) {
    precondition(
      frame >= 0 && frame < frameCount && band >= 0 && band < bandCount,
      "frame \(frame), band \(band) of \(frameCount) frames of \(bandCount) bands")
  }
}
