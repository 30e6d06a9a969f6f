import Music

/// A way of drumming: how fast, on which kits, and the grooves to choose from.
struct DrumStyle: Sendable {
  /// One groove: a step pattern for each drum.
  typealias Groove = [(voice: DrumVoice, steps: String)]

  let name: String
  /// Other words for the style in captions.
  let aliases: [String]
  let tempos: ClosedRange<Int>
  let timeSignature: TimeSignature
  let swing: Swing
  let kits: [DrumKit]
  /// Whether a fill may end the phrase.
  let takesFills: Bool
  let grooves: [Groove]

  init(
    _ name: String, aliases: [String] = [], tempos: ClosedRange<Int>, timeSignature: TimeSignature = .common,
    swing: Swing = .straight, kits: [DrumKit], takesFills: Bool = true, grooves: [Groove]
  ) {
    self.name = name
    self.aliases = aliases
    self.tempos = tempos
    self.timeSignature = timeSignature
    self.swing = swing
    self.kits = kits
    self.takesFills = takesFills
    self.grooves = grooves
  }

  /// Those of part `phrases`, and of ideas.
  static let all = acoustic + electronic + world

  /// - Precondition: there is such a style; names come from this module's own tables, which a test checks.
  static func named(_ name: String) -> DrumStyle {
    guard let style = all.first(where: { $0.name == name }) else { preconditionFailure("No drum style \(name)") }
    return style
  }
}
