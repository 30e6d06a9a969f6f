import Audio
import Foundation
import Pictures
import Spectra
import Synthesis

/// A clip as a contact sheet shows it.
struct SheetClip: Sendable {
  let url: URL
  /// Its path in the folder.
  let name: String
  /// What made it; nil for a file that is not by Hiss.
  let tags: ClipTags?
  /// Seconds.
  let duration: Double
  /// Its spectrogram as a PNG.
  let picture: Data

  private static let width = 240
  private static let height = 64
  /// Few colours make small files; more cannot be told apart in so small a picture.
  private static let levels: Float = 24

  /// Reads and draws a clip.
  /// - Throws: `AudioFileError` or `PictureError`.
  init(_ url: URL, name: String, _ mel: MelSpectrogram) throws {
    (self.url, self.name) = (url, name)
    tags = ClipTags(try AudioFile.tags(of: url))
    let clip = try AudioFile.read(
      url, sampleRate: mel.configuration.sampleRate, channelCount: mel.configuration.channelCount)
    duration = clip.duration
    let frames = mel.analyze(clip.samples)
    picture = try SpectrogramThumbnail.draw(
      values: frames.values, melBandCount: frames.bandCount, width: Self.width, height: Self.height, levels: Self.levels
    ).pngData()
  }
}
