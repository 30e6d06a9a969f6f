/// What frames have beside the mel bands of the mid, which is what lies between both channels.
public struct FrameParts: Sendable, Equatable {
  /// Bands in which it is told how left and right lie to each other (`StereoFrames`); 0 for one channel.
  public var stereoBandCount: Int
  /// Whether it is told how power moves within frames (`AttackFrames`).
  public var hasAttacks: Bool

  public init(stereoBandCount: Int = 0, hasAttacks: Bool = false) {
    (self.stereoBandCount, self.hasAttacks) = (stereoBandCount, hasAttacks)
  }

  /// Mel bands alone.
  public static let mel = FrameParts()
  /// What docs/experiments/frame.md decides on: both channels in 12 bands, and attacks.
  public static let stereo = FrameParts(stereoBandCount: StereoFrames.standardBandCount, hasAttacks: true)

  /// Channels of the sound that is analysed and synthesised.
  public var channelCount: Int { stereoBandCount > 0 ? 2 : 1 }

  /// What keeps mel frames from having these parts, in one line; nil if nothing does.
  public func problem(in mel: MelConfiguration) -> String? {
    guard Self.stereoBandCounts.contains(stereoBandCount) else {
      return "stereoBandCount is \(stereoBandCount), not within 0 … \(Self.stereoBandCounts.upperBound)"
    }
    if stereoBandCount > 0, !StereoBands.fit(mel, count: stereoBandCount) {
      return "of \(stereoBandCount) stereo bands some have no bin"
    }
    if hasAttacks, !AttackMeter.fits(fftLength: mel.fftLength, hopLength: mel.hopLength) {
      return "a hop of \(mel.hopLength) has no attack values"
    }
    return nil
  }

  private static let stereoBandCounts = 0...256
}

extension FrameParts: Codable {
  /// Reads parts; what is not said is not there.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    stereoBandCount = try fields.decodeIfPresent(Int.self, forKey: .stereoBandCount) ?? 0
    hasAttacks = try fields.decodeIfPresent(Bool.self, forKey: .hasAttacks) ?? false
  }
}
