import Audio
import Foundation
import Pictures
import Spectra
import Synthesis

/// A clip as a contact sheet shows it.
struct SheetClip: Sendable {
  let url: URL
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
  init(_ url: URL, _ mel: MelSpectrogram) throws {
    self.url = url
    tags = ClipTags(try AudioFile.tags(of: url))
    let clip = try AudioFile.read(url, sampleRate: mel.configuration.sampleRate)
    duration = clip.duration
    picture = try Self.draw(mel.analyze(clip.samples)).pngData()
  }

  private static func draw(_ frames: MelFrames) -> Picture {
    var picture = Picture(width: width, height: height)
    for x in 0..<width {
      let columns = range(x, of: width, over: frames.frameCount)
      for y in 0..<height {
        let bands = range(height - 1 - y, of: height, over: frames.bandCount)
        var sum: Float = 0
        for frame in columns {
          for band in bands { sum += frames.values[frame * frames.bandCount + band] }
        }
        let mean = sum / Float(columns.count * bands.count)
        // The lower half of the range is hardly heard: black begins at −90 dB.
        picture[x, y] = ColorMap.color((max(0, (mean + 0.8) / 1.8) * levels).rounded() / levels)
      }
    }
    return picture
  }

  /// The part of 0 ..< count that cell `index` of `cells` covers; never empty.
  private static func range(_ index: Int, of cells: Int, over count: Int) -> Range<Int> {
    let start = min(index * count / cells, count - 1)
    return start..<max(start + 1, (index + 1) * count / cells)
  }
}
