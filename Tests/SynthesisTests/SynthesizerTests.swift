import Audio
import Denoising
import Diffusion
import Foundation
import Music
import Spectra
import Synchronization
import Synthesis
import Tensors
import Testing
import Text

@Suite("Synthesizer")
struct SynthesizerTests {
  let model: SmallModel

  init() throws { model = try SmallModel() }

  func request(_ prompt: String = "piano", seed: UInt64 = 0) -> GenerationRequest {
    GenerationRequest(prompt: prompt, duration: 0.4, steps: 3, seed: seed, vocoderIterations: 4)
  }

  @Test("A clip is the same on one thread and on two, alone and beside others", arguments: SamplerKind.allCases)
  func reproducible(sampler: SamplerKind) throws {
    var requests = [request("piano", seed: 1), request("drums", seed: 2), request("drum", seed: 3), request(seed: 4)]
    for index in requests.indices { requests[index].sampler = sampler }
    requests[1].duration = 0.7
    requests[2].guidanceScale = 1
    let one = model.synthesizer(threads: 1)
    let batch = try one.generate(requests)
    #expect(batch.count == 4 && batch.allSatisfy { $0.samples.allSatisfy { $0.isFinite } })
    #expect(batch.allSatisfy { clip in clip.samples.contains { abs($0) > 1e-4 } && clip.sampleRate == 8000 })
    #expect(try model.synthesizer(threads: 2).generate(requests) == batch)
    #expect(try model.synthesizer(threads: 8).generate(requests) == batch)
    for (request, clip) in zip(requests, batch) {
      #expect(try one.generate([request]) == [clip])
      #expect(try model.synthesizer(threads: 2).generate([request]) == [clip])
    }
  }

