import Audio
import Foundation
import Music
import Synthesis
import Testing

@Suite("Ends and levels of clips")
struct FinishTests {
  private let model: SmallModel
  private let source: URL
  private let original: [Float]
  private let recording: ChordRecording

  init() throws {
    model = try SmallModel()
    recording = try ChordRecording(beside: model)
    (source, original) = (recording.url, recording.samples)
  }

  private func made(_ change: (inout GenerationRequest) throws -> Void) throws -> [Float] {
    var request = GenerationRequest(prompt: "piano", duration: 0.8, steps: 4, seed: 3, vocoderIterations: 4)
    try change(&request)
    #expect(request.problem == nil)
    return try model.synthesizer(threads: 1).generate([request])[0].samples
  }

  private func edit(_ change: (inout EditRequest) -> Void) throws -> EditRequest { try recording.edit(change) }

  /// −60 dBFS.
  private let quiet: Float = 1e-3

  @Test("What is made fades at both ends, and is else what it was in the first revision")
  func ends() throws {
    let clip = try made { _ in }
    let first = try made { $0.revision = nil }
    #expect(abs(clip[0]) < quiet && abs(clip[6399]) < quiet)
    #expect(abs(first[6399]) > quiet)
    #expect(clip[40..<6160] == first[40..<6160] && clip != first)
  }

  @Test("A loop has no ends")
  func loop() throws {
    let clips = try [3, 2, nil].map { revision in
      try made { request in
        request.edit = EditRequest()
        request.edit?.isLoop = true
        request.revision = revision
      }
    }
    #expect(clips[0] == clips[1])
  }

  @Test("What is a recording's own does not fade")
  func kept() throws {
    let going = try made { request in
      (request.duration, request.edit) = (1.5, try edit { $0.continues = true })
    }
    #expect(Array(going[..<6400]) == original && abs(going[11_999]) < quiet)
    let repainted = try made { request in
      request.edit = try edit { $0.repainted = [.init(start: 0.3, end: 0.5)] }
    }
    #expect(repainted[0] == original[0] && repainted[6399] == original[6399])
    let ending = try made { request in
      request.edit = try edit { $0.repainted = [.init(start: 0.5, end: 0.8)] }
    }
    #expect(ending[0] == original[0] && abs(ending[6399]) < quiet)
    #expect(try made { request in request.edit = try edit { $0.strength = 0 } } == original)
  }

  @Test("A tail is as long as asked for, has no notes, and ends in silence", arguments: [0.25, 1.0])
  func tail(seconds: Double) throws {
    let clip = try made { $0.tail = seconds }
    #expect(clip.count == 6400 + Int(seconds * 8000))
    #expect(abs(clip[0]) < quiet && clip.suffix(8).allSatisfy { abs($0) < quiet })
    var request = GenerationRequest(prompt: "piano", duration: 0.8)
    (request.tail, request.controls) = (seconds, ControlRequest())
    request.controls?.note = "C4"
    let track = try #require(try model.synthesizer(threads: 1).plan(request).track)
    #expect(track.strength(of: PitchClass(0), frame: 40) == 1)
    #expect((51..<track.frameCount).allSatisfy { track.strength(of: PitchClass(0), frame: $0) == 0 })
  }

  @Test("Silence at the end is cut off, but nothing that is kept, and not all of a short sound")
  func trim() {
    func clip(sounding: Int) -> AudioClip {
      AudioClip(mono: (0..<80_000).map { $0 < sounding ? ($0 % 2 == 0 ? 0.3 : -0.3) : 2e-5 }, sampleRate: 8000)
    }
    #expect((8240...8400).contains(ClipFinish.trimmed(clip(sounding: 8000)).frameCount))
    #expect(ClipFinish.trimmed(clip(sounding: 8000), keeping: 20_000).frameCount == 20_000)
    #expect(ClipFinish.trimmed(clip(sounding: 100)).frameCount == 800)
    #expect(ClipFinish.trimmed(clip(sounding: 0)).frameCount == 80_000)
    #expect(ClipFinish.trimmed(clip(sounding: 79_990)).frameCount == 80_000)
  }

  @Test("A variation is as loud as its source", arguments: [Float(0.03), 0.3, 1.5])
  func variation(gain: Float) throws {
    let louder = AudioClip(mono: original.map { $0 * gain }, sampleRate: 8000)
    try recording.write(louder.samples)
    let clip = AudioClip(
      mono: try made { request in request.edit = try edit { $0.strength = 0.5 } }, sampleRate: 8000)
    let (wanted, found) = (louder.loudness, clip.loudness)
    #expect(abs(wanted.integrated - found.integrated) < 0.5 || found.truePeak > -1.1)
  }

