import Evaluation
import Foundation
import Music
import Testing
import Training

@Suite("Asked and got")
struct ObedienceTests {
  private func chords(_ names: String) throws -> ControlTrack {
    ControlTrack(
      chords: try ChordChart(names), tempo: 120, timeSignature: .common, frameCount: 230,
      framesPerSecond: ControlTrack.framesPerSecond)
  }

  private func measure(_ asked: ControlTrack, _ heard: ControlTrack, _ tempo: Double? = nil) -> ClipObedience {
    ClipObedience(asked: asked, heard: heard, tempoAsked: nil, tempoHeard: tempo)
  }

  @Test func pitch() throws {
    let asked = try chords("C F")
    let same = measure(asked, asked)
    #expect(same.pitchShare == 1)
    #expect(abs((same.chromaCorrelation ?? 0) - 1) < 1e-9)
    // C E G against C# F G#: F is a note of neither C nor, in its half, heard where F A C is asked for; the chroma differs.
    let wrong = measure(asked, try chords("C# F#"))
    #expect((wrong.pitchShare ?? 1) < 0.35)
    #expect((wrong.chromaCorrelation ?? 1) < 0)
    // A minor shares two of its three notes with C major.
    let near = measure(try chords("C"), try chords("Am"))
    #expect(abs((near.pitchShare ?? 0) - 2.0 / 3) < 0.05)
  }

  @Test func octaves() {
    let asked = ControlTrack(key: 60, frameCount: 20)
    func share(_ key: Int) -> ClipObedience { measure(asked, ControlTrack(key: key, frameCount: 20)) }
    #expect(share(60).octaveShare == 1 && share(67).octaveShare == 1 && share(67).pitchShare == 0)
    #expect(share(72).octaveShare == 0 && share(72).pitchShare == 1)
    #expect(measure(asked.keeping(.pitch), asked).octaveShare == nil)
    #expect(measure(asked, ControlTrack(frameCount: 20)).octaveShare == 0)
  }

  @Test func silenceDisobeys() throws {
    let asked = try chords("C F")
    let silent = measure(asked, ControlTrack(frameCount: 230))
    #expect(silent.pitchShare == 0 && silent.chromaCorrelation == 0)
    // What asks for no pitch, as drums do, is not measured.
    let drums = measure(ControlTrack(frameCount: 230), asked)
    #expect(drums.pitchShare == nil && drums.chromaCorrelation == nil && drums.loudnessCorrelation == nil)
  }

  @Test func loudness() {
    let analysis = ControlAnalysis()
    let line = [220.0, 277.2, 329.6, 440]
    let asked = analysis.analyze(Sounds.melody(line), hearsPitch: false)
    let softer = analysis.analyze(Sounds.melody(line, gain: 0.3), hearsPitch: false)
    let late = analysis.analyze(Sounds.melody(line, start: 1.5), hearsPitch: false)
    #expect((measure(asked, softer).loudnessCorrelation ?? 0) > 0.9)
    #expect((measure(asked, late).loudnessCorrelation ?? 1) < 0)
  }

  @Test func askedTempo() {
    func clip(_ caption: String, _ labels: [String: String]) -> CaptionedClip {
      CaptionedClip(audio: URL(fileURLWithPath: "/a.wav"), name: "a.wav", captions: [caption], labels: labels)
    }
    #expect(clip("a loop, 97 bpm", [:]).askedTempo(groups: []) == 97)
    #expect(clip("a loop", ["tempo": "90"]).askedTempo(groups: []) == nil)
    #expect(clip("a loop", ["tempo": "90"]).askedTempo(groups: .meter) == 90)
    #expect(clip("a loop", ["labels": "[1]"]).askedTempo(groups: .all) == nil)
    #expect(clip("a loop", ["tempo": "0"]).askedTempo(groups: .all) == nil)
  }
}
