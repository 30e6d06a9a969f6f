import Audio
import Diffusion
import Foundation
import Spectra
import Synthesis
import Tensors
import Testing

@Suite("Clips between two")
struct MorphTests {
  private let model: SmallModel

  init() throws { model = try SmallModel() }

  private func request(_ prompt: String, seed: UInt64, chords: String? = nil, tempo: Double? = nil) -> GenerationRequest
  {
    var controls = ControlRequest()
    (controls.chords, controls.tempo) = (chords, tempo)
    return GenerationRequest(
      prompt: prompt, duration: 0.6, steps: 3, seed: seed, vocoderIterations: 4,
      controls: controls.isEmpty ? nil : controls)
  }

  private func clips(_ a: GenerationRequest, _ b: GenerationRequest, threads: Int = 2) throws -> [[Float]] {
    try model.synthesizer(threads: threads).generate(morphs: MorphRequest.path(from: a, to: b, count: 4)).map(\.samples)
  }

  @Test("The ends are the clips themselves, and what lies between is neither")
  func ends() throws {
    let pairs = [
      (request("piano", seed: 1), request("drums", seed: 2)),
      (request("piano", seed: 1), request("drum drums", seed: 1)),
      (request("piano", seed: 1, chords: "Am F"), request("piano", seed: 1, chords: "C", tempo: 90)),
      (request("piano", seed: 1), request("piano", seed: 9, tempo: 80)),
    ]
    for (a, b) in pairs {
      let made = try clips(a, b)
      let plain = try model.synthesizer(threads: 1).generate([a, b]).map(\.samples)
      #expect(made[0] == plain[0] && made[3] == plain[1])
      #expect(Set(made).count == 4)
      // The way begins at A.
      let near = MorphRequest(from: a, to: b, fraction: 0.02)
      let first = try model.synthesizer(threads: 2).generate(morphs: [near])[0].samples
      #expect(first != made[0] && distance(mel(first), mel(made[0])) < distance(mel(first), mel(made[3])) / 2)
      #expect(made.allSatisfy { $0.allSatisfy(\.isFinite) && $0.contains { abs($0) > 1e-4 } })
    }
  }

  private func mel(_ samples: [Float]) -> [Float] { MelSpectrogram(SmallModel.mel).analyze(samples).values }

  private func distance(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) } }

  @Test("A clip on the way is the same on any number of threads, alone and beside others")
  func reproducible() throws {
    let (a, b) = (request("piano", seed: 1, chords: "Am"), request("drums", seed: 2, chords: "F"))
    let made = try clips(a, b, threads: 1)
    #expect(try clips(a, b, threads: 2) == made && clips(a, b, threads: 8) == made)
    let alone = MorphRequest(from: a, to: b, fraction: 1.0 / 3)
    #expect(try model.synthesizer(threads: 2).generate(morphs: [alone]).map(\.samples) == [made[1]])
  }

  @Test("Between two clips of one request there is only that")
  func nothingToCross() throws {
    let a = request("piano", seed: 1, chords: "Am F", tempo: 90)
    let made = try clips(a, a)
    for clip in made { #expect(distance(clip, made[0]) < 1e-3 * distance(made[0], made[0].map { _ in 0 })) }
  }

  @Test("B takes A's length, steps and sampler, and keeps the rest")
  func sharing() {
    let a = request("piano", seed: 1)
    var b = request("drums", seed: 2)
    (b.duration, b.steps, b.sampler, b.vocoderIterations, b.guidanceScale) = (2, 9, .heun, 32, 1)
    let to = MorphRequest(from: a, to: b, fraction: 0.5).to
    #expect(to.duration == 0.6 && to.steps == 3 && to.sampler == .euler && to.vocoderIterations == 4)
    #expect(to.prompt == "drums" && to.seed == 2 && to.guidanceScale == 1)
  }

  @Test("Noise keeps its length under slerp")
  func sphericalInterpolation() {
    let (a, b) = (RandomSource(seed: 1).normals([40, 30]), RandomSource(seed: 2).normals([40, 30]))
    func length(_ tensor: Tensor) -> Double {
      tensor.values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    for fraction in [0.1, 0.25, 0.5, 0.75, 0.9] {
      let between = a.slerp(toward: b, fraction: fraction)
      let wanted = length(a) + fraction * (length(b) - length(a))
      #expect(abs(length(between) - wanted) < 1e-3)
      // The angle to A grows as the fraction does.
      let whole = acos(product(a, b) / (length(a) * length(b)))
      #expect(abs(acos(product(a, between) / (length(a) * length(between))) - fraction * whole) < 1e-3)
    }
    #expect(a.slerp(toward: b, fraction: 0).values == a.values)
    #expect(a.slerp(toward: a, fraction: 0.3).values == a.values)
    #expect(zip(a.slerp(toward: b, fraction: 1).values, b.values).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  private func product(_ a: Tensor, _ b: Tensor) -> Double {
    zip(a.values, b.values).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
  }

  @Test("Tags hold a morph; its ends are plain; those of other versions are read")
  func tags() throws {
    let path = MorphRequest.path(from: request("piano", seed: 1), to: request("drums", seed: 2), count: 3)
    let tags = path.map { ClipTags(hiss: "1", model: "tiny", modelHash: "0", sampleRate: 8000, morph: $0) }
    let read = tags.map { ClipTags(AudioTags(comment: $0.json)) }
    #expect(read[1] == tags[1] && read[1]?.morphRequest == path[1])
    for (end, request) in [(0, path[0].from), (2, path[0].to)] {
      #expect(tags[end] == ClipTags(hiss: "1", model: "tiny", modelHash: "0", sampleRate: 8000, request: request))
      #expect(tags[end].morphRequest == nil && !tags[end].json.contains("morph"))
    }
  }

  @Test("What cannot be crossed is said")
  func problems() throws {
    var edited = request("piano", seed: 1)
    let file = model.folder.appendingPathComponent("a.wav")
    try AudioFile.write(AudioClip(mono: [Float](repeating: 0.1, count: 8000), sampleRate: 8000), to: file)
    edited.edit = EditRequest()
    edited.edit?.source = try ControlFile(path: file.path)
    let plain = request("piano", seed: 1)
    #expect(try #require(MorphRequest(from: edited, to: plain, fraction: 0.5).problem).contains("recording"))
    #expect(try #require(MorphRequest(from: plain, to: edited, fraction: 0.5).problem).contains("recording"))
    #expect(MorphRequest(from: plain, to: plain, fraction: .nan).problem != nil)
    let long = request(String(repeating: "a", count: 7000), seed: 1)
    #expect(long.problem == nil && MorphRequest(from: long, to: long, fraction: 0.5).problem != nil)
  }
}
