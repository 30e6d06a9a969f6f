import Audio
package import Music
package import Spectra

/// In what a clip differs from the one that it is made of, and by how much; in all else it is like that one.
public struct VariationRequest: Codable, Sendable, Equatable {
  /// What of a sound can be varied by itself.
  public enum Aspect: String, Codable, CaseIterable, Sendable {
    /// What plays: another noise, with notes, rhythm and level followed.
    case timbre
    /// Which notes are played.
    case notes
    /// When strokes and notes begin.
    case rhythm
    /// How loud it is, and how that changes.
    case level
  }

  public var aspects: [Aspect]
  /// By how much, 0 … 1.
  public var amount: Double
  /// Decides how.
  public var seed: UInt64

  public init(_ aspects: Set<Aspect>, amount: Double, seed: UInt64) {
    (self.amount, self.seed) = (amount, seed)
    self.aspects = Aspect.allCases.filter(aspects.contains)
  }

  /// What makes it impossible, in one line; nil if nothing does.
  var problem: String? {
    amount.isFinite && (0...1).contains(amount) ? nil : "a variation by \(amount) is not between 0 and 1"
  }

  func varies(_ aspect: Aspect) -> Bool { amount > 0 && aspects.contains(aspect) }

  /// A clip with another level, where that is varied.
  func levelled(_ clip: AudioClip) -> AudioClip {
    varies(.level) ? LevelVariation(amount: amount, seed: seed).applied(to: clip) : clip
  }

  /// Frames whose strokes begin at other times, where rhythm is varied.
  /// - Parameter beat: a quarter note in frames; nil where no tempo is known.
  package func retimed(_ frames: SoundFrames, beat: Double?) -> SoundFrames {
    varies(.rhythm) ? RhythmVariation(amount: amount, seed: seed).applied(to: frames, beat: beat) : frames
  }

  /// A track with other notes, where they are varied.
  package func renoted(_ track: ControlTrack) -> ControlTrack {
    varies(.notes) ? NoteVariation(amount: amount, seed: seed).applied(to: track) : track
  }
}

extension VariationRequest.Aspect {
  /// Reads "timbre, notes".
  /// - Throws: `FieldProblem` for anything else.
  package static func list(_ text: String) throws(FieldProblem) -> Set<Self> {
    var found: Set<Self> = []
    for word in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      guard let aspect = Self(rawValue: word.lowercased()) else {
        throw FieldProblem(
          reason: "wants some of \(allCases.map(\.rawValue).joined(separator: ", ")), and \(word) is none of them")
      }
      found.insert(aspect)
    }
    guard !found.isEmpty else {
      throw FieldProblem(reason: "wants some of \(allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return found
  }
}
