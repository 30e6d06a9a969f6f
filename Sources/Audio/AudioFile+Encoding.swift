public import Foundation

extension AudioFile {
  /// The bytes that `write` puts into a file of this name; nothing is written.
  /// - Throws: `unsupportedFormat`, `notFinite` or `cannotWrite`.
  public static func encode(
    _ clip: AudioClip, for url: URL, sampleFormat: SampleFormat = .pcm24, tags: AudioTags? = nil
  ) throws(AudioFileError) -> [UInt8] {
    try SoundFileEncoder(clip: clip, url: url, sampleFormat: sampleFormat, tags: tags).encode()
  }

  /// Whether the bytes of files with this extension depend on their content alone: OGG streams carry a random number.
  public static func isReproducible(_ pathExtension: String) -> Bool {
    AudioContainer(pathExtension: pathExtension).map { $0 != .ogg } ?? false
  }
}
