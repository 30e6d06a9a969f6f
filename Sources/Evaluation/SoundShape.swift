import Foundation
import Novelty
package import Spectra

/// A sound in some seventy numbers, for recognisers: the spectrum of its attack and of what follows, how its level moves, and
/// how long it sounds. Level itself does not matter.
package struct SoundShape: Sendable {
  /// Groups of bands that a spectrum is told in, at most.
  private static let groupCount = 24
  /// Frames of the attack: a tenth of a second.
  private static let attackFrames = 6
  /// What is softer than the loudest frame by more is silence, in decibels.
  private static let silence = -40.0
  /// Seconds after the first sound at which the level is told.
  private static let moments = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2]

  package let values: [Double]

  /// - Parameter frames: `[frame, band]` mel values, −1 … 1.
  package init(_ frames: [Float], mel: MelConfiguration) {
    let (bandCount, unit) = (mel.bandCount, -mel.floorDecibels / 2)
    let powers = frames.map { $0 <= -1 ? 0 : pow(10, (Double($0) - 1) * unit / 10) }
    let rows = stride(from: 0, to: frames.count, by: bandCount).map { Array(powers[$0..<$0 + bandCount]) }
    let loudness = rows.map { $0.reduce(0, +) }
    let loudest = max(loudness.max() ?? 0, 1e-12)
    let levels = loudness.map { 10 * log10(max($0 / loudest, 1e-8)) }
    let first = levels.firstIndex { $0 > Self.silence } ?? 0
    let last = max(first, levels.lastIndex { $0 > Self.silence } ?? first)
    let (seconds, sounding) = (1 / mel.framesPerSecond, Array(rows[first..<min(rows.count, last + 1)]))
    let course = Array(levels.dropFirst(first))
    let soundingSeconds = Double(last - first + 1) * seconds
    let peak = course.indices.max { course[$0] < course[$1] } ?? 0
    let attackSeconds = Double(peak) * seconds
    let attack = Array(sounding.prefix(Self.attackFrames))
    let rest = sounding.count > Self.attackFrames ? Array(sounding.dropFirst(Self.attackFrames)) : attack
    let rises = zip(course.dropFirst(), course).count { max($0, -60) - max($1, -60) > 9 }
    values =
      Self.spectrum(attack, bandCount) + Self.spectrum(rest, bandCount) + Self.motion(attack) + Self.motion(sounding)
      + Self.moments.map { moment in
        let index = Int(moment * mel.framesPerSecond)
        return index < course.count ? max(course[index], -60) : -60
      } + [log(soundingSeconds + 0.02), Double(rises), Double(rises) / (soundingSeconds + 0.1), attackSeconds]
  }

  /// The mean spectrum in groups of bands, in decibels beneath its sum.
  private static func spectrum(_ rows: [[Double]], _ bandCount: Int) -> [Double] {
    let count = min(groupCount, bandCount)
    var sums = [Double](repeating: 0, count: count)
    for row in rows { for (band, power) in row.enumerated() { sums[band * count / bandCount] += power } }
    let total = max(sums.reduce(0, +), 1e-12)
    return sums.map { 10 * log10(max($0 / total, 1e-7)) }
  }

  /// The mean and the deviation of the centre of the spectrum, in bands, and of its flatness.
  private static func motion(_ rows: [[Double]]) -> [Double] {
    let centres = rows.map { row in
      row.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element } / max(row.reduce(0, +), 1e-12)
    }
    let flatness = rows.map { row in
      let (count, sum) = (Double(row.count), max(row.reduce(0, +), 1e-12))
      return row.reduce(0) { $0 + log(max($1, 1e-10)) } / count - log(sum / count)
    }
    return [centres, flatness].flatMap { values -> [Double] in
      let mean = Statistics.mean(values)
      let squares = values.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
      return [mean, (squares / Double(values.count)).squareRoot()]
    }
  }
}
