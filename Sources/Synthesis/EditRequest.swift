import Audio

/// What a clip has of an existing sound, and whether it is a loop.
public struct EditRequest: Codable, Sendable, Equatable {
  /// The sound that is changed, repainted or continued.
  public var source: ControlFile?
  /// How much of the source may change, 0 … 1: 0 returns it, 1 ignores it. Of no account where spans are repainted.
  public var strength = 0.6
  /// How far the clip goes from the source towards what is made of it, 0 … 1; nil for all the way.
  public var share: Double?
  /// Seconds of the source that are made anew; the rest of it stays, sample for sample.
  public var repainted: [Span] = []
  /// Whether the source is kept whole, and the clip goes on from its end.
  public var continues = false
  /// Whether the end of the clip goes over into its beginning.
  public var isLoop = false
  /// Where in the source the loop begins that is cut out of it, in seconds: then nothing is made, and the clip is as long as
  /// is asked for. nil of every other clip.
  public var loopStart: Double?

  /// A part of a clip, in seconds.
  public struct Span: Codable, Sendable, Equatable {
    public var start: Double
    public var end: Double

    public init(start: Double, end: Double) { (self.start, self.end) = (start, end) }
  }

  public init() {}

  /// More than anyone sets by hand, and few enough for the tags of a file.
  private static let mostSpans = 1000
  /// In seconds: as much of a recording is read.
  private static let latestLoop = 3600.0

  private enum CodingKeys: CodingKey { case source, strength, share, repainted, continues, isLoop, loopStart }

  /// Reads what is there; what is not has its default, as in the tags of a version that did not know it.
  public init(from decoder: any Decoder) throws {
    let stored = try decoder.container(keyedBy: CodingKeys.self)
    try stored.read(.source, into: &source)
    try stored.read(.strength, into: &strength)
    try stored.read(.share, into: &share)
    try stored.read(.repainted, into: &repainted)
    try stored.read(.continues, into: &continues)
    try stored.read(.isLoop, into: &isLoop)
    try stored.read(.loopStart, into: &loopStart)
  }

  /// Whether nothing is asked for.
  public var isEmpty: Bool { source == nil && !isLoop }

  /// What makes it impossible for a clip of this length, in one line; nil if nothing does. Reads no file.
  func problem(duration: Double) -> String? {
    guard strength.isFinite, (0...1).contains(strength) else {
      return "a strength of \(strength) is not between 0 and 1"
    }
    if let share, !(share.isFinite && (0...1).contains(share)) {
      return "a share of \(share) of a variation is not between 0 and 1"
    }
    guard repainted.count <= Self.mostSpans else {
      return "\(repainted.count) spans to inpaint are more than \(Self.mostSpans)"
    }
    for span in repainted {
      guard span.start.isFinite, span.end.isFinite, span.start >= 0, span.start < span.end, span.end <= duration else {
        return "a span to inpaint from \(span.start) to \(span.end) s does not lie within the clip of \(duration) s"
      }
    }
    if let loopStart {
      guard source != nil, isLoop, !continues, repainted.isEmpty else {
        return "a place where a loop begins wants a recording that goes round, and of which nothing is made anew"
      }
      guard loopStart.isFinite, (0...Self.latestLoop).contains(loopStart) else {
        return "a loop that begins at \(loopStart) s does not lie within a recording"
      }
      return nil
    }
    if source != nil, isLoop { return "a loop of a recording wants to be told where in it it begins (loop-start)" }
    if source == nil, continues || !repainted.isEmpty { return "there is no recording to keep a part of" }
    return nil
  }
}
