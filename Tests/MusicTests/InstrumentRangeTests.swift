import Music
import Testing

@Suite("What instruments can play")
struct InstrumentRangeTests {
  @Test("The instruments that a prompt names are found, the longest name first")
  func names() {
    #expect(InstrumentRange.keys(of: "a solo violin melody, legato") == 55...93)
    #expect(InstrumentRange.keys(of: "Two VIOLINS") == 55...93)
    #expect(InstrumentRange.keys(of: "upright bass line") == 28...55)
    #expect(InstrumentRange.keys(of: "bass clarinet") == 38...77)
    #expect(InstrumentRange.keys(of: "pan-flute in the Andes") == 60...88)
    #expect(InstrumentRange.keys(of: "violin and cello") == 36...93)
    #expect(InstrumentRange.keys(of: "something that hums") == nil)
    #expect(InstrumentRange.keys(of: "") == nil)
  }

  /// A line of keys, 10 frames each, as it is heard in a recording.
  private func line(_ keys: [Int]) -> ControlTrack {
    let notes = keys.enumerated().map { index, key in
      NoteEvent(startBeats: Double(index), durationBeats: 1, key: key, velocity: 100, channel: 0)
    }
    let midi = MIDIFile(tracks: [MIDIFile.Track(notes: notes)])
    return ControlTrack(midi: midi, frameCount: keys.count * 28)
  }

  @Test(
    "A line is moved by octaves into a range that it lies outside of, and else stays",
    arguments: [
      ([60, 62, 64, 60], 55...93, 0), ([48, 50, 52, 48], 55...93, 1), ([36, 38, 40, 36], 55...93, 2),
      ([72, 76, 79, 84], 28...55, -3), ([60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 54], 55...93, 0),
    ])
  func octaves(keys: [Int], range: ClosedRange<Int>, octaves: Int) {
    #expect(line(keys).octaves(into: range) == octaves)
  }

  @Test("What is moved lies in other octaves, and what would leave all of them stays in the last")
  func moving() {
    let track = line([60])
    #expect(track.strength(ofOctave: 4, frame: 5) > 0.5)
    #expect(track.moved(octaves: 2).strength(ofOctave: 6, frame: 5) == track.strength(ofOctave: 4, frame: 5))
    #expect(track.moved(octaves: 2).strength(ofOctave: 4, frame: 5) == 0)
    #expect(track.moved(octaves: 9).strength(ofOctave: 8, frame: 5) > 0.5)
    #expect(track.moved(octaves: 0) == track)
    let silent = ControlTrack(frameCount: 10)
    #expect(silent.octaves(into: 55...93) == 0 && silent.moved(octaves: 1) == silent)
  }

  @Test("Nothing is played in what dies away, and its beats go on")
  func dyingAway() {
    let notes = line([60, 62, 64, 65])
    let loud = (0..<notes.frameCount).flatMap { _ in
      (0..<ControlTrack.valueCount).map { $0 == 12 ? Float(0.8) : 0 }
    }
    let track = notes.merging(ControlTrack(values: loud, groups: .loudness))
    let ended = track.dyingAway(from: 56)
    #expect(ended.frameCount == track.frameCount)
    for frame in 0..<56 { #expect(ended[frame].elementsEqual(track[frame])) }
    for frame in 56..<112 {
      #expect((0..<12).allSatisfy { ended.strength(of: PitchClass($0), frame: frame) == 0 })
      #expect(ended.loudness(frame: frame) < ended.loudness(frame: frame - 1))
    }
    #expect(ended.loudness(frame: 111) == 0)
    let (beat, wanted) = (ended.beatPhase(frame: 80), track.beatPhase(frame: 80))
    #expect(abs((beat ?? 0) - (wanted ?? 1)) < 0.05)
    #expect(track.dyingAway(from: 112) == track)
  }
}

@Suite("One sound, or a phrase")
struct OneShotTests {
  @Test(arguments: [
    "snare drum one-shot sample", "closed hi-hat, single hit", "a short note on a piccolo", "soft bass, C2 note",
    "orchestra hit", "brass stab", "a single C major chord on a piano", "one hit of a kick drum", "808 oneshot",
    "one bright gong sound",
  ])
  func oneShots(prompt: String) { #expect(PromptMusic.namesOneShot(prompt)) }

  @Test(arguments: [
    "rock drum beat, 120 bpm", "solo violin melody", "warm electric piano chords in A minor", "single-coil guitar riff",
    "short guitar riff", "one man band", "church organ", "synth pad", "whole notes on strings",
  ])
  func phrases(prompt: String) { #expect(!PromptMusic.namesOneShot(prompt)) }
}
