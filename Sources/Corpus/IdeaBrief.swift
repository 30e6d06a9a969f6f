public import Music

/// What a musical idea should be like; what is nil is drawn.
public struct IdeaBrief: Sendable, Equatable {
  /// Mood, style and instrument in words.
  public let text: String
  /// Quarter notes a minute.
  public let tempo: Double?
  public let key: Key?
  public let timeSignature: TimeSignature?
  public let bars: Int?
  /// Chords that are given, or that the text names.
  let chart: ChordChart?

  /// - Parameter text: says what the other parameters leave open, where it speaks of tempo, key, metre, bars or chords.
  public init(
    _ text: String, tempo: Double? = nil, key: Key? = nil, timeSignature: TimeSignature? = nil, bars: Int? = nil,
    chords: ChordChart? = nil
  ) {
    let heard = PromptMusic(text)
    self.text = text
    self.tempo = tempo ?? heard.tempo
    self.key = key ?? heard.key
    self.timeSignature = timeSignature ?? heard.timeSignature
    if case .bars(let count) = heard.length { self.bars = bars ?? count } else { self.bars = bars }
    chart = chords ?? heard.chords
  }

  /// What makes it impossible, in one line; nil if nothing does.
  public var problem: String? {
    if let tempo, !(tempo.isFinite && (20...400).contains(tempo)) {
      return "a tempo of \(tempo) is not between 20 and 400"
    }
    if let bars, !(1...64).contains(bars) { return "\(bars) bars are not between 1 and 64" }
    if let timeSignature, !Self.timeSignatures.contains(timeSignature) {
      return "ideas are in \(Self.timeSignatures.map(\.name).joined(separator: " or ")), not in \(timeSignature.name)"
    }
    return nil
  }

  private static let timeSignatures = [TimeSignature.common, TimeSignature(3, 4)]
}
