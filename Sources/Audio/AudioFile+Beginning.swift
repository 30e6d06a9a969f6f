public import Foundation

/// Long recordings of which a short part is wanted.
extension AudioFile {
  /// The length of a file in seconds; its audio is read only where no header says it reliably, as in MP3.
  /// - Throws: as `read(_:)`.
  public static func duration(of url: URL) throws(AudioFileError) -> Double {
    let reader = try SoundFileReader(url)
    return Double(try reader.frameCount()) / Double(reader.sampleRate)
  }

  /// The beginning of a file as it is, at its own rate and with all of its channels.
  public struct Beginning {
    /// At least as much as was wanted, and as far beyond as the filter of a resampler reaches.
    public let clip: AudioClip
    let seconds: Double
    let isWhole: Bool
    let path: String

    /// Mixed to so many channels, at the given sample rate, in hertz: the samples are those of the whole file.
    /// - Throws: as `AudioClip.converted`.
    public func converted(sampleRate: Int, channelCount: Int) throws(AudioFileError) -> AudioClip {
      let converted = try clip.converted(sampleRate: sampleRate, channelCount: channelCount, path: path)
      guard !isWhole else { return converted }
      let count = Int((seconds * Double(sampleRate)).rounded(.up))
      return AudioClip(channels: converted.channels.map { Array($0.prefix(count)) }, sampleRate: sampleRate)
    }
  }

  /// Reads the beginning of a file: at least `seconds` of it, or all where it is shorter. What is damaged behind them is not
  /// noticed.
  /// - Parameter sampleRate: what it will be converted to, in hertz.
  /// - Throws: as `read(_:)`.
  public static func beginning(
    of url: URL, seconds: Double, sampleRate: Int
  ) throws(AudioFileError) -> Beginning {
    let reader = try SoundFileReader(url)
    let rate = Double(reader.sampleRate)
    // As far as the converter's filter reaches at the lower of the two rates, and what it holds back at an end.
    let margin = 4096 + 1024 * max(1, rate / Double(sampleRate))
    let wanted = (seconds * rate + margin).rounded(.up)
    let clip = try reader.read(upTo: wanted < 1e15 ? max(1, Int(wanted)) : .max)
    let isWhole = clip.frameCount < Int(min(wanted, 1e15))
    return Beginning(clip: clip, seconds: seconds, isWhole: isWhole, path: url.path)
  }

  /// Reads the beginning of a file, mixed to so many channels at the given sample rate, in hertz: at least `seconds` of it,
  /// or all where it is shorter. The samples are those of the whole file.
  /// - Throws: as `read(_:sampleRate:channelCount:)`.
  public static func read(
    _ url: URL, first seconds: Double, sampleRate: Int, channelCount: Int
  ) throws(AudioFileError) -> AudioClip {
    try beginning(of: url, seconds: seconds, sampleRate: sampleRate)
      .converted(sampleRate: sampleRate, channelCount: channelCount)
  }
}
