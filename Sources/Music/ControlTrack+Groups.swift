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

    public static let all: Groups = [.pitch, .loudness, .brightness, .meter]
    /// The groups one by one, in the order of their values and flags.
    public static let each: [Groups] = [.pitch, .loudness, .brightness, .meter]

    /// Where in a frame's 18 values a single group lies.
    var valueRange: Range<Int> {
      switch self {
      case .pitch: 0..<12
      case .loudness: 12..<13
      case .brightness: 13..<14
      case .meter: 14..<18
      default: preconditionFailure("groups \(rawValue) are not a single one")
      }
    }
  }

  /// What a network sees, `[frame, 22]` row-major: the values, then a flag (1 or 0) for each of pitch, loudness,
  /// brightness and metre. Groups that are not kept, or not there, are 0 and flagged 0.
  public func features(keeping kept: Groups = .all) -> [Float] {
    let shown = groups.intersection(kept)
    var features = [Float](repeating: 0, count: frameCount * Self.featureCount)
    for (position, group) in Groups.each.enumerated() where shown.contains(group) {
      for frame in 0..<frameCount {
        let (source, target) = (frame * Self.valueCount, frame * Self.featureCount)
        for offset in group.valueRange { features[target + offset] = values[source + offset] }
        features[target + Self.valueCount + position] = 1
      }
    }
    return features
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
  func values(of group: Groups, frame: Int) -> ArraySlice<Float> {
    let (start, range) = (frame * Self.valueCount, group.valueRange)
    return values[start + range.lowerBound..<start + range.upperBound]
  }
}
