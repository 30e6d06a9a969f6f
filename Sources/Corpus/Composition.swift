import Music

/// A phrase as composed: who plays what, over which chords, and the facts that its caption may tell.
struct Composition: Sendable {
  enum Player: Sendable, Equatable {
    case instrument(Instrument, program: Int)
    case kit(DrumKit)
  }

  enum Role: String, Sendable {
    case solo, drums, bass, chords, lead
  }

  struct Part: Sendable {
    var player: Player
    var role: Role
    var notes: [NoteEvent]
  }

  enum Dynamics: String, Codable, Sendable, CaseIterable {
    case soft, medium, loud

    /// The velocity that humanising varies around.
    var velocity: Int {
      switch self {
      case .soft: 46
      case .medium: 84
      case .loud: 114
      }
    }

    /// Where rendering brings the level of the sounding parts, in dBFS.
    var targetDecibels: Float {
      switch self {
      case .soft: -28
      case .medium: -21
      case .loud: -16
      }
    }
  }

  enum Articulation: String, Codable, Sendable {
    case staccato, legato

    /// The share of its written length that a note sounds for.
    var gate: Double { self == .staccato ? 0.4 : 1 }
  }

  var kind: PhraseKind
  var frame: PhraseFrame
  var parts: [Part]
  var dynamics = Dynamics.medium
  var key: Key?
  /// The chords that sound; empty where nothing says them out loud.
  var chords: [ChordSpan] = []
  var articulation: Articulation?
  var style: String?
  /// What the notes do, in words that fit before the kind's noun: "rising", "walking", "syncopated".
  var figure: String?
  /// What it was drawn from.
  var repertoire = Repertoire.first
  /// How it is put before two ears; nil where that is left to the synthesizer.
  var staging: Staging?
  /// The synthesizer's sound, where one plays; its instrument is the first part's.
  var patch: SynthPatch?
  /// A drum hit's or a percussion loop's instrument.
  var drum: DrumVoice?
  /// Whether bars and tempo mean something to the listener: not for a lone note.
  var hasPulse: Bool { ![.note, .chord, .drumHit].contains(kind) }

  /// Exact length; a lone note's frame need not be whole bars.
  var lengthBeats: Double
  var seconds: Double { lengthBeats * frame.secondsPerBeat }

  init(kind: PhraseKind, frame: PhraseFrame, parts: [Part], lengthBeats: Double? = nil) {
    self.kind = kind
    self.frame = frame
    self.parts = parts
    self.lengthBeats = lengthBeats ?? frame.lengthBeats
  }

  /// The first part's instrument, where it is a melodic one.
  var instrument: Instrument? {
    guard case .instrument(let instrument, _)? = parts.first?.player else { return nil }
    return instrument
  }
}
