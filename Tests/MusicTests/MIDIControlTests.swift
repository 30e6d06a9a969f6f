import Foundation
import Music
import Testing

@Suite struct MIDIControlTests {
  /// 120 beats a minute for two beats, then 60; 3/4, then 2/4 from the second bar on.
  static let file = MIDIFile(
    tempos: [.init(beat: 0, microsecondsPerQuarter: 500_000), .init(beat: 2, microsecondsPerQuarter: 1_000_000)],
    timeSignatures: [
      .init(beat: 0, timeSignature: TimeSignature(3, 4)), .init(beat: 3, timeSignature: TimeSignature(2, 4)),
    ],
    tracks: [
      .init(notes: [
        NoteEvent(startBeats: 0, durationBeats: 2, key: 60, velocity: 127),
        NoteEvent(startBeats: 2, durationBeats: 1, key: 64, velocity: 64),
        NoteEvent(startBeats: 2, durationBeats: 1, key: 76, velocity: 32),
      ]),
      .init(notes: [NoteEvent(startBeats: 0, durationBeats: 6, key: 38, velocity: 127, channel: 9)]),
    ])

  @Test func tempoMapsGoBothWays() {
    let map = Self.file.tempoMap
    for (beat, seconds) in [(0, 0), (1, 0.5), (2, 1), (3, 2), (7, 6)] as [(Double, Double)] {
      #expect(map.seconds(atBeat: beat) == seconds && Self.file.seconds(atBeat: beat) == seconds)
      #expect(map.beat(atSeconds: seconds) == beat)
    }
    #expect(TempoMap().seconds(atBeat: 3) == 1.5 && TempoMap().beat(atSeconds: 1.5) == 3)
    // Of two changes at once the last counts; one that comes late leaves 120 before it.
    let late = TempoMap([
      .init(beat: 4, microsecondsPerQuarter: 250_000), .init(beat: 4, microsecondsPerQuarter: 1_000_000),
    ])
    #expect(late.seconds(atBeat: 5) == 3 && late.beat(atSeconds: 4) == 6)
  }

  @Test func whatBeginsTogetherHasNoPulse() {
    func hasPulse(_ starts: [Double]) -> Bool {
      let notes = starts.map { NoteEvent(startBeats: $0, durationBeats: 1, key: 60, velocity: 90) }
      return MIDIFile(tracks: notes.map { .init(notes: [$0]) }).hasPulse
    }
    #expect(!hasPulse([]) && !hasPulse([3]) && !hasPulse([1, 1, 1]) && !hasPulse([2, 2.05, 2.1]))
    #expect(hasPulse([0, 0.25]) && hasPulse([4, 0]) && Self.file.hasPulse)
  }

  @Test func notesSoundWithTheirVelocity() {
    let track = ControlTrack(midi: Self.file, frameCount: 40, framesPerSecond: 10)
    #expect(track.groups == [.pitch, .meter, .register])
    let (c, e, d) = (PitchClass(0), PitchClass(4), PitchClass(2))
    for frame in 0..<40 {
      #expect(track.strength(of: c, frame: frame) == (frame <= 10 ? 1 : 0))
      let expected = (10...20).contains(frame) ? Float(0.5 + 64.0 / 254) : 0
      #expect(track.strength(of: e, frame: frame) == expected)
      #expect(track.strength(of: d, frame: frame) == 0)
      // The harder struck of two notes of one name; each in its octave.
      let octaves = (0..<9).map { track.strength(ofOctave: $0, frame: frame) }
      let fourth = max(frame <= 10 ? 1 : 0, expected)
      let fifth = (10...20).contains(frame) ? Float(0.5 + 32.0 / 254) : 0
      #expect(octaves == [0, 0, 0, 0, fourth, fifth, 0, 0, 0])
    }
  }

  @Test func notesFadeAfterTheirEnd() {
    let file = MIDIFile(tracks: [.init(notes: [NoteEvent(startBeats: 0, durationBeats: 1, key: 69, velocity: 127)])])
    let track = ControlTrack(midi: file, frameCount: 1000, framesPerSecond: 1000)
    let values = [499, 500, 525, 549, 551].map { track.strength(of: PitchClass(9), frame: $0) }
    for (value, expected) in zip(values, [1, 1, 0.5, 0.02, 0] as [Float]) { #expect(abs(value - expected) < 1e-4) }
  }

  @Test func thePedalHoldsNotes() {
    let file = MIDIFile(
      tracks: [
        .init(
          controls: [
            .init(beat: 0.5, channel: 0, controller: 64, value: 127),
            .init(beat: 4, channel: 0, controller: 64, value: 0),
            .init(beat: 5, channel: 1, controller: 64, value: 127),
          ],
          notes: [
            NoteEvent(startBeats: 0, durationBeats: 1, key: 60, velocity: 127),
            NoteEvent(startBeats: 4.5, durationBeats: 0.5, key: 62, velocity: 127),
            NoteEvent(startBeats: 4.5, durationBeats: 1, key: 64, velocity: 127, channel: 1),
            NoteEvent(startBeats: 0, durationBeats: 0.25, key: 66, velocity: 127),
          ])
      ], lengthBeats: 8)
    let track = ControlTrack(midi: file, frameCount: 60, framesPerSecond: 10)
    func frames(_ pitch: Int) -> [Int] { (0..<60).filter { track.strength(of: PitchClass(pitch), frame: $0) > 0.9 } }
    #expect(frames(0) == Array(0...20))
    #expect(frames(2) == Array(23...25))
    #expect(frames(4) == Array(23...40))
    #expect(frames(6) == [0, 1])
  }

  @Test func theShortestNoteIsHeard() {
    let file = MIDIFile(tracks: [.init(notes: [NoteEvent(startBeats: 1, durationBeats: 0, key: 69, velocity: 127)])])
    let track = ControlTrack(midi: file, frameCount: 20, framesPerSecond: 7)
    #expect((0..<20).filter { track.strength(of: PitchClass(9), frame: $0) == 1 } == [4])
  }

  @Test func barsFollowTempoAndTimeSignature() throws {
    let frames = ControlTrack(midi: Self.file, frameCount: 50, framesPerSecond: 10)
    for (frame, bar, beat) in [
      (0, 0, 0), (5, 1.0 / 3, 0), (10, 2.0 / 3, 0), (15, 2.5 / 3, 0.5), (20, 0, 0), (30, 0.5, 0), (35, 0.75, 0.5),
      (40, 0, 0),
    ] as [(Int, Double, Double)] {
      #expect(abs(frames.barPhase(frame: frame)! - bar) < 1e-6)
      #expect(abs(frames.beatPhase(frame: frame)! - beat) < 1e-6)
    }
    // The same through bytes, in either format.
    var single = Self.file
    single.format = .single
    for file in [Self.file, single] {
      #expect(ControlTrack(midi: try MIDIFile(bytes: file.encoded()), frameCount: 50, framesPerSecond: 10) == frames)
    }
  }

  @Test func anEmptyFileIsSilentInCommonTime() {
    let track = ControlTrack(midi: MIDIFile(), frameCount: 30)
    #expect(
      track
        == ControlTrack(tempo: 120, frameCount: 30).merging(
          ControlTrack(values: [Float](repeating: 0, count: 810), groups: [.pitch, .register])))
  }
}
