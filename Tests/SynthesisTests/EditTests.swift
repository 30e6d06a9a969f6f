import Audio
import Foundation
import Synthesis
import Tensors
import Testing

@Suite("Edits of existing sounds")
struct EditTests {
  private let model: SmallModel
  private let source: URL
  private let original: [Float]
  private let recording: ChordRecording

  init() throws {
    model = try SmallModel()
    recording = try ChordRecording(beside: model)
    (source, original) = (recording.url, recording.samples)
  }

  private func request(_ edit: EditRequest, duration: Double = 0.8) -> GenerationRequest {
    GenerationRequest(prompt: "piano", duration: duration, steps: 4, seed: 3, vocoderIterations: 4, edit: edit)
  }

  private func edit(_ change: (inout EditRequest) -> Void) throws -> EditRequest { try recording.edit(change) }

  private func made(_ edit: EditRequest, duration: Double = 0.8, threads: Int = 2) throws -> [Float] {
    try model.synthesizer(threads: threads).generate([request(edit, duration: duration)])[0].samples
  }

  @Test("Strength 0 returns the source, 1 ignores it but for its loudness, and in between it makes use of it")
  func strength() throws {
    #expect(try made(edit { $0.strength = 0 }) == original)
    let free = try model.synthesizer(threads: 1).generate([
      GenerationRequest(prompt: "piano", duration: 0.8, steps: 4, seed: 3, vocoderIterations: 4)
    ])[0].samples
    let ignoring = try made(edit { $0.strength = 1 })
    let gain = (ignoring.map { $0 * $0 }.reduce(0, +) / free.map { $0 * $0 }.reduce(0, +)).squareRoot()
    for (own, other) in zip(ignoring, free) { #expect(abs(own - gain * other) < 1e-5) }
    // What comes between is the network's choice, and this one's weights are random; but it depends on the source.
    let between = try [0.2, 0.5, 0.8].map { strength in try made(edit { $0.strength = strength }) }
    #expect(Set(between + [original, ignoring]).count == 5)
    try recording.write(original.map { $0 * Float(0.3) })
    #expect(try made(edit { $0.strength = 0.5 }) != between[1])
  }

  @Test("Where a recording is changed, guidance goes on to the end")
  func guidance() throws {
    let clips = try [Float(1), 3].map { scale in
      var request = try request(edit { $0.strength = 0.2 })
      request.guidanceScale = scale
      return try model.synthesizer(threads: 1).generate([request])[0].samples
    }
    #expect(clips[0] != clips[1])
  }

  @Test("Outside of what is inpainted and its fades every sample is the source's")
  func inpainting() throws {
    let spans = [EditRequest.Span(start: 0.2, end: 0.3), EditRequest.Span(start: 0.5, end: 0.65)]
    let clip = try made(edit { $0.repainted = spans })
    #expect(clip.count == original.count)
    for range in [0..<1600, 2400..<4000, 5200..<6400] { #expect(Array(clip[range]) == Array(original[range])) }
    for range in [1600..<2400, 4000..<5200] { #expect(Array(clip[range]) != Array(original[range])) }
    // Nothing jumps where the parts meet: no step is larger than the source's and the made sound's own.
    let steps = zip(clip, clip.dropFirst()).map { abs($1 - $0) }
    for seam in [1600, 2400, 4000, 5200] {
      #expect(steps[(seam - 2)...(seam + 1)].allSatisfy { $0 < 0.5 }, "\(seam)")
    }
    #expect(try made(edit { $0.repainted = spans }, threads: 1) == clip)
  }

  @Test("A recording goes on: its own samples first, then new ones that are no silence")
  func continuing() throws {
    let clip = try made(edit { $0.continues = true }, duration: 1.5)
    #expect(clip.count == 12_000 && Array(clip[..<6400]) == original)
    #expect(clip[7000...].contains { abs($0) > 1e-3 })
    #expect(throws: ControlError.nothingToContinue(path: source.path)) {
      _ = try made(edit { $0.continues = true }, duration: 0.8)
    }
  }

  @Test("A loop is as long as asked for, the same on any number of threads, and another clip than a plain one")
  func loop() throws {
    var edit = EditRequest()
    edit.isLoop = true
    let clip = try made(edit, duration: 0.7003)
    #expect(clip.count == 5602)
    #expect(try made(edit, duration: 0.7003, threads: 1) == clip)
    #expect(clip.allSatisfy(\.isFinite) && clip.contains { abs($0) > 1e-3 })
    let plain = GenerationRequest(prompt: "piano", duration: 0.7003, steps: 4, seed: 3, vocoderIterations: 4)
    #expect(try model.synthesizer(threads: 1).generate([plain])[0].samples != clip)
  }

  @Test("A loop may begin anywhere, unless a beat or chords say where it begins")
  func beginning() throws {
    let synthesizer = model.synthesizer(threads: 1)
    func beginsAnywhere(isLoop: Bool = true, _ change: (inout ControlRequest) -> Void = { _ in }) throws -> Bool {
      var request = GenerationRequest(prompt: "piano", duration: 0.7)
      (request.edit, request.controls) = (EditRequest(), ControlRequest())
      request.edit?.isLoop = isLoop
      change(&request.controls!)
      return try synthesizer.plan(request).beginsAnywhere
    }
    #expect(try beginsAnywhere())
    #expect(try beginsAnywhere { $0.key = "Am" })
    #expect(try !beginsAnywhere(isLoop: false))
    #expect(try !beginsAnywhere { $0.tempo = 120 })
    #expect(try !beginsAnywhere { ($0.chords, $0.tempo) = ("Am F", 240) })
  }

  @Test("What cannot be done is said")
  func problems() throws {
    func problem(_ change: (inout EditRequest) -> Void, duration: Double = 0.8) throws -> String {
      try #require(request(try edit(change), duration: duration).problem)
    }
    #expect(try problem { $0.strength = 1.5 }.contains("strength of 1.5"))
    #expect(try problem { $0.strength = .nan }.contains("strength"))
    #expect(try problem { $0.repainted = [.init(start: 0.5, end: 0.4)] }.contains("from 0.5 to 0.4"))
    #expect(try problem { $0.repainted = [.init(start: 0.5, end: 0.9)] }.contains("clip of 0.8 s"))
    #expect(try problem { $0.isLoop = true }.contains("loop"))
    #expect(throws: ControlError.missing(path: "nowhere.wav")) { _ = try ControlFile(path: "nowhere.wav") }
    var changed = try edit { _ in }
    changed.source?.hash = "0"
    #expect(throws: ControlError.changed(path: source.path)) { _ = try made(changed) }
    let text = model.folder.appendingPathComponent("text.wav")
    try Data("no sound".utf8).write(to: text)
    var broken = EditRequest()
    broken.source = try ControlFile(path: text.path)
    #expect(throws: ControlError.self) { _ = try made(broken) }
  }
}
