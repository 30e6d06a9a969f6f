import Audio
import Foundation

/// A recording as a clip makes use of it: of as many channels as are wanted, at the model's rate, and within full scale.
struct Recording {
  let clip: AudioClip
  /// What was done to it, for people.
  let remarks: [String]

  /// Peaks above full scale are brought here, where those of made clips end too: 0.2 dB below.
  static let ceiling: Float = 0.977
  /// The share of a level below which channels that are mixed cancel out: 30 dB.
  private static let leastLeft: Float = 0.0316

  /// - Parameters:
  ///   - seconds: how much of its beginning is wanted.
  ///   - channelCount: one, or two.
  ///   - keepsLevel: whether one above full scale is taken as it is.
  /// - Throws: `ControlError.audio` when it cannot be read.
  init(
    _ file: ControlFile, first seconds: Double, sampleRate: Int, channelCount: Int = 1, keepsLevel: Bool = false
  ) throws(ControlError) {
    let beginning: AudioFile.Beginning
    do { beginning = try AudioFile.beginning(of: file.url, seconds: seconds, sampleRate: sampleRate) } catch {
      throw .audio(error)
    }
    let original = beginning.clip
    var remarks: [String] = []
    if original.channelCount > channelCount {
      let clips = channelCount == 1 ? "clips are mono, and it is mixed to one" : "it is mixed to two"
      remarks.append("\(file.path) has \(original.channelCount) channels: \(clips)")
    }
    var clip: AudioClip
    do { clip = try beginning.converted(sampleRate: sampleRate, channelCount: channelCount) } catch {
      throw .audio(error)
    }
    if original.channelCount > channelCount, clip.rms < Self.leastLeft * original.rms {
      remarks.append("\(file.path): its channels cancel each other out, and next to nothing is left of it")
    } else if clip.isAllButSilent {
      remarks.append("\(file.path) is silent, as far as the clip has it")
    }
    if !keepsLevel, clip.peak > 1 {
      let decibels = 20 * log10(clip.peak)
      clip = clip.normalized(peak: Self.ceiling)
      remarks.append(
        String(format: "%@ peaks at %+.1f dBFS: it is made softer, so that nothing is clipped", file.path, decibels))
    }
    (self.clip, self.remarks) = (clip, remarks)
  }
}
