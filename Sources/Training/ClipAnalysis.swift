import Audio
import Foundation
import Spectra
import Synchronization

/// Decodes and analyses clips on any number of threads, and remembers which could not be decoded.
final class ClipAnalysis: Sendable {
  struct Failure {
    let name: String
    let warning: String
  }

  private let spectrogram: MelSpectrogram
  private let sampleRate: Int
  private let failed = Mutex<[Failure]>([])

  init(mel: MelConfiguration) {
    spectrogram = MelSpectrogram(mel)
    sampleRate = Int(mel.sampleRate)
  }

  /// What could not be decoded, ordered by name.
  var failures: [Failure] { failed.withLock { $0.sorted { $0.name < $1.name } } }

  /// The log-mel frames of a clip, rounded to half precision; nil when the file cannot be decoded.
  func frames(of clip: CaptionedClip) -> [Float16]? {
    do {
      let audio = try AudioFile.read(
        clip.audio, sampleRate: sampleRate, channelCount: spectrogram.configuration.channelCount)
      return spectrogram.analyze(audio.samples).values.map { Float16($0) }
    } catch {
      failed.withLock { $0.append(Failure(name: clip.name, warning: "left out: \(error)")) }
      return nil
    }
  }
}
