import Foundation
import Music
import Synthesis
import Testing

@Suite("Control tracks of requests")
struct ControlRequestTrackTests {
  private let model: SmallModel

  init() throws { model = try SmallModel() }

  private func controls(_ change: (inout ControlRequest) -> Void) -> ControlRequest {
    var controls = ControlRequest()
    change(&controls)
    return controls
  }

  @Test("The track says what was asked for, and no more")
  func tracks() throws {
    let chords = try controls { ($0.chords, $0.beatsPerChord) = ("Am | F", 2) }
      .track(frameCount: 200, framesPerSecond: 50)
    #expect(chords.groups == .pitch)
    // Without a tempo 120 is meant: bars of 2 s.
    #expect(chords.strength(of: PitchClass(9), frame: 50) == 1 && chords.strength(of: PitchClass(5), frame: 50) == 0)
    #expect(chords.strength(of: PitchClass(5), frame: 150) == 1)
    let both = try controls { ($0.chords, $0.key, $0.tempo) = ("i VI", "A minor", 60) }
      .track(frameCount: 400, framesPerSecond: 50)
    #expect(both.groups == [.pitch, .meter])
    #expect(both.strength(of: PitchClass(9), frame: 100) == 1 && both.strength(of: PitchClass(5), frame: 250) == 1)
    #expect(try #require(both.beatPhase(frame: 25)).isApproximately(0.5))
    #expect(try controls { $0.tempo = 90 }.track(frameCount: 9, framesPerSecond: 50).groups == .meter)
  }

  @Test("A MIDI file says its beats only if its notes tell them; a tempo beside it is kept")
  func pulse() throws {
    func groups(_ starts: [Double], tempo: Double? = nil) throws -> ControlTrack.Groups {
      let notes = starts.map { NoteEvent(startBeats: $0, durationBeats: 1, key: 60, velocity: 90) }
      let url = model.folder.appendingPathComponent("notes.mid")
      try MIDIFile(tracks: [.init(notes: notes)]).write(to: url)
      let file = try ControlFile(path: url.path)
      return try controls { ($0.midi, $0.tempo) = (file, tempo) }.track(frameCount: 50, framesPerSecond: 50).groups
    }
    #expect(try groups([0, 1]) == [.pitch, .register, .meter])
    #expect(try groups([0, 0]) == [.pitch, .register])
    #expect(try groups([0], tempo: 90) == [.pitch, .register, .meter])
  }
}

extension Double {
  fileprivate func isApproximately(_ other: Double) -> Bool { abs(self - other) < 1e-4 }
}
