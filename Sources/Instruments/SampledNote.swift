public import Audio

/// One sample of an instrument, and when a player takes it.
public struct SampledNote: Sendable, Equatable {
  /// What plays it, for file names: a key's name, or a drum's.
  public var name: String
  /// The sound, from its attack on, at its level.
  public var clip: AudioClip
  /// The key that plays it as it is, and those that play it at all.
  public var root: Int
  public var keys: ClosedRange<Int>
  public var velocities: ClosedRange<Int>
  /// Counted from 0: which layer, and which of the takes that are played in turns.
  public var layer: Int
  public var take: Int
  /// How much too high it sounds, in cents; nil for what has no pitch.
  public var cents: Double?
  /// The frames that are repeated while a key is held: from the first up to, not including, the last; nil for a sound that
  /// ends by itself.
  public var loop: Range<Int>?
  /// Seconds that it sounds on after its key.
  public var release: Double
  /// Sounds of one group cut each other off, as the pedal does an open hi-hat; nil for none.
  public var chokeGroup: Int?

  /// Whether it is played to its end, however long its key is held.
  public var isOneShot: Bool { cents == nil && loop == nil }

  public init(
    name: String, clip: AudioClip, root: Int, keys: ClosedRange<Int>, velocities: ClosedRange<Int> = 1...127,
    layer: Int = 0, take: Int = 0, cents: Double? = nil, loop: Range<Int>? = nil, release: Double = 0.3,
    chokeGroup: Int? = nil
  ) {
    (self.name, self.clip, self.root, self.keys, self.velocities) = (name, clip, root, keys, velocities)
    (self.layer, self.take, self.cents, self.loop) = (layer, take, cents, loop)
    (self.release, self.chokeGroup) = (release, chokeGroup)
  }

  /// The name of its file, without the extension.
  var stem: String { Self.stem(name, layer: layer, take: take) }

  static func stem(_ name: String, layer: Int, take: Int) -> String {
    let plain = name.map { $0 == "#" ? "s" : $0 == " " || $0 == "/" ? "-" : String($0) }.joined()
    return "\(plain)_v\(layer + 1)_t\(take + 1)"
  }
}