  /// Each weight is a number that a file of half precision holds; what is made of them is none.
  @Test("Weights that overflow make no clip, and no click", arguments: Precision.allCases.filter(\.isNative))
  func overflow(precision: Precision) throws {
    for parameter in model.bundle.denoiser.parameters {
      parameter.value = Tensor(parameter.value.shape, repeating: 65_504)
    }
    let synthesizer = model.synthesizer(threads: 2, precision: precision)
    let error = ControlError.noNumbers(model: "tiny")
    #expect(throws: error) { try synthesizer.generate([request(), request(seed: 1)]) }
    #expect(throws: error) {
      try synthesizer.generate(morphs: [MorphRequest(from: request(), to: request("drums"), fraction: 0.5)])
    }
    #expect(error.description.contains("makes no numbers"))
  }

  @Test("Seed, prompt, negative prompt, guidance and steps each make another clip")
  func differences() throws {
    let synthesizer = model.synthesizer(threads: 2)
    let base = request("piano")
    var changed = [request("piano", seed: 1), request("drums"), base, base, base]
    changed[2].negativePrompt = "drums"
    changed[3].guidanceScale = 4
    changed[4].steps = 4
    let clips = try synthesizer.generate([base] + changed)
    for first in clips.indices {
      for second in clips.indices.dropFirst(first + 1) { #expect(clips[first] != clips[second], "\(first) \(second)") }
    }
  }

  @Test("Silence is tried again with other noise of the seed, three times, and is what it is if that is silent too")
  func silence() throws {
    var quiet = model.bundle.configuration
    (quiet.scale.mean, quiet.scale.deviation) = (-0.88, 0.005)
    let bundle = ModelBundle(directory: model.bundle.directory, configuration: quiet, denoiser: model.bundle.denoiser)
    let synthesizer = Synthesizer(model: bundle, encoder: model.encoder, threads: 1)
    var plain = request()
    plain.revision = nil
    let clip = try synthesizer.generate([plain])[0]
    #expect(clip.isAllButSilent && clip.samples.contains { $0 != 0 })
    let plan = try synthesizer.plan(request())
    let noises: [UInt64] = [0, 1, 2, 3]
    let drawn = try noises.map { redraw in
      Vocoder(quiet.mel).synthesize(
        try synthesizer.frames(plan, redraw: redraw), sampleCount: plan.sampleCount, iterations: 4, seed: 0)
    }
    #expect(Set(drawn).count == 4 && clip.samples == drawn[3])
    #expect(try synthesizer.frames(plan).values == synthesizer.frames(plan, redraw: 0).values)
  }

  /// What the encoder is asked for on the way to a clip.
  func captions(of request: GenerationRequest, glossary: Glossary? = nil) throws -> Set<String> {
    let bundle = ModelBundle(
      directory: model.bundle.directory, configuration: model.bundle.configuration, denoiser: model.bundle.denoiser,
      glossary: glossary)
    let read = Mutex<Set<String>>([])
    let synthesizer = Synthesizer(model: bundle, threads: 1) { [encoder = model.encoder] caption in
      read.withLock { _ = $0.insert(caption) }
      return encoder.encode(caption)
    }
    _ = try synthesizer.generate([request])
    return read.withLock { $0 }
  }

  @Test("Without guidance the negative prompt is not heard")
  func withoutGuidance() throws {
    var plain = request()
    plain.guidanceScale = 1
    var negative = plain
    negative.negativePrompt = "drums"
    let clips = try model.synthesizer(threads: 1).generate([plain, negative])
    #expect(clips[0] == clips[1])
  }

  @Test("Guidance ends where the detail begins")
  func guidanceEnds() throws {
    // The second of two steps looks at t = 0.4 with a time shift of 1.5, at 0.77 with one of 0.3.
    let clips = try [Float(1.5), 0.3].map { shift in
      let requests = [Float(1), 3].map { scale in
        var request = request()
        (request.steps, request.timeShift, request.guidanceScale) = (2, shift, scale)
        return request
      }
      return try model.synthesizer(threads: 1).generate(requests)
    }
    #expect(clips[0][0] != clips[0][1])
    #expect(clips[1][0] == clips[1][1])
  }

  @Test(
    "Clips are as long as asked for, to the sample",
    arguments: [(0.1, 800), (0.12345, 988), (1.0 / 3, 2667), (0.50006, 4000), (0.512, 4096), (0.51212, 4097)])
  func durations(seconds: Double, sampleCount: Int) throws {
    var request = request()
    (request.duration, request.steps, request.vocoderIterations) = (seconds, 1, 0)
    let synthesizer = model.synthesizer(threads: 1)
    #expect(synthesizer.sampleCount(seconds) == sampleCount)
    #expect(try synthesizer.generate([request]).map(\.frameCount) == [sampleCount])
    let frames = try synthesizer.frames(synthesizer.plan(request))
    #expect(frames.frameCount == 1 + sampleCount / 128 && frames.bandCount == 12)
    #expect(frames.values.count == 12 * frames.frameCount && frames.values.allSatisfy { (-1...1).contains($0) })
  }

  @Test("The branches of guidance side by side give the frames that they give one after the other")
  func branches() throws {
    let synthesizer = model.synthesizer(threads: 1)
    let plan = try synthesizer.plan(request())
    for threads in [2, 3, 8] { #expect(try synthesizer.frames(plan, threads: threads) == synthesizer.frames(plan)) }
  }

  private static let lowPrecisions = Set([Precision.fastest, .lowest]).subtracting([.float32])

  @Test("bfloat16 and bytes, where the processor has them, stay near float32", arguments: lowPrecisions)
  func precisions(precision: Precision) throws {
    let frames = try [Precision.float32, precision].map {
      let synthesizer = model.synthesizer(threads: 1, precision: $0)
      return try synthesizer.frames(synthesizer.plan(request())).values
    }
    let squares = zip(frames[0], frames[1]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    #expect((squares / Float(frames[0].count)).squareRoot() < 0.05)
    #expect(frames[0] != frames[1])
  }

  @Test("Progress counts every step and every vocoding, in order", arguments: [1, 3])
  func progress(threads: Int) throws {
    let told = Mutex<[[Int]]>([])
    var second = request(seed: 1)
    second.steps = 5
    _ = try model.synthesizer(threads: threads).generate([request(), second]) { done, total in
      told.withLock { $0.append([done, total]) }
    }
    #expect(told.withLock { $0 } == (1...10).map { [$0, 10] })
  }

  @Test("No requests, no clips")
  func nothing() throws { #expect(try model.synthesizer(threads: 2).generate([]).isEmpty) }
}
