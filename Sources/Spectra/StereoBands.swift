import Foundation

/// The bands that stereo is described in: equal steps on the axis of the mel bands, ln(1 + f / warpHertz), up to
/// `maximumHertz`. What lies beyond belongs to the highest.
///
/// They do not overlap. Straight lines between their centres, or triangles, lose more than the steps do
/// (docs/experiments/frame.md).
struct StereoBands: Sendable {
  /// The bins of each band.
  let bins: [Range<Int>]

  var count: Int { bins.count }

  /// - Precondition: every band has a bin.
  init(_ configuration: MelConfiguration, count: Int) {
    bins = Self.bins(configuration, count: count)
    precondition(bins.allSatisfy { !$0.isEmpty }, "\(count) stereo bands: some have no bin")
  }

  /// Whether so many bands have a bin each.
  static func fit(_ configuration: MelConfiguration, count: Int) -> Bool {
    bins(configuration, count: count).allSatisfy { !$0.isEmpty }
  }

  /// The band that a frequency lies in; 0 where there are no bands.
  static func band(at hertz: Double, _ configuration: MelConfiguration, count: Int) -> Int {
    let place = log1p(hertz / configuration.warpHertz) / step(configuration, count: max(1, count))
    return min(max(0, count - 1), Int(place))
  }

  /// How wide a band is, on the axis of the mel bands.
  private static func step(_ configuration: MelConfiguration, count: Int) -> Double {
    log1p(configuration.maximumHertz / configuration.warpHertz) / Double(count)
  }

  private static func bins(_ configuration: MelConfiguration, count: Int) -> [Range<Int>] {
    let (corner, binCount) = (configuration.warpHertz, configuration.fftLength / 2 + 1)
    let step = step(configuration, count: count)
    let edges = (0...count).map { edge -> Int in
      edge == count ? binCount : Int((corner * expm1(step * Double(edge)) / configuration.binHertz).rounded(.up))
    }
    return (0..<count).map { edges[$0]..<max(edges[$0], edges[$0 + 1]) }
  }
}
