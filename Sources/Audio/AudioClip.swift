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

  /// Channels: 1 of mono sound, 2 of stereo.
  public var channelCount: Int { channels.count }

  /// Samples per channel.
  public var frameCount: Int { channels[0].count }

  /// Length in seconds.
  public var duration: Double { Double(frameCount) / Double(sampleRate) }

  /// The clip with so many channels: the only place where channels are mixed.
  ///
  /// Channel i is the mean of channels i, i + `count`, i + 2 · `count` …: of one that of all. Where the clip has too few,
  /// they are repeated: one channel in all that are wanted.
  /// - Precondition: `count` is positive.
  public func mixed(channelCount count: Int) -> AudioClip {
    precondition(count > 0, "a clip mixed to \(count) channels")
    guard count != channelCount else { return self }
    let mixed = (0..<count).map { place in
      Self.mean(stride(from: place % channelCount, to: channelCount, by: count).map { channels[$0] })
    }
    return AudioClip(channels: mixed, sampleRate: sampleRate)
  }

  /// The samples of the clip mixed to one channel, for what works on one.
  public var samples: [Float] { mixed(channelCount: 1).channels[0] }

  private static func mean(_ channels: [[Float]]) -> [Float] {
    guard channels.count > 1 else { return channels[0] }
    var sum = channels[0]
    for channel in channels.dropFirst() {
      for frame in sum.indices { sum[frame] += channel[frame] }
    }
    let count = Float(channels.count)
    for frame in sum.indices { sum[frame] /= count }
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
