import Foundation

/// A frequency axis closer to hearing than hertz.
public enum MelScale: Sendable, Equatable {
  /// Slaney's Auditory Toolbox (1998): linear below 1 kHz, logarithmic above; librosa's default.
  case slaney
  /// O'Shaughnessy's 2595 · log10(1 + f / 700), as in HTK; librosa's `htk=True`.
  case htk
  /// ln(1 + f / corner): with a corner of 200 Hz it spends more on the bass than either.
  case warped(cornerHertz: Double)

  private static let slaneyHertzPerMel = 200.0 / 3
  private static let slaneyBreakHertz = 1000.0
  private static let slaneyLogStep = log(6.4) / 27

  /// The place of a frequency on this axis.
  public func mel(hertz: Double) -> Double {
    switch self {
    case .slaney:
      if hertz < Self.slaneyBreakHertz { return hertz / Self.slaneyHertzPerMel }
      let breakMel = Self.slaneyBreakHertz / Self.slaneyHertzPerMel
      return breakMel + log(hertz / Self.slaneyBreakHertz) / Self.slaneyLogStep
    case .htk: return 2595 * log10(1 + hertz / 700)
    case .warped(let corner): return log1p(hertz / corner)
    }
  }

  /// The frequency at a place on this axis.
  public func hertz(mel: Double) -> Double {
    switch self {
    case .slaney:
      let breakMel = Self.slaneyBreakHertz / Self.slaneyHertzPerMel
      if mel < breakMel { return mel * Self.slaneyHertzPerMel }
      return Self.slaneyBreakHertz * exp((mel - breakMel) * Self.slaneyLogStep)
    case .htk: return 700 * (pow(10, mel / 2595) - 1)
    case .warped(let corner): return corner * expm1(mel)
    }
  }
}
