public import Foundation

/// Long recordings of which a short part is wanted.
extension AudioFile {
  /// The length of a file in seconds; its audio is read only where no header says it reliably, as in MP3.
  /// - Throws: as `read(_:)`.
  public static func duration(of url: URL) throws(AudioFileError) -> Double {
    let reader = try SoundFileReader(url)
    return Double(try reader.frameCount()) / Double(reader.sampleRate)
  }

  /// Reads the beginning of a file, mixed to so many channels at the given sample rate, in hertz: at least `seconds` of it,
  /// or all where it is shorter. The samples are those of the whole file; what is damaged behind them is not noticed.
  /// - Throws: as `read(_:sampleRate:channelCount:)`.
  public static func read(
    _ url: URL, first seconds: Double, sampleRate: Int, channelCount: Int
  ) throws(AudioFileError) -> AudioClip {
    let reader = try SoundFileReader(url)
    let rate = Double(reader.sampleRate)
    // As far as the converter's filter reaches at the lower of the two rates, and what it holds back at an end.
    let margin = 4096 + 1024 * max(1, rate / Double(sampleRate))
    let wanted = (seconds * rate + margin).rounded(.up)
    let clip = try reader.read(upTo: wanted < 1e15 ? max(1, Int(wanted)) : .max)
    guard Resampler.canResample(from: clip.sampleRate, to: sampleRate) else {
      let reason = "its sample rate of \(clip.sampleRate) Hz cannot be brought to \(sampleRate) Hz"
      throw .unreadable(path: url.path, reason: reason)
    }
    let isWhole = clip.frameCount < Int(min(wanted, 1e15))
    let converted = Resampler.resample(clip.mixed(channelCount: channelCount), to: sampleRate)
    guard !isWhole else { return converted }
    let count = Int((seconds * Double(sampleRate)).rounded(.up))
    return AudioClip(channels: converted.channels.map { Array($0.prefix(count)) }, sampleRate: sampleRate)
  }
}
