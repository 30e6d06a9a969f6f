package import Audio
import Corpus
import Foundation
import Synthesis

/// How loud an idea's stems are, and what they come to together.
extension IdeaStems {
  /// In LUFS, so that the sum has room. A judgement: the lead before the drums, the chords behind.
  private static let levels: [IdeaStem.Role: Double] = [.drums: -22, .bass: -23, .chords: -25, .lead: -23]
  /// The sum's highest sample.
  private static let highestPeak: Float = 0.89
  private static let mostCorrections = 12

  /// The stems at their levels, and at the file's rate, on the grid of 24 bits.
  func balanced(_ stems: [Stem]) -> [Stem] {
    let stems = Self.alike(stems)
    var offset = 0.0
    var result = levelled(stems, offset)
    if let lufs {
      let loudness = Self.sum(result.map(\.clip)).loudness.integrated
      if loudness.isFinite {
        offset = lufs - loudness
        result = levelled(stems, offset)
      }
    }
    // A stem whose own peak is what holds it back does not become softer at once.
    for _ in 0..<Self.mostCorrections {
      let peak = Self.sum(result.map(\.clip)).peak
      guard peak > Self.highestPeak else { break }
      offset -= Double(20 * log10(peak / Self.highestPeak)) + 0.1
      result = levelled(stems, offset)
    }
    let peak = Self.sum(result.map(\.clip)).peak
    guard peak > Self.highestPeak else { return result }
    return result.map { stem in
      var stem = stem
      stem.clip = Self.onGrid(stem.clip.scaled(by: Self.highestPeak / peak))
      return stem
    }
  }

  /// The stems with as many channels as any of them has: one channel is as loud as two alike then.
  private static func alike(_ stems: [Stem]) -> [Stem] {
    let count = stems.map(\.clip.channelCount).max() ?? 1
    return stems.map { stem in
      var stem = stem
      stem.clip = stem.clip.mixed(channelCount: count)
      return stem
    }
  }

  private func levelled(_ stems: [Stem], _ offset: Double) -> [Stem] {
    stems.map { stem in
      var stem = stem
      // As many digits as a tag keeps for certain.
      let wanted = (((Self.levels[stem.role] ?? -23) + offset) * 100).rounded() / 100
      let level = min(max(wanted, GenerationRequest.loudnesses.lowerBound), GenerationRequest.loudnesses.upperBound)
      stem.request?.lufs = level
      stem.clip = Self.onGrid(request.resampled(stem.clip.normalized(toLUFS: level), to: sampleRate))
      return stem
    }
  }

  /// Samples as a file of 24 bits holds them, so that sums of files are exact.
  package static func onGrid(_ clip: AudioClip) -> AudioClip {
    let scale = Float(1 << 23)
    let channels = clip.channels.map { $0.map { ($0 * scale).rounded(.toNearestOrEven) / scale } }
    return AudioClip(channels: channels, sampleRate: clip.sampleRate)
  }

  /// The sum of clips of one length: exact, as all lie on one grid and the sum does not pass full scale.
  package static func sum(_ clips: [AudioClip]) -> AudioClip {
    var sum = clips[0].channels
    for clip in clips.dropFirst() {
      for channel in sum.indices {
        for frame in sum[channel].indices { sum[channel][frame] += clip.channels[channel][frame] }
      }
    }
    return AudioClip(channels: sum, sampleRate: clips[0].sampleRate)
  }
}
