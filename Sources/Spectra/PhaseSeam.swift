/// Where time is a circle, the step from the last frame to the first, which may be shorter than a hop.
struct PhaseSeam {
  private let length: Int
  private let fftLength: Int
  private let hopLength: Int
  private let last: Int
  /// Values from the first frame to one past the last.
  let period: Int
  /// The step's share of a hop.
  private let ratio: Float
  /// Frames next to a short step lie closer to their neighbours, so that their levels' slopes are steeper.
  private let steepness: Float

  init(length: Int, _ transform: ShortTimeFourier, frameCount: Int, stride: Int) {
    self.length = length
    fftLength = transform.fftLength
    hopLength = transform.hopLength
    last = length > 0 ? frameCount - 1 : .max
    period = frameCount * stride
    ratio = Float(length) / Float(hopLength)
    steepness = length > 0 ? 2 / (1 + ratio) : 1
  }

  /// Whether the step after this frame goes round.
  @inline(__always)
  func isLast(_ frame: Int) -> Bool { frame == last }

  /// Whether the step before this frame goes round.
  @inline(__always)
  func isFirst(_ frame: Int) -> Bool { frame == 0 && length > 0 }

  /// What the phase gains on that step at `bin`; `slope` is what it would gain above the bin's own advance in a hop.
  @inline(__always)
  func step(_ bin: Int, slope: Float) -> Float {
    Float(bin &* length % fftLength) / Float(fftLength) + slope * ratio
  }

  /// What the slopes of a frame's levels over time are multiplied by.
  func steepness(_ frame: Int) -> Float { isFirst(frame) || isLast(frame) ? steepness : 1 }

  /// The frame whose levels come after those of the last, or −1 before those of the first; beyond the ends the slope of
  /// the level is nought, or on a circle that of the other end.
  func row(_ frame: Int, frameCount: Int) -> Int {
    if frame < 0 { return length > 0 ? frameCount - 1 : 0 }
    return frame < frameCount ? frame : length > 0 ? 0 : frameCount - 1
  }
}
