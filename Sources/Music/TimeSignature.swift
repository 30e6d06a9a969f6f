/// Beats in a bar, and the note value of a beat: 4/4, 3/4, 6/8.
public struct TimeSignature: Hashable, Sendable, Codable {
  public let numerator: Int
  /// A power of two, 1 … 64.
  public let denominator: Int

  public init(_ numerator: Int, _ denominator: Int) {
    precondition((1...255).contains(numerator), "A bar has 1 to 255 beats, not \(numerator)")
    precondition(
      (1...64).contains(denominator) && denominator & (denominator - 1) == 0,
      "A beat is a power of two up to 64, not \(denominator)")
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Reads "4/4", "6/8"; nil for anything else.
  public init?(name: String) {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let numerator = parts[0], let denominator = parts[1], (1...255).contains(numerator),
      (1...64).contains(denominator), denominator & (denominator - 1) == 0
    else { return nil }
    self.init(numerator, denominator)
  }

  public static let common = TimeSignature(4, 4)

  /// The length of a bar in quarter notes.
  public var quartersPerBar: Double { Double(numerator) * 4 / Double(denominator) }

  public var name: String { "\(numerator)/\(denominator)" }
}
