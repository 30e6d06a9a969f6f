package import Audio

/// What can be measured of a sound without listening to its music.
public struct SoundMeasures: Sendable, Codable, Equatable {
  public var seconds: Double
  /// In hertz.
  public var sampleRate: Int
  public var channels: Int
  /// The greatest sample, in dBFS; nil of digital silence.
  public var peakDecibels: Double?
  /// The level while it sounds (`AudioClip.soundingDecibels`), in dBFS; nil of silence.
  public var levelDecibels: Double?
  /// The steady offset of the channel that has the greatest, as a part of full scale.
  public var offset: Double
  /// Places where three samples or more in a row stand at the clip's own limit near full scale.
  public var clippedPlaces: Int
  /// Seconds before and after what is heard.
  public var silenceBefore: Double
  public var silenceAfter: Double
  /// Whether it begins in the middle of a sound, or ends in it.
  public var beginsCut: Bool
  public var endsCut: Bool
  /// Whether left and right cancel each other in mono, which is what is learned.
  public var cancels: Bool

  /// 60 dB below full scale and below it nothing is heard, as for `hiss train`.
  static let silentPeak: Float = 1e-3

  public var isSilent: Bool { peakDecibels.map { $0 < -60 } ?? true }

  package init(_ clip: AudioClip) {
    let peak = clip.peak
    seconds = clip.duration
    (sampleRate, channels) = (clip.sampleRate, clip.channelCount)
    peakDecibels = peak > 0 ? Double(clip.peakDecibels) : nil
    let level = clip.soundingDecibels
    levelDecibels = level.isFinite ? Double(level) : nil
    offset = clip.channels.map(Self.offset).max { abs($0) < abs($1) } ?? 0
    clippedPlaces = clip.channels.reduce(0) { $0 + Self.clippedPlaces($1, peak: peak) }
    let heard = Self.heardRange(of: clip)
    silenceBefore = Double(heard.lowerBound) / Double(clip.sampleRate)
    silenceAfter = Double(clip.frameCount - heard.upperBound) / Double(clip.sampleRate)
    let end = max(1, clip.sampleRate / 1000)
    beginsCut = peak >= Self.silentPeak && clip.channels.contains { abs($0.first ?? 0) > 0.3 * peak }
    endsCut =
      peak >= Self.silentPeak && clip.channels.contains { $0.suffix(end).contains { abs($0) > 0.15 * peak } }
    cancels = Self.cancels(clip)
  }

  /// The samples that are heard: from the first to the last above −50 dB of the peak, and −70 dBFS.
  package static func heardRange(of clip: AudioClip) -> Range<Int> {
    let least = max(clip.peak * 0.003, 3e-4)
    var (first, last) = (clip.frameCount, 0)
    for channel in clip.channels {
      first = min(first, channel.firstIndex { abs($0) > least } ?? clip.frameCount)
      last = max(last, (channel.lastIndex { abs($0) > least } ?? -1) + 1)
    }
    return first < last ? first..<last : 0..<0
  }

  /// The offset that a channel has throughout: the mean of the means of twenty parts, without the two lowest and highest,
  /// where they all have one sign. A drum's first wave is none.
  package static func offset(of channel: [Float]) -> Double {
    let length = channel.count / 20
    guard length >= 20 else { return 0 }
    func mean(_ part: ArraySlice<Float>) -> Double { part.reduce(0.0) { $0 + Double($1) } / Double(part.count) }
    let means = (0..<20).map { mean(channel[$0 * length..<($0 + 1) * length]) }.sorted()
    return means[2] * means[17] > 0 ? means[2...17].reduce(0, +) / 16 : 0
  }

  private static func clippedPlaces(_ channel: [Float], peak: Float) -> Int {
    guard peak >= 0.985 else { return 0 }
    let limit = peak * 0.9995
    var (places, run, held) = (0, 0, 0)
    for sample in channel {
      if abs(sample) >= limit {
        run += 1
        held += 1
        if run == 3 { places += 1 }
      } else {
        run = 0
      }
    }
    // A square wave stands at its limit all the time.
    return 5 * held > 4 * channel.count ? 0 : places
  }

  private static func cancels(_ clip: AudioClip) -> Bool {
    guard clip.channelCount > 1, clip.peak >= silentPeak else { return false }
    func energy(_ samples: [Float]) -> Double { samples.reduce(0) { $0 + Double($1) * Double($1) } }
    let whole = clip.channels.reduce(0) { $0 + energy($1) } / Double(clip.channelCount)
    return energy(clip.samples) < 0.05 * whole
  }
}
