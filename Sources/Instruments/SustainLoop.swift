import Foundation

/// A stretch of a sustained note that goes round without a click: whole periods of it, whose end is cross-faded into what
/// comes before its beginning.
package struct SustainLoop: Sendable {
  /// The share of a note in which it is looked for: behind the attack, before the end.
  private static let searched = 0.3...0.94
  /// Of the note, and in seconds, at least.
  private static let shortestShare = 0.2
  private static let shortestSeconds = 0.25
  private static let fadeSeconds = 0.12
  /// A note that loses more than so many decibels a second ends by itself.
  private static let steadyDecibels = 2.5
  /// How alike the two ends have to be: the correlation of what comes before them.
  private static let leastLikeness = 0.8

  package let frames: Range<Int>
  private let fade: Int

  /// Finds the loop of a note whose ends are most alike, and cross-fades its end.
  /// - Parameters:
  ///   - samples: the note; its loop's end is changed, and what comes behind it is left out.
  ///   - period: of its pitch, in frames.
  /// - Returns: nil for a note that dies away, or of which no two places are alike.
  package init?(_ samples: inout [Float], sampleRate: Int, period: Double) {
    guard let best = Self.candidates(in: samples, sampleRate: sampleRate, period: period).first else { return nil }
    self = best
    samples = applied(to: samples)
  }

  private init(frames: Range<Int>, fade: Int) { (self.frames, self.fade) = (frames, fade) }

  /// The loops of a note, those whose ends are most alike first; none of one that dies away, or of which no two places are
  /// alike.
  /// - Parameter period: of its pitch, in frames.
  static func candidates(in samples: [Float], sampleRate: Int, period: Double) -> [SustainLoop] {
    guard isSteady(samples, sampleRate: sampleRate) else { return [] }
    let count = Double(samples.count)
    let (low, high) = (Int(searched.lowerBound * count), Int(searched.upperBound * count))
    let fade = Int(fadeSeconds * Double(sampleRate))
    let shortest = max(Int(shortestShare * count), Int(shortestSeconds * Double(sampleRate)))
    guard low > fade, high - low > shortest + fade else { return [] }
    var found: [(likeness: Double, frames: Range<Int>)] = []
    // Some twenty ends, and for each the beginnings that are whole periods away.
    for end in stride(from: high, to: low + shortest, by: -max(1, (high - low - shortest) / 20)) {
      let periods = Int(Double(end - low - fade) / period)
      let fewest = Int((Double(shortest) / period).rounded(.up))
      guard periods >= fewest else { continue }
      for number in stride(from: periods, through: fewest, by: -max(1, (periods - fewest) / 24)) {
        let near = end - Int((Double(number) * period).rounded())
        let start = best(near: near, end: end, samples, period: period, window: fade)
        guard start.frame > fade, end - start.frame >= shortest else { continue }
        if start.likeness > leastLikeness { found.append((start.likeness, start.frame..<end)) }
      }
    }
    // Of equal ones that which was found first.
    return found.enumerated().sorted { ($1.element.likeness, $0.offset) < ($0.element.likeness, $1.offset) }
      .map { SustainLoop(frames: $0.element.frames, fade: fade) }
  }

  /// What a player makes of samples with a loop: so many frames of them, the loop going round.
  static func played(_ samples: [Float], loop: Range<Int>?, frameCount: Int) -> [Float] {
    guard let loop, samples.count < frameCount || loop.upperBound < frameCount else {
      return Array(samples.prefix(frameCount))
    }
    var played = Array(samples[..<loop.upperBound])
    while played.count < frameCount { played += samples[loop] }
    return Array(played.prefix(frameCount))
  }

  /// Whether a note is held: it loses little from its first third to its end.
  static func isSteady(_ samples: [Float], sampleRate: Int) -> Bool {
    let (third, last) = (samples.count / 3, samples.count * 9 / 10)
    let width = sampleRate / 4
    guard last - third > width, last + width / 2 <= samples.count else { return false }
    func level(_ middle: Int) -> Double {
      let part = samples[max(0, middle - width / 2)..<middle + width / 2]
      return 10 * log10(part.reduce(0.0) { $0 + Double($1 * $1) } / Double(part.count) + 1e-12)
    }
    let lost = level(third) - level(last)
    return lost < steadyDecibels * Double(last - third) / Double(sampleRate)
  }

  /// The frame within half a period of another whose surroundings are most alike those of the end.
  private static func best(
    near: Int, end: Int, _ samples: [Float], period: Double, window: Int
  ) -> (frame: Int, likeness: Double) {
    let reach = max(2, Int(period / 2))
    func likeness(_ frame: Int, every step: Int) -> Double {
      guard frame > window else { return -1 }
      var (product, first, second) = (0.0, 1e-12, 1e-12)
      for offset in stride(from: -window, to: 0, by: step) {
        let (a, b) = (Double(samples[frame + offset]), Double(samples[end + offset]))
        product += a * b
        first += a * a
        second += b * b
      }
      // What is alike, but softer, is no loop.
      return 2 * product / (first + second)
    }
    let coarse = max(1, reach / 12)
    let places = stride(from: near - reach, through: near + reach, by: coarse)
    let rough = places.max { likeness($0, every: 7) < likeness($1, every: 7) } ?? near
    let fine = (rough - coarse...rough + coarse).max { likeness($0, every: 3) < likeness($1, every: 3) } ?? rough
    return (fine, likeness(fine, every: 1))
  }

  /// The note with what comes before the loop's end become what comes before its beginning, and without what comes behind.
  /// Where the two are alike, their sum keeps its level with weights that add up to 1.
  func applied(to note: [Float]) -> [Float] {
    var samples = note
    for offset in 0..<fade {
      let weight = Float(0.5 - 0.5 * cos(Double.pi * (Double(offset) + 0.5) / Double(fade)))
      let place = frames.upperBound - fade + offset
      samples[place] = (1 - weight) * samples[place] + weight * samples[frames.lowerBound - fade + offset]
    }
    // Players read a little beyond the end to interpolate.
    let rest = min(8, frames.count)
    samples.replaceSubrange(
      frames.upperBound..., with: samples[frames.lowerBound..<frames.lowerBound + rest])
    return samples
  }
}
