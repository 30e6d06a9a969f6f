/// Where the values of a frame stand: mel bands, level differences, widths, attack values. All lie within −1…1.
///
/// | values | what | silence |
/// |---|---|---|
/// | `mel` | levels of the mid, as in `MelFrames` | −1 |
/// | `differences` | tanh λ = (P_L − P_R) / (P_L + P_R) of each stereo band | 0 |
/// | `widths` | 2φ/π − 1, no more than 0.8 | −1 |
/// | `attacks` | decibels over 20, of four quarters of the hop | 0 |
public struct FrameLayout: Sendable, Equatable {
  /// Bands of the mid.
  public let melBandCount: Int
  public let parts: FrameParts

  public init(melBandCount: Int, parts: FrameParts = .mel) {
    precondition(
      melBandCount > 0 && parts.stereoBandCount >= 0, "\(melBandCount) mel, \(parts.stereoBandCount) stereo bands")
    (self.melBandCount, self.parts) = (melBandCount, parts)
  }

  public init(_ mel: MelConfiguration, parts: FrameParts) { self.init(melBandCount: mel.bandCount, parts: parts) }

  /// Values of a frame in all.
  public var valueCount: Int { attacks.upperBound }
  /// Whether frames are mel frames, and nothing else.
  public var isMelAlone: Bool { valueCount == melBandCount }

  public var mel: Range<Int> { 0..<melBandCount }
  public var differences: Range<Int> { melBandCount..<melBandCount + parts.stereoBandCount }
  public var widths: Range<Int> { differences.upperBound..<differences.upperBound + parts.stereoBandCount }
  public var attacks: Range<Int> {
    widths.upperBound..<widths.upperBound + (parts.hasAttacks ? AttackFrames.valueCount : 0)
  }

  /// A frame without sound: one that is in the middle, and steady.
  public var silence: [Float] {
    var frame = [Float](repeating: 0, count: valueCount)
    frame.replaceSubrange(mel, with: repeatElement(MelFrames.silence, count: melBandCount))
    frame.replaceSubrange(widths, with: repeatElement(-1, count: widths.count))
    return frame
  }

  /// Makes `count` frames silent.
  public func fillSilence(_ values: UnsafeMutablePointer<Float>, count: Int) {
    guard !isMelAlone else { return values.update(repeating: MelFrames.silence, count: count * melBandCount) }
    let silence = silence
    for frame in 0..<count {
      for (place, value) in silence.enumerated() { values[frame * silence.count + place] = value }
    }
  }
}
