/// What is sampled of an instrument: which keys, how hard, how often.
///
///     let plan = InstrumentPlan(prompt: "soft felt piano", keys: 33...84, every: 3, velocities: 3, takes: 2)
///     plan.roots.count  // 17 keys, of 6 samples each
public struct InstrumentPlan: Sendable, Equatable {
  /// What it should sound like.
  public var prompt: String
  /// The MIDI keys that it plays, 60 being C4.
  public var keys: ClosedRange<Int>
  /// One key of so many is sampled; its neighbours play the same sample faster or slower.
  public var every: Int
  /// Layers from soft to loud, 1 … 3.
  public var velocities: Int
  /// Samples of each key and layer, which a player takes in turns (round robin).
  public var takes: Int
  /// The longest note, in seconds.
  public var seconds: Double
  public var seed: UInt64

  public init(
    prompt: String, keys: ClosedRange<Int> = 33...84, every: Int = 3, velocities: Int = 1, takes: Int = 1,
    seconds: Double = 3, seed: UInt64 = 0
  ) {
    (self.prompt, self.keys, self.every, self.velocities) = (prompt, keys, every, velocities)
    (self.takes, self.seconds, self.seed) = (takes, seconds, seed)
  }

  /// What is wrong with it, in one line; nil if nothing is.
  public var problem: String? {
    guard (12...127).contains(keys.lowerBound), (12...127).contains(keys.upperBound) else {
      return
        "keys from \(KeyName.text(max(0, keys.lowerBound))) to \(KeyName.text(max(0, keys.upperBound))) are not within C0 to G9"
    }
    guard (1...12).contains(every) else { return "one sample for \(every) keys: wants 1 to 12" }
    guard (1...Self.layerWords.count).contains(velocities) else {
      return "\(velocities) velocity layers: models know soft, plain and loud, which are 3"
    }
    guard (1...16).contains(takes) else { return "\(takes) takes of each note: wants 1 to 16" }
    guard seconds.isFinite, (0.5...20).contains(seconds) else { return "notes of \(seconds) s: wants 0.5 to 20" }
    return nil
  }

  /// The keys that are sampled, in the middle of those that play their samples.
  public var roots: [Int] {
    let first = min(keys.lowerBound + (every - 1) / 2, keys.upperBound)
    return Array(stride(from: first, through: keys.upperBound, by: every))
  }

  /// The names of the samples' files, without extensions.
  public var stems: [String] {
    roots.flatMap { root in
      (0..<velocities).flatMap { layer in
        (0..<takes).map { SampledNote.stem(KeyName.text(root), layer: layer, take: $0) }
      }
    }
  }

  /// The keys that play the sample of a root, of those that there are: those nearer to it than to its neighbours.
  func keys(of root: Int, among roots: [Int]) -> ClosedRange<Int> {
    let below = roots.last { $0 < root }
    let above = roots.first { $0 > root }
    return (below.map { ($0 + root) / 2 + 1 } ?? keys.lowerBound)...(above.map { (root + $0) / 2 } ?? keys.upperBound)
  }

  /// The MIDI velocities of a layer, counted from the softest.
  func velocities(of layer: Int) -> ClosedRange<Int> {
    (1 + 127 * layer / velocities)...(127 * (layer + 1) / velocities)
  }

  /// Decibels of a layer beneath the loudest. A player's own velocity curve comes on top.
  func level(of layer: Int) -> Double { -6 * Double(velocities - 1 - layer) }

  /// Of the layers, from the softest to the loudest, in the words of captions.
  private static let layerWords = ["quiet", "", "loud"]

  /// The prompt of a layer.
  func prompt(of layer: Int) -> String {
    let words = velocities == 1 ? [""] : velocities == 2 ? ["quiet", "loud"] : Self.layerWords
    return [words[layer], prompt].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
