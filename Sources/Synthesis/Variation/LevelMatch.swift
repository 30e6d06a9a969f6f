package import Audio
import Foundation

/// A clip as loud as another from moment to moment, where what is made keeps the level of what it is made of.
package struct LevelMatch {
  /// The other, at the clip's rate.
  package let source: AudioClip

  package init(source: AudioClip) { self.source = source }

  /// Seconds that a level is measured over, and from one to the next: longer than a period of any bass, shorter than strokes are
  /// apart.
  private static let (windowSeconds, hopSeconds) = (0.08, 0.02)
  /// Decibels that are softened or raised at most, and beneath which nothing is heard.
  private static let (most, least, silence) = (12.0, -18.0, -60.0)
  private static let highestPeak: Float = 0.89

  package func applied(to clip: AudioClip) -> AudioClip {
    let hop = max(1, Int(Self.hopSeconds * Double(clip.sampleRate)))
    let wanted = Self.levels(source.samples, sampleRate: clip.sampleRate, hop: hop, count: clip.frameCount)
    let own = Self.levels(clip.samples, sampleRate: clip.sampleRate, hop: hop, count: clip.frameCount)
    let gains = zip(wanted, own).map { wanted, own in
      own < Self.silence ? 0 : min(Self.most, max(Self.least, max(wanted, Self.silence) - own))
    }
    guard gains.count > 1 else { return clip }
    let curve = (0..<clip.frameCount).map { frame -> Float in
      let (point, rest) = frame.quotientAndRemainder(dividingBy: hop)
      let (a, b) = (gains[min(point, gains.count - 1)], gains[min(point + 1, gains.count - 1)])
      return Float(pow(10, (a + Double(rest) / Double(hop) * (b - a)) / 20))
    }
    let matched = AudioClip(
      channels: clip.channels.map { zip($0, curve).map { $0 * $1 } }, sampleRate: clip.sampleRate)
    let limit = max(Self.highestPeak, source.peak)
    return matched.peak > limit ? matched.normalized(peak: limit) : matched
  }

  /// Levels in decibels, around every hop of so many frames.
  private static func levels(_ samples: [Float], sampleRate: Int, hop: Int, count: Int) -> [Double] {
    var sums = [0.0]
    sums.reserveCapacity(samples.count + 1)
    for sample in samples { sums.append((sums.last ?? 0) + Double(sample * sample)) }
    let reach = Int(windowSeconds * Double(sampleRate)) / 2
    return stride(from: 0, through: count, by: hop).map { place in
      let (first, last) = (min(samples.count, max(0, place - reach)), min(samples.count, place + reach))
      let power = (sums[last] - sums[first]) / Double(2 * reach)
      return 10 * log10(power + 1e-12)
    }
  }
}
