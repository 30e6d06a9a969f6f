/// Sound in memory: planar `Float` samples, nominally in −1…1, at one sample rate.
public struct AudioClip: Sendable, Equatable {
  /// Samples by channel, all of one length.
  public var channels: [[Float]] {
    didSet { Self.check(channels) }
  }
  /// Frames per second, in hertz.
  public var sampleRate: Int {
    didSet { Self.check(sampleRate: sampleRate) }
  }

  /// A clip of one or more channels of equal length.
  /// - Precondition: there is a channel, all have one length, and the sample rate is positive.
  public init(channels: [[Float]], sampleRate: Int) {
    Self.check(channels)
    Self.check(sampleRate: sampleRate)
    self.channels = channels
    self.sampleRate = sampleRate
  }

  /// A clip of one channel.
  /// - Precondition: the sample rate is positive.
  public init(mono samples: [Float], sampleRate: Int) {
    self.init(channels: [samples], sampleRate: sampleRate)
  }

  /// Samples per channel.
  public var frameCount: Int { channels[0].count }

  /// Length in seconds.
  public var duration: Double { Double(frameCount) / Double(sampleRate) }

  /// The mean of all channels; a mono clip is itself.
  public func mixedToMono() -> AudioClip {
    AudioClip(mono: samples, sampleRate: sampleRate)
  }

  /// The clip as one channel: the mean of all channels where there are several.
  public var samples: [Float] {
    guard channels.count > 1 else { return channels[0] }
    var sum = channels[0]
    for channel in channels.dropFirst() {
      for frame in sum.indices { sum[frame] += channel[frame] }
    }
    let channelCount = Float(channels.count)
    for frame in sum.indices { sum[frame] /= channelCount }
    return sum
  }

  private static func check(_ channels: [[Float]]) {
    precondition(!channels.isEmpty, "a clip needs at least one channel")
    precondition(
      channels.allSatisfy { $0.count == channels[0].count }, "channels differ in length: \(channels.map(\.count))")
  }

  private static func check(sampleRate: Int) {
    precondition(sampleRate > 0, "the sample rate must be positive, not \(sampleRate)")
  }
}
