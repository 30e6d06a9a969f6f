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

  private let analysis: SoundAnalysis
  private let sampleRate: Int
  private let failed = Mutex<[Failure]>([])

  init(mel: MelConfiguration, parts: FrameParts) {
    analysis = SoundAnalysis(mel, parts: parts)
    sampleRate = Int(mel.sampleRate)
  }

  /// Values of a frame.
  var valueCount: Int { analysis.layout.valueCount }

  /// What could not be decoded, ordered by name.
  var failures: [Failure] { failed.withLock { $0.sorted { $0.name < $1.name } } }

  /// The frames of a clip, rounded to half precision; nil when the file cannot be decoded.
  func frames(of clip: CaptionedClip) -> [Float16]? {
    do {
      let audio = try AudioFile.read(
        clip.audio, sampleRate: sampleRate, channelCount: analysis.layout.parts.channelCount)
      return analysis.analyze(audio.channels).values.map { Float16($0) }
    } catch {
      failed.withLock { $0.append(Failure(name: clip.name, warning: "left out: \(error)")) }
      return nil
    }
  }
}
