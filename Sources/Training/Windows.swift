import Foundation

/// In windows of which lengths clips are shown to their end: of their own, or longer, with silence behind them. Shown its
/// own length alone, a clip says that every sound lasts as long as it is asked to; so a sound would never end.
public struct Windows: Codable, Sendable, Equatable {
  /// The share of clips shown to their end that silence follows.
  public var share: Float = 0.2
  /// The longest window of a clip that is shorter. Short windows are more frequent: a clip of length l gets one of
  /// l · (longest / l)^(u²), with u even in 0 ..< 1.
  public var longestSeconds = 8.0
  /// The most silence behind a longer clip, and behind an excerpt of one, of which it is no more than half.
  public var tailSeconds = 1.0

  public init() {}

  /// The length of the window that a clip is shown in.
  /// - Parameters:
  ///   - seconds: how long the clip lasts.
  ///   - chance: whether silence follows it, 0 ..< 1.
  ///   - length: how much, 0 ..< 1.
  func seconds(of seconds: Double, chance: Float, length: Float) -> Double {
    guard chance < share, seconds > 0 else { return seconds }
    let part = Double(length)
    let longer = seconds < longestSeconds ? seconds * pow(longestSeconds / seconds, part * part) : seconds
    return max(longer, seconds + part * min(tailSeconds, seconds))
  }
}
