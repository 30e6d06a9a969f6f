/// Why a chord chart could not be read. Places count chords from 1.
public enum ChordChartError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no chord in it.
  case empty
  /// A word is no chord, neither by name nor by number.
  case notUnderstood(chord: String, place: Int)
  /// A chord is a roman numeral or a Nashville number, which means nothing without a key.
  case needsKey(chord: String, place: Int)
  /// A repeat sign with nothing before it.
  case nothingToRepeat(place: Int)

  public var description: String {
    switch self {
    case .empty: "a chord chart without chords"
    case .notUnderstood(let chord, let place): "chord \(place), \"\(chord)\", is not understood"
    case .needsKey(let chord, let place): "chord \(place), \"\(chord)\", is a degree of a key, and there is no key"
    case .nothingToRepeat(let place): "chord \(place) repeats the one before it, and there is none"
    }
  }
}
