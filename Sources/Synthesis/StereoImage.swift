import Foundation
import Music

/// Where a clip lies between left and right, and how wide it is: what is asked of its two channels when they are made.
///
/// With M = (L + R) / 2, S = (L − R) / 2, a pan p and a width w,
///
///     M' = g M,  S' = g ((1 − |p|) w S − p M),  g = 1 / √(1 + p²)
///
/// so that left and right together are the mid still, by p softer. For one sound in the middle that is the tangent law of
/// panning with the power constant (Pulkki 1997, eq. 4 and 5): (L' − R') / (L' + R') = −p. A wide sound narrows on its way to a
/// side, so that nothing of it is lost; w is the usual width of mid and side.
public struct StereoImage: Sendable, Equatable {
  /// −1 (left) … 1 (right).
  public var pan: Double
  /// How many times as loud the side is as it was made, 0 … 2; nil for as it comes.
  public var width: Double?

  public init(pan: Double = 0, width: Double? = nil) { (self.pan, self.width) = (pan, width) }

  static let pans = -1.0...1.0
  static let widths = 0.0...2.0

  /// Left and right, moved and widened.
  func applied(to channels: [[Float]]) -> [[Float]] {
    let width = Float(width ?? 1)
    guard channels.count == 2, pan != 0 || width != 1 else { return channels }
    let gain = Float(1 / (1 + pan * pan).squareRoot())
    let (share, shift) = (gain * Float(1 - abs(pan)) * width, gain * Float(pan))
    let sides = zip(channels[0], channels[1]).map { left, right in
      let (mid, side) = ((left + right) / 2, (left - right) / 2)
      let (newMid, newSide) = (gain * mid, share * side - shift * mid)
      return (newMid + newSide, newMid - newSide)
    }
    return [sides.map(\.0), sides.map(\.1)]
  }

  /// What lies between two of them; nil where neither is there. What is not said of one is in the middle.
  /// - Parameter usualWidth: of one of which no width is said.
  static func between(_ first: Self?, _ second: Self?, fraction: Double, usualWidth: Double) -> Self? {
    guard first != nil || second != nil else { return nil }
    func mean(_ from: Double, _ to: Double) -> Double { from + fraction * (to - from) }
    let hasWidth = first?.width != nil || second?.width != nil
    return StereoImage(
      pan: mean(first?.pan ?? 0, second?.pan ?? 0),
      width: hasWidth ? mean(first?.width ?? usualWidth, second?.width ?? usualWidth) : nil)
  }
}

extension StereoImage {
  /// A pan in words, as options and fields take it: "left" is as far as a sound seems to come from a loudspeaker itself, 15 dB;
  /// "hard left" is in one channel alone.
  public static func pan(named name: String) -> Double? {
    let words = name.lowercased().split { $0 == " " || $0 == "-" }.map(String.init)
    let place = ["left": -1.0, "right": 1, "centre": 0, "center": 0, "middle": 0]
    guard let last = words.last, let side = place[last], words.count <= 2 else { return nil }
    guard words.count == 2 else { return side * SpokenImage.usual }
    return SpokenImage.degrees[words[0]].map { side * $0 }
  }

  /// A width in words.
  public static func width(named name: String) -> Double? {
    ["mono": 0, "narrow": SpokenImage.narrow, "normal": 1, "wide": SpokenImage.wide][name.lowercased()]
  }
}

extension GenerationRequest {
  /// What is asked of its two channels; nil of a clip that has as many as the model makes, as they come.
  package var image: StereoImage? {
    guard mono != true, pan != nil || width != nil else { return nil }
    return StereoImage(pan: pan ?? 0, width: width)
  }

  /// What of pan and width is impossible, in one line; nil if nothing is.
  var imageProblem: String? {
    if let pan, !(pan.isFinite && StereoImage.pans.contains(pan)) {
      return "a pan of \(pan) is not between -1 (left) and 1 (right)"
    }
    if let width, !(width.isFinite && StereoImage.widths.contains(width)) {
      return "a width of \(width) is not between 0 and 2"
    }
    return nil
  }
}
