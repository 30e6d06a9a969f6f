import Denoising
import Foundation
import Music
import Synthesis
import Tensors
import Testing
import Training

@Suite("Controls in training")
struct ControlLessonsTests {
  private let samples: SampleFolder

  init() throws { samples = try SampleFolder() }

  private func dataset() throws -> Dataset {
    try Dataset.prepare(directory: samples.url, cache: samples.file("cache")) { CountingEncoder.embedding(of: $0) }
  }

  @Test("Groups are shown as often as the plan says, independently, and smoothing likewise")
  func shares() {
    let lessons = ControlLessons()
    let draws = (0..<4000).map { lessons.draw(from: RandomSource(seed: 1).split(UInt64($0))) }
    func share(_ condition: (ControlLessons.Draw) -> Bool) -> Double {
      Double(draws.count(where: condition)) / Double(draws.count)
    }
    let shown = Double((1 - lessons.absence) * (1 - lessons.dropout))
    for group in ControlTrack.Groups.each { #expect(abs(share { $0.groups.contains(group) } - shown) < 0.03) }
    let pair = Double((1 - lessons.absence) * (1 - lessons.dropout) * (1 - lessons.dropout))
    #expect(abs(share { $0.groups.isSuperset(of: [.pitch, .meter]) } - pair) < 0.03)
    #expect(abs(share { $0.smoothingSeconds > 0 } - Double(lessons.smoothing)) < 0.03)
    #expect(draws.allSatisfy { $0.smoothingSeconds <= Double(lessons.longestSmoothing) })
    #expect(abs(share { $0.averagesPitch } - Double(lessons.averaging)) < 0.03)
    #expect(lessons.draw(from: RandomSource(seed: 1).split(7)) == draws[7])
  }

  @Test("Any folder has tracks: pitch, register, loudness and brightness of the audio itself")
  func fromAudio() throws {
    try samples.writeTone("a.wav", hertz: 440, seconds: 0.5)
    let data = try dataset()
    let track = data.controls(0, from: 4, count: 60)
    #expect(track.groups == [.pitch, .loudness, .brightness, .register] && track.frameCount == 60)
    #expect(track.strength(ofOctave: 4, frame: 10) > 0.5 && track.strength(ofOctave: 5, frame: 10) < 0.5)
    #expect(track.strength(of: PitchClass(9), frame: 10) > 0.5 && track.loudness(frame: 10) > 0.5)
    // Beyond the end of the clip nothing sounds.
    #expect(track[50].allSatisfy { $0 == 0 })
  }

  @Test("Labels name the tempo, and a MIDI file beside the clip its notes")
  func fromLabels() throws {
    try samples.writeTone("a.wav", hertz: 440, seconds: 0.5)
    try samples.writeTone("b.wav", hertz: 440, seconds: 0.5)
    try samples.writeTone("c.wav", hertz: 440, seconds: 0.5)
    try samples.writeTone("d.wav", hertz: 440, seconds: 0.5)
    try samples.write(
      """
      {"file_name":"a.wav","text":"a","tempo":120,"timeSignature":"3/4"}
      {"file_name":"b.wav","text":"b","tempo":120,"midi":"b.mid"}
      {"file_name":"c.wav","text":"c","midi":"../b.mid"}
      {"file_name":"d.wav","text":"d","labels":{"tempo":60,"timeSignature":"3/4","text":"not the caption"}}

      """, to: "metadata.jsonl")
    let notes = [NoteEvent(startBeats: 0, durationBeats: 4, key: 61, velocity: 100)]
    var midi = MIDIFile(tracks: [MIDIFile.Track(notes: notes)])
    midi.tempos = [MIDIFile.TempoChange(beat: 0, microsecondsPerQuarter: 500_000)]
    try midi.write(to: samples.file("b.mid"))
    let data = try dataset()
    let tracks = (0..<4).map { data.controls($0, from: 0, count: 20) }
    #expect(tracks.map { $0.groups.contains(.meter) } == [true, true, false, true])
    // As hiss corpus writes them, labels lie in an object of that name.
    #expect(data.clips[3].caption == "d" && abs((tracks[3].beatPhase(frame: 10) ?? 0) - 10 * 768 / 44_100) < 0.01)
    #expect(tracks[1].strength(of: PitchClass(1), frame: 5) > 0.5)
    #expect(tracks[1].strength(of: PitchClass(9), frame: 5) == 0)
    #expect(tracks[1].strength(ofOctave: 4, frame: 5) > 0.5)
    // A path out of the folder is no name of a file beside the clip.
    #expect(tracks[2].strength(of: PitchClass(9), frame: 5) > 0.5)
  }

  @Test("A training shows them: its steps differ from those of a training without, and do not depend on threads")
  func training() throws {
    let training = try SmallTraining()
    func weights(_ change: (inout ControlLessons) -> Void = { _ in }, threads: Int = 1) -> [Float] {
      var plan = SmallTraining.plan
      change(&plan.controls)
      let trainer = training.trainer(plan, threads: threads)
      for _ in 0..<3 { _ = trainer.advance() }
      return trainer.network.parameters.first { $0.name == "input.controls.weight" }?.value.values ?? []
    }
    let learned = weights { $0.absence = 0 }
    #expect(learned.contains { $0 != 0 })
    #expect(weights({ $0.absence = 0 }, threads: 3) == learned)
    #expect(weights { $0.absence = 1 }.allSatisfy { $0 == 0 })
  }
}
