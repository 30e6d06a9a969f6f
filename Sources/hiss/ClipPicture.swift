import Audio
import Foundation
import Pictures
import Rendering
import Spectra
import Synthesis

extension OutputFiles {
  /// Writes one clip, and its picture beside it if asked for. Says where its true peak forbids the loudness asked for.
  mutating func write(_ clip: AudioClip, at index: Int, picture mel: MelSpectrogram?) throws {
    try write(clip, at: index)
    if let target = clips[index].request.lufs, let missing = clip.loudnessShortfall(below: target) {
      Console.note(
        String(
          format: "note: %@ stays %.1f LU below %g LUFS: its true peak is at -1 dBTP", urls[index].path, missing, target
        ))
    }
    guard let mel else { return }
    try write(draw(mel.analyze(clip.samples), mel, title: clips[index].audioTags.title), at: index)
  }
}

/// The picture of mel frames, with axes.
func draw(_ frames: MelFrames, _ mel: MelSpectrogram, title: String?) -> Picture {
  SpectrogramPicture.draw(
    values: frames.values, frameCount: frames.frameCount, melBandCount: frames.bandCount,
    secondsPerFrame: 1 / mel.configuration.framesPerSecond, bandHertz: mel.bandCenterHertz, title: title)
}
