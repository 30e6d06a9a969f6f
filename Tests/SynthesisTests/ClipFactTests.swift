import Audio
import Foundation
import Music
import Synthesis
import Testing

/// What a clip's file says follows from what was asked for, and is true of the file's length.
@Suite("What a clip's file says")
struct ClipFactTests {
  private func facts(
    _ prompt: String, seconds: Double? = nil, file: FileRequest = FileRequest(),
    _ fill: (inout RequestDraft) -> Void = { _ in }
  ) throws -> SoundFacts? {
    var draft = RequestDraft()
    draft.prompt = prompt
    fill(&draft)
    let request = try draft.resolve().request
    let tags = ClipTags(
      hiss: "0.1.0", model: "m", modelHash: "h", sampleRate: 44_100, request: request, file: file)
    let frames = Int(((seconds ?? request.seconds) * 44_100).rounded())
    return tags.facts(of: AudioClip(mono: Array(repeating: 0, count: frames), sampleRate: 44_100))
  }

  @Test func aLoopOfBarsHasItsBeats() throws {
    let told = try #require(
      try facts("drum loop in F# minor, 97 bpm") { ($0.bars, $0.isLoop) = (4, true) })
    #expect(told.isLoop && told.tempo == 97 && told.beats == 16 && told.key == .init(tonic: 6, symbol: "F#m"))
    #expect(told.note == nil && told.source == .trainedAlgorithmicMedia && told.cues.isEmpty)
    #expect(told.origin?.description == "drum loop in F# minor, 97 bpm" && told.origin?.program == "Hiss 0.1.0")
    let waltz = try facts("waltz, 90 bpm") { $0.bars = 2 }
    #expect(waltz?.beats == 6 && waltz?.meter == .init(3, 4))
  }

  @Test("A length that is not of whole beats claims none", arguments: [4.3, 4.01, 0.2])
  func brokenBeats(seconds: Double) throws {
    let told = try #require(try facts("drums, 120 bpm") { ($0.duration, $0.isLoop) = (seconds, true) })
    #expect(told.tempo == 120 && told.beats == nil && told.isLoop)
  }

  @Test func whatTheFileHoldsCountsAndNotWhatWasAsked() throws {
    #expect(try facts("drums, 120 bpm") { $0.duration = 4 }?.beats == 8)
    // A tail, silence that was cut off, a beat that does not begin with the clip.
    #expect(try facts("drums, 120 bpm") { ($0.duration, $0.tail) = (4, 1.3) }?.beats == nil)
    #expect(try facts("drums, 120 bpm", seconds: 3.1) { $0.duration = 4 }?.beats == nil)
    #expect(try facts("drums, 120 bpm") { ($0.duration, $0.controls.firstBeat) = (4, 0.2) }?.beats == nil)
    #expect(try facts("drums, 120 bpm") { ($0.duration, $0.controls.firstBeat) = (4, 0.5) }?.beats == 8)
    #expect(try facts("drums") { $0.duration = 4 }?.beats == nil)
  }

  @Test("How far a note is off is measured, but for files of earlier revisions")
  func cents() throws {
    func tone(_ cents: Double) -> [Float] {
      (0..<44_100).map { Float(0.5 * sin(2 * .pi * 440 * exp2(cents / 1200) * Double($0) / 44_100)) }
    }
    let samples = tone(12)
    var clip = AudioClip(mono: samples, sampleRate: 44_100)
    var request = GenerationRequest(prompt: "piano")
    func note(_ name: String?, revision: Int? = FileRevision.current) -> SoundFacts.Note? {
      var controls = ControlRequest()
      controls.note = name
      request.controls = controls
      var file = FileRequest()
      file.revision = revision
      return ClipTags(
        hiss: "1", model: "m", modelHash: "0", sampleRate: 44_100, request: request, file: file
      ).facts(of: clip)?.note
    }
    let measured = try #require(note("A4"))
    #expect(measured.key == 69 && abs(measured.cents - 12) < 1)
    #expect(note("A4", revision: 2) == .init(key: 69))
    // Of revision 3 where it is loudest.
    clip = AudioClip(mono: samples.map { 0.6 * $0 } + tone(40).prefix(11_000), sampleRate: 44_100)
    #expect(try #require(note("A4")).cents < 15)
    #expect(try #require(note("A4", revision: 3)).cents > 35)
    // What sounds is no such note.
    #expect(note("C4") == .init(key: 60))
    #expect(note(nil) == nil)
  }

  @Test func aNoteIsRootOnlyWhereItsOctaveIsAskedFor() throws {
    #expect(try facts("piano, C4 note")?.note == .init(key: 60))
    #expect(try facts("piano") { $0.controls.note = "Bb2" }?.note == .init(key: 46))
    let open = try facts("piano") { $0.controls.note = "Bb" }
    #expect(open?.note == nil && open?.pitchClass == 10)
    #expect(try facts("piano, chords Am F")?.note == nil)
    #expect(try facts("piano in D dorian")?.key == .init(tonic: 2, symbol: nil))
  }

  @Test func cuesLieOnBeatsAndBars() throws {
    func cues(_ wanted: FileRequest.Cues, _ fill: (inout RequestDraft) -> Void) throws -> [SoundFacts.Cue]? {
      try facts("drums, 120 bpm", file: FileRequest(cues: wanted), fill)?.cues
    }
    let beats = try cues(.beats) { $0.duration = 2.2 }
    #expect(beats?.map(\.frame) == [0, 22_050, 44_100, 66_150, 88_200])
    #expect(beats?.map(\.label) == ["1.1", "1.2", "1.3", "1.4", "2.1"])
    #expect(try cues(.bars) { $0.duration = 4 } == [.init(frame: 0, label: "1"), .init(frame: 88_200, label: "2")])
    let waltz = try cues(.bars) { ($0.duration, $0.controls.timeSignature) = (4, "6/8") }
    #expect(waltz?.map(\.frame) == [0, 66_150, 132_300])
    let late = try cues(.beats) { ($0.duration, $0.controls.firstBeat) = (2, 0.7) }
    #expect(
      late?.map(\.frame) == [8820, 30_870, 52_920, 74_970] && late?.map(\.label) == ["1.4", "2.1", "2.2", "2.3"])
    #expect(try facts("pad", file: FileRequest(cues: .beats))?.cues == [])
  }

  @Test("Plain files and those of the first revision say nothing")
  func nothing() throws {
    #expect(try facts("pad", file: FileRequest(isPlain: true)) == nil)
    var first = FileRequest()
    first.revision = nil
    #expect(try facts("pad", file: first) == nil)
  }

  @Test func tagsKeepTheFileAndOldOnesHaveTheFirstRevision() throws {
    let request = GenerationRequest(prompt: "pad")
    var tags = ClipTags(
      hiss: "1", model: "m", modelHash: "h", sampleRate: 44_100, request: request, file: FileRequest(cues: .bars))
    #expect(tags.json.contains(#""cues":"bars","fileRevision":2,"#))
    #expect(ClipTags(AudioTags(comment: tags.json)) == tags && tags.problem == nil)
    let old = tags.json.replacing(#""cues":"bars","fileRevision":2,"#, with: "")
    let read = try #require(ClipTags(AudioTags(comment: old)))
    #expect(read.file.revision == nil && read.file.cues == nil && read.json == old && read.problem == nil)
    tags.file.revision = 99
    #expect(tags.problem == "revision 99 of the file is not known: a newer Hiss wrote this")
  }
}
