import Foundation

/// Frames of several sounds at once, which have nothing to do with each other: their powers add up. The mel bands are the
/// caller's; here is what becomes of the rest.
///
/// P_M, P_S and Re⟨S, M⟩ of a stereo band add up; the mid's power in it comes from the mel bands whose centres lie there.
public struct FrameMixture: Sendable {
  public let layout: FrameLayout
  /// By mel band: decibels of a step of values, bins that it stands for, and the stereo band that it lies in.
  private let decibelsPerUnit: Double
  private let widths: [Double]
  private let stereoBands: [Int]
  /// The mel bands that attacks are heard in.
  private let struck: [Int]

  /// Below, waves are as long as what attack values tell apart, in hertz.
  private static let leastStruckHertz = 300.0

  public init(_ mel: MelConfiguration, parts: FrameParts) {
    layout = FrameLayout(mel, parts: parts)
    decibelsPerUnit = -mel.floorDecibels / 2
    let centers = MelFilterbank.warped(mel).centerHertz
    widths = centers.indices.map { band in
      let (low, high) = (max(0, band - 1), min(centers.count - 1, band + 1))
      return high > low ? (centers[high] - centers[low]) / Double(high - low) / mel.binHertz : 1
    }
    stereoBands = centers.map { StereoBands.band(at: $0, mel, count: parts.stereoBandCount) }
    struck = centers.indices.filter { centers[$0] > Self.leastStruckHertz }
  }

  /// What frames have behind their mel bands when they sound together: level differences, widths and attack values.
  /// - Parameter frames: one of each sound, `[value]`, with the share of its power that counts.
  public func rest(of frames: [(share: Float, values: [Float])]) -> [Float] {
    guard !layout.isMelAlone else { return [] }
    let powers = frames.map { frame in
      layout.mel.map { band -> Double in
        // What is at the floor is no sound.
        guard frame.values[band] > MelFrames.silence else { return 0 }
        return Double(frame.share) * widths[band] * pow(10, (Double(frame.values[band]) - 1) * decibelsPerUnit / 10)
      }
    }
    let image = image(of: frames.map(\.values), powers)
    return image.differences + image.widths + attacks(of: frames.map(\.values), powers)
  }

  private func image(of frames: [[Float]], _ powers: [[Double]]) -> (differences: [Float], widths: [Float]) {
    let count = layout.parts.stereoBandCount
    var sums = [(mid: Double, side: Double, product: Double)](repeating: (1e-30, 0, 0), count: count)
    guard count > 0 else { return ([], []) }
    for (frame, powers) in zip(frames, powers) {
      let image = SoundFrames(layout: layout, values: frame).stereo
      let sides = (0..<count).map { band in
        StereoFrames.side(difference: image?.differences[band] ?? 0, width: image?.widths[band] ?? 0)
      }
      for (band, power) in zip(stereoBands, powers) {
        let (along, across) = (Double(sides[band].along), Double(sides[band].across))
        sums[band].mid += power
        sums[band].side += (along * along + across * across) * power
        sums[band].product += along * power
      }
    }
    let images = sums.map { StereoFrames.image(mid: $0.mid, side: $0.side, product: $0.product) }
    return StereoFrames(bandCount: count, differences: images.map(\.difference), widths: images.map(\.width)).packed
  }

  private func attacks(of frames: [[Float]], _ powers: [[Double]]) -> [Float] {
    let totals = powers.map { powers in struck.reduce(1e-30) { $0 + powers[$1] } }
    let most = Double(AttackFrames.mostDecibels)
    return layout.attacks.map { place in
      let sum = zip(frames, totals).reduce(0) { $0 + $1.1 * pow(10, Double($1.0[place]) * most / 10) }
      return Float(min(max(10 * log10(sum / totals.reduce(0, +)) / most, -1), 1))
    }
  }
}
