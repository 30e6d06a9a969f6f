import Foundation

/// The attack values that a section's signal is to have, and what brings it nearer to them.
final class AttackGoal {
  /// Frames are left alone where neither they nor their neighbours have a value beyond this, in decibels: nothing strikes.
  private static let strike: Float = 12
  /// The most by which a quarter is made louder or softer at once, in decibels.
  private static let mostChange: Float = 12

  private let meter: AttackMeter
  private let wanted: [Float]
  /// The frames that are not left alone.
  private let struck: [Bool]
  private let frameCount: Int
  private let quarterCount: Int
  private let upper: AlignedBuffer
  private let powers: AlignedBuffer
  private let gains: AlignedBuffer
  private let means: AlignedBuffer

  /// - Parameter frames: of the whole clip; those that are missing are steady.
  init(_ meter: AttackMeter, _ frames: AttackFrames, of layout: SectionLayout) {
    let count = layout.grid.frameCount
    let first = layout.section.frames.lowerBound * AttackFrames.valueCount
    let wanted = (0..<(count * AttackFrames.valueCount)).map {
      first + $0 < frames.decibels.count ? frames.decibels[first + $0] : 0
    }
    let strikes = (0..<count).map { frame in
      wanted[(4 * frame)..<(4 * frame + 4)].contains { abs($0) > Self.strike }
    }
    struck = strikes.indices.map { strikes[max(0, $0 - 1)...min(count - 1, $0 + 1)].contains(true) }
    (self.meter, self.wanted, frameCount) = (meter, wanted, count)
    quarterCount = meter.quarterCount(frameCount: count)
    upper = AlignedBuffer(count: quarterCount * meter.quarter)
    powers = AlignedBuffer(count: quarterCount)
    gains = AlignedBuffer(count: quarterCount + 1)
    means = AlignedBuffer(count: quarterCount * meter.quarter)
  }

  /// Adds to both signals, of which the first is measured, what brings its attacks to those wanted, at the positions of `places`.
  func impose(on latest: UnsafeMutablePointer<Float>, and signal: UnsafeMutablePointer<Float>, places: Range<Int>) {
    meter.fillUpper(latest, into: upper.base, count: quarterCount, means: means.base)
    meter.fillPowers(upper.base, into: powers.base, count: quarterCount)
    fillGains()
    let (quarter, half) = (meter.quarter, meter.quarter / 2)
    for index in 0..<(quarterCount - 1) where gains.base[index] != 0 || gains.base[index + 1] != 0 {
      let start = index * quarter + half
      let slope = (gains.base[index + 1] - gains.base[index]) / Float(quarter)
      let gain = gains.base[index] + slope / 2
      let (above, next, after) = (upper.base + start, latest + start, signal + start)
      let first = max(places.lowerBound - start, 0)
      for offset in first..<max(first, min(quarter, places.upperBound - start)) {
        let change = above[offset] * (gain + slope * Float(offset))
        next[offset] += change
        after[offset] += change
      }
    }
  }

  /// gains ← what each quarter is to be multiplied by, less 1.
  private func fillGains() {
    gains.clear()
    for frame in 0..<frameCount where struck[frame] {
      let now = meter.decibels(powers.base, frame: frame)
      for index in 0..<4 {
        let change = wanted[4 * frame + index] - now[index]
        let limited = min(max(change, -Self.mostChange), Self.mostChange)
        gains.base[4 * frame + meter.lead + index] = pow(10, limited / 20) - 1
      }
    }
  }
}
