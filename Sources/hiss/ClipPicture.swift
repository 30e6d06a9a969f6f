import Audio
import Foundation
import Pictures
import Rendering
import Spectra

extension OutputFiles {
  /// Writes one clip, and its picture beside it if asked for.
  func write(_ clip: AudioClip, at index: Int, picture mel: MelSpectrogram?) throws {
    try write(clip, at: index)
    guard let mel else { return }
    let url = urls[index].deletingPathExtension().appendingPathExtension("png")
    try draw(mel.analyze(clip.samples), mel, title: title(at: index)).writePNG(to: url)
  }
}

/// The picture of mel frames, with axes.
func draw(_ frames: MelFrames, _ mel: MelSpectrogram, title: String?) -> Picture {
  SpectrogramPicture.draw(
    values: frames.values, frameCount: frames.frameCount, melBandCount: frames.bandCount,
    secondsPerFrame: 1 / mel.configuration.framesPerSecond, bandHertz: mel.bandCenterHertz, title: title)
}
