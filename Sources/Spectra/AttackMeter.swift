import Foundation

/// Measures attack values on a signal that lies as in `FrameGrid`: frame i from i · hopLength on.
struct AttackMeter: Sendable {
  /// Blocks whose means, joined by straight lines, are what lies below some hundred hertz: 32 samples of the standard.
  private static let blocksPerQuarter = 6
  /// What is softer counts as this: the power of −90 dB.
  private static let floor: Float = 1e-9

  /// Samples of a quarter of the hop.
  let quarter: Int
  /// Quarters from a frame's first sample to the first of its own four.
  let lead: Int
  private let block: Int
  /// Shares of the quarters that a window sees, which sum to 1.
  private let shares: [Float]

  /// Whether hop and window divide into quarters, and these into blocks of whole vectors.
  static func fits(fftLength: Int, hopLength: Int) -> Bool {
    hopLength > 0 && hopLength % (4 * 16 * blocksPerQuarter) == 0 && (fftLength - hopLength) % (hopLength / 2) == 0
  }

  /// Nil where hop or window do not divide into quarters, or these into blocks of whole vectors.
  init?(_ transform: ShortTimeFourier) {
    let (hop, length) = (transform.hopLength, transform.fftLength)
    guard Self.fits(fftLength: length, hopLength: hop) else { return nil }
    let quarter = hop / 4
    self.quarter = quarter
    block = quarter / Self.blocksPerQuarter
    lead = (length - hop) / 2 / quarter
    let sums = (0..<(length / quarter)).map { place in
      transform.window[(place * quarter)..<((place + 1) * quarter)].reduce(0) { $0 + $1 * $1 }
    }
    let total = sums.reduce(0, +)
    shares = sums.map { $0 / total }
  }

  /// Whole quarters under `frameCount` frames.
  func quarterCount(frameCount: Int) -> Int { 4 * (frameCount - 1) + shares.count }

  /// upper ← what of the samples lies above some hundred hertz, over `count` quarters; `means` is room for its blocks.
  func fillUpper(
    _ samples: UnsafePointer<Float>, into upper: UnsafeMutablePointer<Float>, count: Int,
    means: UnsafeMutablePointer<Float>
  ) {
    let blockCount = count * Self.blocksPerQuarter
    for index in 0..<blockCount { means[index] = sum(samples + index * block, block) { $0 } / Float(block) }
    let half = block / 2
    for place in 0..<half { upper[place] = samples[place] - means[0] }
    for index in 0..<(blockCount - 1) {
      let (mean, slope) = (means[index], (means[index + 1] - means[index]) / Float(block))
      let (from, to) = (samples + index * block + half, upper + index * block + half)
      for place in 0..<block { to[place] = from[place] - mean - slope * (Float(place) + 0.5) }
    }
    let last = blockCount * block - half
    for place in last..<(last + half) { upper[place] = samples[place] - means[blockCount - 1] }
  }

  /// powers ← the mean power of each of `count` quarters.
  func fillPowers(_ upper: UnsafePointer<Float>, into powers: UnsafeMutablePointer<Float>, count: Int) {
    for index in 0..<count { powers[index] = sum(upper + index * quarter, quarter) { $0 * $0 } / Float(quarter) }
  }

  /// The four values of a frame, in decibels.
  func decibels(_ powers: UnsafePointer<Float>, frame: Int) -> SIMD4<Float> {
    var mean = Self.floor
    for (place, share) in shares.enumerated() { mean += share * powers[4 * frame + place] }
    var values = SIMD4<Float>()
    for index in 0..<4 { values[index] = 10 * log10((powers[4 * frame + lead + index] + Self.floor) / mean) }
    let most = AttackFrames.mostDecibels
    return values.clamped(lowerBound: SIMD4(repeating: -most), upperBound: SIMD4(repeating: most))
  }

  /// The sum of what `body` makes of `count` values, which are whole vectors.
  @inline(__always)
  private func sum(
    _ values: UnsafePointer<Float>, _ count: Int, _ body: (SIMD16<Float>) -> SIMD16<Float>
  ) -> Float {
    var total = SIMD16<Float>.zero
    let raw = UnsafeRawPointer(values)
    for index in 0..<(count / 16) {
      total += body(raw.loadUnaligned(fromByteOffset: 64 * index, as: SIMD16<Float>.self))
    }
    return total.sum()
  }
}
