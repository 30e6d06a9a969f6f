import Music
import Testing

@Suite struct KeyTrackTests {
  private func strengths(_ name: String) throws -> [Float] {
    let key = try #require(Key(name: name))
    let track = ControlTrack(key: key, frameCount: 3, framesPerSecond: 50)
    #expect(track.groups == .pitch && track.framesPerSecond == 50)
    #expect(Array(track[0]) == Array(track[1]))
    // What training shows as a key: nothing of it changes when the mean is taken.
    #expect(zip(track.withMeanPitch.values, track.values).allSatisfy { abs($0 - $1) < 1e-6 })
    return (0..<12).map { track.strength(of: PitchClass($0), frame: 2) }
  }

  @Test(arguments: Key.Mode.allCases)
  func theTonicIsStrongestAndTheScaleIsKept(mode: Key.Mode) throws {
    let key = Key(tonic: PitchClass(9), mode: mode)
    let strengths = try strengths(key.name)
    #expect(strengths.max() == strengths[9])
    let fifth = strengths[4]
    for pitch in 0..<12 where !key.contains(PitchClass(pitch)) {
      // A dominant's leading tone, a blue third, but never much of what the scale lacks.
      #expect(strengths[pitch] < 0.05 && strengths[pitch] < fifth / 5)
    }
    // Every mode is told from major or minor by its thirds.
    let (minor, major) = (strengths[0], strengths[1])
    #expect(mode.hasMinorThird ? minor > 2 * major : major > 2 * minor)
    // Clips have between half a note and two notes and a half at a time.
    #expect((0.5...2.5).contains(strengths.reduce(0, +)))
  }

  @Test func aKeyIsMovedByItsTonic() throws {
    let (c, d) = (try strengths("C minor"), try strengths("D minor"))
    #expect(c == (0..<12).map { d[($0 + 2) % 12] })
    #expect(c != (try strengths("C major")) && c != d)
  }

  @Test func aNoteIsNothingButItself() {
    let track = ControlTrack(note: PitchClass(6), frameCount: 2)
    #expect(track.groups == .pitch)
    #expect((0..<12).map { track.strength(of: PitchClass($0), frame: 1) } == (0..<12).map { $0 == 6 ? 1 : 0 })
    #expect(ControlTrack(note: PitchClass(0), frameCount: 0).frameCount == 0)
  }

  @Test func aKeyOfThePianoHasItsOctave() {
    for (key, octave) in [(60, 4), (59, 3), (12, 0), (0, 0), (119, 8), (127, 8)] {
      let track = ControlTrack(key: key, frameCount: 2)
      #expect(track.groups == [.pitch, .register])
      #expect(track.keeping(.pitch) == ControlTrack(note: PitchClass(key), frameCount: 2))
      #expect((0..<9).map { track.strength(ofOctave: $0, frame: 1) } == (0..<9).map { $0 == octave ? 1 : 0 })
      #expect(track.withMeanPitch == track)
    }
  }

  @Test(arguments: [("C4", 60), ("F#2", 42), ("bb0", 22), ("Cb5", 71), ("B#4", 72), ("G♭3", 54)])
  func notesWithOctavesAreKeys(name: String, key: Int) { #expect(PitchClass.key(ofNoteName: name) == key) }

  @Test(arguments: ["", "C", "H4", "C44", "C-1", "Cm", "4"])
  func othersAreNoKeys(name: String) { #expect(PitchClass.key(ofNoteName: name) == nil) }

  @Test(arguments: [("C4", 0), ("F#2", 6), ("bb", 10), ("Cb5", 11), ("G", 7)])
  func notesAreRead(name: String, value: Int) { #expect(PitchClass(noteName: name)?.value == value) }

  @Test(arguments: ["", "H4", "C44", "C-1", "Cm", "4"])
  func othersAreNone(name: String) { #expect(PitchClass(noteName: name) == nil) }
}
