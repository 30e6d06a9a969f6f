public import Foundation
import Storage

/// Reads and writes sound files through libsndfile.
public enum AudioFile {
  /// The extensions of the files that `read` is meant for, in lower case. What decides is the content, not the name.
  public static let readableExtensions: Set<String> = [
    "wav", "wave", "rf64", "w64", "flac", "aif", "aiff", "aifc", "caf", "au", "snd", "ogg", "oga", "opus", "mp3",
  ]

  /// The extensions that `write` knows, in lower case.
  public static let writableExtensions = Set(AudioContainer.allCases.flatMap(\.extensions))

  /// Reads a whole file at its own sample rate and with all of its channels.
  ///
  /// Integer samples are scaled to −1…1. A length in the header is taken as a claim: memory grows with the audio that
  /// is there, and a file that holds less than it claims is an error (OGG and MP3 claim no length: cut short, they are
  /// just shorter).
  /// - Throws: `missing`, `notAFile`, `unreadable`, `empty`, `truncated` or `notFinite`.
  public static func read(_ url: URL) throws(AudioFileError) -> AudioClip {
    let reader = try SoundFileReader(url)
    return try reader.read()
  }

  /// Reads a whole file, mixed to so many channels (`AudioClip.mixed`), at the given sample rate, in hertz.
  /// - Throws: as `read(_:)`, and `unreadable` where the file's rate is more than a factor of 256 away.
  public static func read(_ url: URL, sampleRate: Int, channelCount: Int) throws(AudioFileError) -> AudioClip {
    try read(url).converted(sampleRate: sampleRate, channelCount: channelCount, path: url.path)
  }

  /// Writes a file whole (it appears under its name only when complete) in the container that the extension names.
  ///
  /// Samples beyond −1…1 are clipped to the nearest value that integers can hold. The bytes depend on the arguments and
  /// on libsndfile's version only, except in OGG, whose streams carry a random serial number.
  /// - Parameters:
  ///   - sampleFormat: how WAV, AIFF and FLAC store samples; OGG Vorbis and MP3 ignore it.
  ///   - tags: texts to store beside the audio; every container keeps all of them, except that MP3 keeps
  ///     Latin-1 only and names its encoder as the software.
  ///   - facts: what to say to samplers, sequencers and DJ programs, as far as the container can.
  /// - Throws: `unsupportedFormat`, `notFinite` or `cannotWrite`.
  public static func write(
    _ clip: AudioClip, to url: URL, sampleFormat: SampleFormat = .pcm24, tags: AudioTags? = nil,
    facts: SoundFacts? = nil
  ) throws(AudioFileError) {
    let bytes = try encode(clip, for: url, sampleFormat: sampleFormat, tags: tags, facts: facts)
    do { try DurableFile.writeShared(bytes, to: url) } catch {
      throw .cannotWrite(path: url.path, reason: error.reason)
    }
  }

  /// Finds out, without writing, whether `write` knows the extension, and its container such audio.
  /// - Throws: `unsupportedFormat` or `cannotWrite`.
  public static func checkFormat(of url: URL, sampleRate: Int, channelCount: Int) throws(AudioFileError) {
    // libsndfile tells only when it is asked to encode; the longest block of any codec here is 1152 frames.
    let silence = [Float](repeating: 0, count: 1152)
    let clip = AudioClip(channels: Array(repeating: silence, count: channelCount), sampleRate: sampleRate)
    _ = try SoundFileEncoder(clip: clip, url: url, sampleFormat: .pcm24, tags: nil).encode()
  }

  /// Reads the tags of a file without its audio.
  /// - Throws: `missing`, `notAFile`, `unreadable` or `empty`.
  public static func tags(of url: URL) throws(AudioFileError) -> AudioTags {
    let reader = try SoundFileReader(url)
    return reader.tags
  }
}

extension AudioClip {
  /// The clip mixed to so many channels (`mixed`), at the given sample rate, in hertz.
  /// - Parameters:
  ///   - path: of the file that it was read from, for the error.
  ///   - isCircular: whether it is a loop.
  /// - Throws: `unreadable` where the rates are more than a factor of 256 apart.
  public func converted(
    sampleRate: Int, channelCount: Int, path: String, isCircular: Bool = false
  ) throws(AudioFileError) -> AudioClip {
    guard Resampler.canResample(from: self.sampleRate, to: sampleRate) else {
      let reason = "its sample rate of \(self.sampleRate) Hz cannot be brought to \(sampleRate) Hz"
      throw .unreadable(path: path, reason: reason)
    }
    return Resampler.resample(mixed(channelCount: channelCount), to: sampleRate, isCircular: isCircular)
  }
}

extension AudioFile {
  /// The bytes that `write` puts into a file of this name; nothing is written.
  /// - Throws: `unsupportedFormat`, `notFinite` or `cannotWrite`.
  public static func encode(
    _ clip: AudioClip, for url: URL, sampleFormat: SampleFormat = .pcm24, tags: AudioTags? = nil,
    facts: SoundFacts? = nil
  ) throws(AudioFileError) -> [UInt8] {
    try SoundFileEncoder(clip: clip, url: url, sampleFormat: sampleFormat, tags: tags, facts: facts).encode()
  }

  /// Whether files with this extension have cue points, as `write` makes them.
  public static func holdsCues(_ pathExtension: String) -> Bool {
    [.wav, .aiff].contains(AudioContainer(pathExtension: pathExtension))
  }

  /// Whether the bytes of files with this extension depend on their content alone: OGG streams carry a random number.
  public static func isReproducible(_ pathExtension: String) -> Bool {
    AudioContainer(pathExtension: pathExtension).map { $0 != .ogg } ?? false
  }
}
