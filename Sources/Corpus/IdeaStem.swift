public import Music

/// What one player of a band plays in an idea.
public struct IdeaStem: Sendable, Equatable {
  public enum Role: String, Sendable, CaseIterable {
    case drums, bass, chords, lead
  }

  public let role: Role
  /// What it should sound like: an instrument, or a kit's style.
  public let prompt: String
  /// On the idea's grid, swung as its style wants it.
  public internal(set) var notes: [NoteEvent]
  /// The General MIDI program, counted from 0.
  public let program: Int

  /// Its notes on a track of their own.
  public var track: MIDIFile.Track {
    .init(
      name: role.rawValue, programs: [.init(channel: notes.first?.channel ?? 0, program: program)], notes: notes)
  }
}
