import Foundation
public import Spectra

/// What a clip sounds like in 128 numbers, the same whenever in the clip it sounds, and however loud.
///
/// Levels are taken relative to the clip's loudest value, 60 dB below which is 0 and itself 1. Frames count as much as
/// their loudest band. Of frame f, with weight w_f and levels e_fg in groups g of neighbouring bands:
///
/// - 64 numbers are the mean spectrum in 64 groups, Σ w_f·e_fg / Σ w_f: which notes and which timbre;
/// - 64 numbers are how much 16 wider groups move, at four paces: four times √(Σ w_f·d_fg² / Σ w_f), where d is the
///   difference of two moving averages over time (see `windowSeconds`): attacks, rhythm, swells.
///
/// A clip that begins later, with silence before it, has the same numbers to rounding, as long as nothing is cut off.
/// What is not told apart: the order of what happens, and fine differences of rhythm. Values are whole 255ths from 0 to 1,
/// a byte each, so that those in a file and those just made agree; motion of more than 15 dB (root mean square) counts as
/// so much.
public struct SoundFingerprint: Sendable, Equatable {
  /// Numbers in a fingerprint.
  public static let count = 128
  static let spectrumGroups = 64
  static let motionGroups = 16
  /// The lengths of the moving averages whose differences are taken, in seconds; the first is the frame itself.
  static let windowSeconds = [0, 0.09, 0.19, 0.4, 0.82]
  /// What motion is multiplied by, so that it counts about as much as the spectrum.
  static let motionWeight = 4.0
  /// Decibels below the loudest value that are heard.
  static let rangeDecibels = 60.0

  /// In 255ths.
  public let values: [UInt8]

  /// One that was kept as its numbers; nil where they are not as many.
  public init?(values: [UInt8]) {
    guard values.count == Self.count else { return nil }
    self.values = values
  }

  /// The fingerprint of a clip's mel frames; zeros for silence.
  public init(_ frames: MelFrames, mel: MelConfiguration) {
    precondition(
      frames.bandCount == mel.bandCount, "frames of \(frames.bandCount) bands for a mel of \(mel.bandCount)")
    let loudest = frames.values.max() ?? MelFrames.silence
    guard loudest > MelFrames.silence, frames.frameCount > 0 else {
      values = [UInt8](repeating: 0, count: Self.count)
      return
    }
    let range = Float(2 * Self.rangeDecibels / -mel.floorDecibels)
    let levels = frames.values.map { max(0, ($0 - loudest) / range + 1) }
    let bands = mel.bandCount
    let weights = (0..<frames.frameCount).map { frame in
      Double(levels[frame * bands..<(frame + 1) * bands].max() ?? 0)
    }
    let total = weights.reduce(0, +)
    var numbers: [Double] = []
    for group in 0..<Self.spectrumGroups {
      let level = Self.levels(of: group, among: Self.spectrumGroups, in: levels, bandCount: bands)
      numbers.append(zip(level, weights).reduce(0) { $0 + $1.0 * $1.1 } / total)
    }
    let windows = Self.windowSeconds.map { Int(($0 * mel.framesPerSecond / 2).rounded()) }
    for group in 0..<Self.motionGroups {
      let level = Self.levels(of: group, among: Self.motionGroups, in: levels, bandCount: bands)
      let smooth = windows.map { Self.smoothed(level, reach: $0) }
      for (fine, coarse) in zip(smooth, smooth.dropFirst()) {
        var power = 0.0
        for (frame, weight) in weights.enumerated() {
          let difference = fine[frame] - coarse[frame]
          power += weight * difference * difference
        }
        numbers.append(Self.motionWeight * (power / total).squareRoot())
      }
    }
    values = numbers.map { UInt8((min(Float($0), 1) * 255).rounded()) }
  }

  /// The Euclidean distance.
  public func distance(to other: SoundFingerprint) -> Double {
    values.withUnsafeBufferPointer { a in
      other.values.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return 0 }
        return Self.distance(squared: Self.squaredDistance(a, b))
      }
    }
  }

  /// The squared distance of 128 numbers from 128 others, in squared 255ths: exact.
  static func squaredDistance(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>) -> Int32 {
    var sum = SIMD16<Int32>.zero
    for start in stride(from: 0, to: count, by: 16) {
      let difference = numbers(a + start) &- numbers(b + start)
      sum &+= difference &* difference
    }
    return sum.wrappedSum()
  }

  static func distance(squared: Int32) -> Double { Double(squared).squareRoot() / 255 }

  private static func numbers(_ bytes: UnsafePointer<UInt8>) -> SIMD16<Int32> {
    SIMD16<Int32>(truncatingIfNeeded: UnsafeRawPointer(bytes).loadUnaligned(as: SIMD16<UInt8>.self))
  }

  /// The mean level of one group of bands in each frame.
  private static func levels(of group: Int, among count: Int, in levels: [Float], bandCount: Int) -> [Double] {
    let first = min(group * bandCount / count, bandCount - 1)
    let end = max(first + 1, (group + 1) * bandCount / count)
    return stride(from: 0, to: levels.count, by: bandCount).map { start in
      var sum: Float = 0
      for band in first..<end { sum += levels[start + band] }
      return Double(sum) / Double(end - first)
    }
  }

  /// The mean over 2·reach + 1 frames around each; beyond the clip there is silence.
  private static func smoothed(_ level: [Double], reach: Int) -> [Double] {
    guard reach > 0 else { return level }
    var sums = [0.0]
    for value in level { sums.append((sums.last ?? 0) + value) }
    return level.indices.map { frame in
      (sums[min(level.count, frame + reach + 1)] - sums[max(0, frame - reach)]) / Double(2 * reach + 1)
    }
  }
}

extension SoundFingerprint: Codable {
  /// Kept as base64 of its bytes.
  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let data = Data(base64Encoded: text), data.count == Self.count else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no fingerprint of \(Self.count) bytes"))
    }
    values = Array(data)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Data(values).base64EncodedString())
  }
}
