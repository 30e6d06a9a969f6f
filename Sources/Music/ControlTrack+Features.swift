extension ControlTrack {
  /// What networks see of a frame: the 18 values of pitch, loudness, brightness and metre, a flag (1 or 0) for each of them,
  /// then the 9 of the register and its flag. What a later version adds stands behind what was there, so that older
  /// networks see the beginning.
  public static let featureCount = 32
  /// As many as networks of any version see.
  public static let featureCounts = [22, featureCount]

  /// The groups that a network of so many features a frame sees.
  public static func groups(ofFeatures count: Int) -> Groups {
    Groups(Groups.each.filter { $0.flagPosition < count })
  }

  /// What a network sees, `[frame, width]` row-major. Groups that are not kept, or not there, are 0 and flagged 0.
  /// - Parameter width: one of `featureCounts`.
  /// - Precondition: it is.
  public func features(keeping kept: Groups = .all, width: Int = featureCount) -> [Float] {
    precondition(Self.featureCounts.contains(width), "\(width) features a frame")
    let shown = groups.intersection(kept).intersection(Self.groups(ofFeatures: width))
    var features = [Float](repeating: 0, count: frameCount * width)
    for group in Groups.each where shown.contains(group) {
      for frame in 0..<frameCount {
        let place = frame * width + group.featureStart
        for (offset, value) in values(of: group, frame: frame).enumerated() { features[place + offset] = value }
        features[frame * width + group.flagPosition] = 1
      }
    }
    return features
  }
}

extension ControlTrack.Groups {
  /// Where a single group's values begin among the features of a frame, and where its flag is.
  fileprivate var featureStart: Int { self == .register ? 22 : valueRange.lowerBound }
  fileprivate var flagPosition: Int {
    switch self {
    case .pitch: 18
    case .loudness: 19
    case .brightness: 20
    case .meter: 21
    default: 31
    }
  }
}
