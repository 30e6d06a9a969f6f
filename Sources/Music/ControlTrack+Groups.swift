extension ControlTrack {
  /// The parts of a control track that can be given or left out, each on its own.
  public struct Groups: OptionSet, Codable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// 12 pitch classes.
    public static let pitch = Groups(rawValue: 1)
    public static let loudness = Groups(rawValue: 2)
    public static let brightness = Groups(rawValue: 4)
    /// Phase within the beat and the bar.
    public static let meter = Groups(rawValue: 8)
    /// 9 octaves.
    public static let register = Groups(rawValue: 16)

    public static let all: Groups = [.pitch, .loudness, .brightness, .meter, .register]
    /// The groups one by one, in the order of their values.
    public static let each: [Groups] = [.pitch, .loudness, .brightness, .meter, .register]

    /// Where in a frame's 27 values a single group lies.
    var valueRange: Range<Int> {
      switch self {
      case .pitch: 0..<12
      case .loudness: 12..<13
      case .brightness: 13..<14
      case .meter: 14..<18
      case .register: 18..<27
      default: preconditionFailure("groups \(rawValue) are not a single one")
      }
    }
  }

  /// This track with all that `other` has in place of what it has itself; `other` is cut or extended to its length.
  /// - Precondition: both have one frame rate.
  public func merging(_ other: ControlTrack) -> ControlTrack {
    precondition(
      other.framesPerSecond == framesPerSecond,
      "\(other.framesPerSecond) frames a second do not go onto \(framesPerSecond)")
    let fitted = other.resized(to: frameCount)
    var merged = self
    for group in Groups.each where fitted.groups.contains(group) {
      merged.declare(group)
      for frame in 0..<frameCount { merged.set(group, frame: frame, to: fitted.values(of: group, frame: frame)) }
    }
    return merged
  }

  /// One group's values in a frame.
  package func values(of group: Groups, frame: Int) -> ArraySlice<Float> {
    let (start, range) = (frame * Self.valueCount, group.valueRange)
    return values[start + range.lowerBound..<start + range.upperBound]
  }
}
