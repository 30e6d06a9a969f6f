/// A kind of sound for games and film: which instrument makes it, with which numbers, and how it is called.
struct SoundKind: Decodable, Sendable, Equatable {
  /// Where it is between the ears.
  enum Place: String, Decodable, Sendable {
    /// At one point, mostly near the middle.
    case anywhere
    case centre
    /// It may move from one side to the other.
    case across
    /// It always moves from one side to the other.
    case sweep
    /// Its instrument surrounds the listener.
    case wide
  }

  /// Several of it, one after another: steps, knocks, ticks.
  struct Times: Decodable, Sendable, Equatable {
    var least: Int?
    var most: Int
    /// Seconds from one to the next, least and most.
    var every: [Double]
    /// Whether they come as evenly as from a machine.
    var steady: Bool?
    /// Whether one ends before the next begins.
    var cut: Bool?
    /// What a series is called.
    var series: [String]
    var fast: [String]?
    var slow: [String]?
  }

  var name: String
  /// Its instrument in the orchestras.
  var instrument: String
  /// Its category in the Universal Category System, version 8.
  var ucs: String
  /// How long one is, least and most.
  var seconds: [Double]
  /// Nouns for it, which adjectives go before.
  var names: [String]
  /// Whole descriptions without adjectives.
  var phrases: [String]
  var place: Place?
  /// Whether it may be heard in a room; true where it is not said.
  var room: Bool?
  var times: Times?
  var parameters: [SoundParameter]

  /// Every noun for one or for a series of it.
  var allNames: [String] { names + phrases + (times?.series ?? []) }
}
