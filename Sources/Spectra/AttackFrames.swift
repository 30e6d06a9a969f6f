/// How power moves within frames, which are too long to say when a stroke strikes: four values a frame.
///
/// Each says by how many decibels the power of a quarter of the hop, above some hundred hertz, lies above the mean power that the
/// frame's window sees. That mean is in the frame's magnitudes already (Parseval). In a steady sound all are 0.
public struct AttackFrames: Sendable, Equatable {
  /// Values of a frame: quarters of a hop, the first beginning half a hop before the frame's centre.
  public static let valueCount = 4
  /// Values beyond are taken as this.
  public static let mostDecibels: Float = 20

  /// `[frame, quarter]` row-major.
  public private(set) var decibels: [Float]

  /// Frames held.
  public var frameCount: Int { decibels.count / Self.valueCount }

  /// Frames over `decibels`, `[frame, quarter]`; what is out of range is brought into it, and what is not a number is 0.
  /// - Precondition: `decibels` holds whole frames.
  public init(decibels: [Float]) {
    precondition(decibels.count % Self.valueCount == 0, "\(decibels.count) attack values are not whole frames of four")
    self.decibels = decibels.map { $0.isNaN ? 0 : min(max($0, -Self.mostDecibels), Self.mostDecibels) }
  }
}
