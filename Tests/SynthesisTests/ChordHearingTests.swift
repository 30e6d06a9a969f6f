import Music
import Synthesis
import Testing

@Suite("Chords of a part that are heard")
struct ChordHearingTests {
  /// A track of chords, by their keys and their beats, of half a second each.
  private func track(_ chords: [(keys: [Int], beats: Double)]) -> ControlTrack {
    var (notes, beat) = ([NoteEvent](), 0.0)
    for chord in chords {
      notes += chord.keys.map {
        NoteEvent(startBeats: beat, durationBeats: chord.beats - 0.2, key: $0, velocity: 127)
      }
      beat += chord.beats
    }
    return ControlTrack(
      midi: MIDIFile(tracks: [MIDIFile.Track(notes: notes)]),
      frameCount: Int(beat * 0.5 * ControlTrack.framesPerSecond))
  }

  @Test("The chord that is heard worst is what tells")
  func worst() {
    let asked = track([
      ([60, 64, 67], 2), ([], 1), ([60, 64, 67], 2), ([65, 69, 72], 2), ([62], 2), ([67, 71], 0.5),
    ])
    let hearing = ChordHearing(asked)
    #expect(!hearing.isEmpty && hearing.likeness(in: asked) > 0.95, "\(hearing.likeness(in: asked))")
    // The second is heard as the first, of which it has one tone.
    let other = track([
      ([60, 64, 67], 2), ([], 1), ([60, 64, 67], 2), ([60, 64, 67], 2), ([62], 2), ([61, 63], 0.5),
    ])
    #expect(abs(hearing.likeness(in: other) - 1.0 / 3) < 0.05, "\(hearing.likeness(in: other))")
    // Of what is silent nothing is told.
    #expect(hearing.likeness(in: ControlTrack(frameCount: asked.frameCount)) == 1)
  }

  @Test("Tones that are missing count as tones that are wrong do")
  func missing() {
    let hearing = ChordHearing(track([([60, 64, 67, 71], 4)]))
    let thin = hearing.likeness(in: track([([60, 64], 4)]))
    #expect(abs(thin - 0.5.squareRoot()) < 0.05, "\(thin)")
    let wrong = hearing.likeness(in: track([([60, 64, 67, 71, 61, 63, 65, 66], 4)]))
    #expect(abs(wrong - 0.5.squareRoot()) < 0.05, "\(wrong)")
  }

  @Test("A line, and what asks for no notes, have none")
  func none() {
    #expect(ChordHearing(nil).isEmpty && ChordHearing(ControlTrack(frameCount: 40)).isEmpty)
    #expect(ChordHearing(track([([60], 2), ([64], 2), ([64, 67], 0.5)])).isEmpty)
  }
}
