import Music
import Testing

@Suite struct TrackMorphTests {
  @Test func theEndsAreTheTracksThemselves() {
    let first = ControlTrackTests.counting(5, groups: [.pitch, .loudness])
    let second = ControlTrack(key: Key(tonic: PitchClass(2), mode: .minor), frameCount: 5)
    #expect(first.moved(toward: second, fraction: 0) == first)
    let last = first.moved(toward: second, fraction: 1)
    #expect(last.keeping(.pitch) == second)
    // What only the first has stays, what only the other has does not come.
    #expect(last.keeping(.loudness) == first.keeping(.loudness))
    #expect(second.moved(toward: first, fraction: 0.5).groups == .pitch)
  }

  @Test func pitchGoesInAStraightLine() {
    let first = ControlTrack(note: PitchClass(0), frameCount: 2)
    let moved = first.moved(toward: ControlTrack(note: PitchClass(7), frameCount: 2), fraction: 0.25)
    #expect(moved.strength(of: PitchClass(0), frame: 1) == 0.75 && moved.strength(of: PitchClass(7), frame: 1) == 0.25)
  }

  @Test(arguments: [0.25, 0.5, 0.75])
  func theTempoBetweenTwoIsSteady(fraction: Double) throws {
    let tempo = 90 + fraction * 60
    let moved = ControlTrack(tempo: 90, frameCount: 600)
      .moved(toward: ControlTrack(tempo: 150, frameCount: 600), fraction: fraction)
    let expected = ControlTrack(tempo: tempo, frameCount: 600)
    for frame in 0..<600 {
      // Phases compared on the circle.
      let beat = try #require(moved.beatPhase(frame: frame)) - (try #require(expected.beatPhase(frame: frame)))
      let bar = try #require(moved.barPhase(frame: frame)) - (try #require(expected.barPhase(frame: frame)))
      #expect(abs(beat - beat.rounded()) < 1e-4 && abs(bar - bar.rounded()) < 1e-4, "frame \(frame)")
    }
  }
}
