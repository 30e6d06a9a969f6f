/// How sound becomes mel frames and back: the one description that a trained model and its vocoder must share.
///
/// The default was chosen in a study of settings at the same number of values a second (`docs/experiments/mel-and-vocoder.md`).
public struct MelConfiguration: Sendable, Equatable {
  /// Samples per second of the audio that is analysed and synthesised.
  public var sampleRate: Int
  /// Samples per analysis window (periodic Hann) and Fourier transform; even.
  public var fftLength: Int
  /// Samples from one frame to the next.
  public var hopLength: Int
  /// Bands per frame.
  public var bandCount: Int
  /// Corner of the frequency axis ln(1 + f / warpHertz): nearly linear below it, logarithmic above.
  public var warpHertz: Double
  /// Where the highest band ends, in hertz.
  public var maximumHertz: Double
  /// The level that the value −1 stands for, in decibels relative to a full-scale sine.
  public var floorDecibels: Double

  /// 44.1 kHz up to 20 kHz, 192 bands, 57.4 frames a second.
  public static let standard = MelConfiguration()

  public init(
    sampleRate: Int = 44100, fftLength: Int = 3072, hopLength: Int = 768, bandCount: Int = 192,
    warpHertz: Double = 200, maximumHertz: Double = 20000, floorDecibels: Double = -100
  ) {
    self.sampleRate = sampleRate
    self.fftLength = fftLength
    self.hopLength = hopLength
    self.bandCount = bandCount
    self.warpHertz = warpHertz
    self.maximumHertz = maximumHertz
    self.floorDecibels = floorDecibels
  }

  /// Channels of the audio that mel frames are of, for whoever reads it: one, of two their mean (`FrameParts`).
  public var channelCount: Int { 1 }

  /// Frames per second of audio.
  public var framesPerSecond: Double { Double(sampleRate) / Double(hopLength) }

  /// Frames that `sampleCount` samples analyse into: 1 + sampleCount / hopLength, frame i being centred on sample
  /// i · hopLength.
  public func frameCount(sampleCount: Int) -> Int { 1 + sampleCount / hopLength }

  /// Frames of a loop of `sampleCount` samples, whose last frame overlaps its first: sampleCount / hopLength rounded up.
  public func circularFrameCount(sampleCount: Int) -> Int { max(1, (sampleCount + hopLength - 1) / hopLength) }

  /// Distance between neighbouring bins of the Fourier transform, in hertz.
  public var binHertz: Double { Double(sampleRate) / Double(fftLength) }

  /// What makes this configuration unusable, in one line; nil for a usable one.
  ///
  /// The bounds are wider than anything that makes sense for music, and so narrow that no number of them overflows, and that
  /// a clip's spectra fit into memory.
  public var problem: String? {
    for (name, value, range) in [
      ("sampleRate", sampleRate, Self.sampleRates), ("fftLength", fftLength, Self.fftLengths),
      ("bandCount", bandCount, Self.bandCounts),
    ] where !range.contains(value) {
      return "\(name) is \(value), wants \(range.lowerBound)…\(range.upperBound)"
    }
    if fftLength % 2 != 0 { return "fftLength is \(fftLength), wants an even length" }
    let hops = fftLength / Self.mostOverlap...fftLength / 2
    if !hops.contains(hopLength) {
      return "hopLength is \(hopLength), wants \(hops.lowerBound)…\(hops.upperBound) (half of fftLength)"
    }
    for (name, value, range) in [
      ("warpHertz", warpHertz, 1...1e6), ("maximumHertz", maximumHertz, 1...Double(sampleRate) / 2),
      ("floorDecibels", floorDecibels, -400 ... -1),
    ] where !range.contains(value) {
      return "\(name) is \(value), wants \(range.lowerBound)…\(range.upperBound)"
    }
    if Double(bandCount + 1) * binHertz > maximumHertz {
      return "\(bandCount) bands at least \(binHertz) Hz apart do not fit below \(maximumHertz) Hz"
    }
    return nil
  }

  private static let sampleRates = 8_000...192_000
  private static let fftLengths = 64...16_384
  private static let bandCounts = 1...4_096
  /// Frames that see one sample.
  private static let mostOverlap = 32
}

extension MelConfiguration: Codable {
  /// Reads a configuration, taking the standard for what is not said.
  /// - Throws: `DecodingError.dataCorrupted` saying what is wrong when the values cannot be used.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    let standard = MelConfiguration.standard
    sampleRate = try fields.decodeIfPresent(Int.self, forKey: .sampleRate) ?? standard.sampleRate
    fftLength = try fields.decodeIfPresent(Int.self, forKey: .fftLength) ?? standard.fftLength
    hopLength = try fields.decodeIfPresent(Int.self, forKey: .hopLength) ?? standard.hopLength
    bandCount = try fields.decodeIfPresent(Int.self, forKey: .bandCount) ?? standard.bandCount
    warpHertz = try fields.decodeIfPresent(Double.self, forKey: .warpHertz) ?? standard.warpHertz
    maximumHertz = try fields.decodeIfPresent(Double.self, forKey: .maximumHertz) ?? standard.maximumHertz
    floorDecibels = try fields.decodeIfPresent(Double.self, forKey: .floorDecibels) ?? standard.floorDecibels
    if let problem {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: problem))
    }
  }
}
