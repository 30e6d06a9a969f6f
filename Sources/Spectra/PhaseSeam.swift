/// Where time is a circle, the step from the last frame to the first, which may be shorter than a hop; else that there
/// is none.
struct PhaseSeam {
  /// In samples; 0 where time is no circle.
  private let length: Int
  private let frameCount: Int
  private let fftLength: Int
  /// Values from the first frame to one past the last.
  let period: Int
  /// The step's share of a hop.
  private let ratio: Float
  /// Frames next to a short step lie closer to their neighbours, so that their levels' slopes are steeper.
  private let edgeSteepness: Float

  init(length: Int, _ transform: ShortTimeFourier, frameCount: Int, stride: Int) {
    self.length = length
    self.frameCount = frameCount
    fftLength = transform.fftLength
    period = frameCount * stride
    ratio = Float(length) / Float(transform.hopLength)
    edgeSteepness = length > 0 ? 2 / (1 + ratio) : 1
  }

  /// Whether the step after this frame goes round.
  @inline(__always)
  func isLast(_ frame: Int) -> Bool { frame == frameCount &- 1 && length > 0 }

  /// Whether the step before this frame goes round.
  @inline(__always)
  func isFirst(_ frame: Int) -> Bool { frame == 0 && length > 0 }

  /// What the phase gains on that step at `bin`; `slope` is what it would gain above the bin's own advance in a hop.
  @inline(__always)
  func step(_ bin: Int, slope: Float) -> Float {
    Float(bin &* length % fftLength) / Float(fftLength) + slope * ratio
  }

  /// What the slopes of a frame's levels over time are multiplied by.
  func steepness(_ frame: Int) -> Float { isFirst(frame) || isLast(frame) ? edgeSteepness : 1 }

  /// The frame whose levels stand for those of `frame`, which may be one before the first or one after the last: the
  /// nearest, so that the slope of the level is nought there, or on a circle the one at the other end.
  func row(_ frame: Int) -> Int {
    if frame < 0 { return length > 0 ? frameCount - 1 : 0 }
    return frame < frameCount ? frame : length > 0 ? 0 : frameCount - 1
  }
}