  @Test("What goes on from a recording is as loud as the recording", arguments: [Float(0.03), 0.1, 0.3])
  func continuing(gain: Float) throws {
    let softer = AudioClip(mono: original.map { $0 * gain }, sampleRate: 8000)
    try recording.write(softer.samples)
    let clip = try made { request in
      (request.duration, request.edit) = (4, try edit { $0.continues = true })
    }
    let made = AudioClip(mono: Array(clip[14_400..<31_000]), sampleRate: 8000)
    #expect(abs(made.soundingDecibels - softer.soundingDecibels) < 2)
  }

  @Test("A recording above full scale is scaled as a whole, and that is said")
  func overs() throws {
    let loud = original.map { $0 * 6 }
    let peak = loud.map(abs).max() ?? 0
    try recording.write(loud)
    var request = GenerationRequest(prompt: "piano", duration: 0.8, steps: 4, vocoderIterations: 4)
    request.edit = try edit { $0.repainted = [.init(start: 0.3, end: 0.4)] }
    let clip = try model.synthesizer(threads: 1).generate([request])[0].samples
    let ratio = clip[100] / loud[100]
    #expect(peak > 2 && abs(ratio * peak - 0.977) < 1e-4)
    for sample in 0..<2000 { #expect(abs(clip[sample] - ratio * loud[sample]) < 1e-6) }
    #expect(clip.allSatisfy { abs($0) < 1 })
    let remarks = try model.synthesizer(threads: 1).remarks(on: request)
    #expect(remarks.count == 1 && remarks[0].contains("peaks at +8.6 dBFS"))
    request.revision = nil
    #expect(try model.synthesizer(threads: 1).generate([request])[0].samples[100] == loud[100])
  }

  @Test("A stereo recording that becomes mono is said")
  func stereo() throws {
    try AudioFile.write(AudioClip(channels: [original, original], sampleRate: 8000), to: source)
    var request = GenerationRequest(prompt: "piano", duration: 0.8)
    request.edit = try edit { _ in }
    #expect(try model.synthesizer(threads: 1).remarks(on: request).map { $0.contains("2 channels") } == [true])
    try AudioFile.write(AudioClip(channels: [original, original.map { -$0 }], sampleRate: 8000), to: source)
    request.edit = try edit { _ in }
    #expect(try model.synthesizer(threads: 1).remarks(on: request).last?.contains("cancel each other out") == true)
    try AudioFile.write(AudioClip(channels: [original, original], sampleRate: 8000), to: source)
    request.edit = nil
    request.controls = ControlRequest()
    request.controls?.follow = try ControlFile(path: source.path)
    #expect(try model.synthesizer(threads: 1).remarks(on: request).map { $0.contains("2 channels") } == [true])
    #expect(try model.synthesizer(threads: 1).remarks(on: GenerationRequest(prompt: "piano")) == [])
  }

  @Test("Strengths are in order, from the recording itself to noise alone")
  func strengths() {
    let starts = stride(from: 0.0, through: 1, by: 0.05).map { StrengthScale.start(of: $0, shift: 3, isEven: true) }
    #expect(abs(starts[0] - 1) < 1e-6 && starts[20] == 0)
    #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 > $1 })
    // Whatever the sampler's steps: the time itself is what counts.
    #expect(StrengthScale.start(of: 0.4, shift: 1, isEven: true) == starts[8])
    #expect(StrengthScale.start(of: 0.4, shift: 1, isEven: false) == 0.6)
    #expect(StrengthScale.start(of: 0.4, shift: 1.5, isEven: false) == Float(0.6) / (1.5 - 0.5 * 0.6))
  }

  @Test("A clip has the peak that is asked for, or a loudness, and not both")
  func peak() throws {
    let clip = try made { $0.peak = -3 }
    let plain = try made { _ in }
    let peak = clip.map(abs).max() ?? 0
    #expect(abs(20 * log10(peak) + 3) < 0.001)
    let gain = peak / (plain.map(abs).max() ?? 1)
    #expect(zip(clip, plain).allSatisfy { abs($0 - gain * $1) < 1e-5 })
    var both = GenerationRequest(prompt: "piano")
    (both.peak, both.lufs) = (-1, -18)
    #expect(both.problem?.contains("and not both") == true)
    (both.peak, both.lufs) = (3, nil)
    #expect(both.problem?.contains("is not between -60 and 0") == true)
    let json = try JSONEncoder().encode(GenerationRequest(prompt: "piano"))
    #expect(!String(decoding: json, as: UTF8.self).contains("peak"))
  }
}
