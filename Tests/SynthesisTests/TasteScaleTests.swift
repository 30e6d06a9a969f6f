import Audio
import Denoising
import Foundation
import Synthesis
import Testing

@Suite("How far a clip goes toward what is liked")
struct TasteScaleTests {
  private let model: SmallModel

  init() throws { model = try SmallModel() }

  private func request(_ scale: Float?) -> GenerationRequest {
    var request = GenerationRequest(prompt: "piano", duration: 0.4, steps: 4, seed: 3, vocoderIterations: 4)
    request.tasteScale = scale
    return request
  }

  private func synthesizer(threads: Int) -> Synthesizer {
    var configuration = SmallModel.configuration
    configuration.denoiser.likingCount = LikingBucket.count
    let bundle = ModelBundle(
      directory: model.folder.appendingPathComponent("liking"), configuration: configuration,
      denoiser: SmallModel.randomNetwork(configuration.denoiser))
    return Synthesizer(model: bundle, encoder: model.encoder, threads: threads)
  }

  @Test("Without a scale it is the plain clip; with more it is another, the same on several threads")
  func scales() throws {
    let requests = [request(nil), request(0), request(1), request(3)]
    let clips = try synthesizer(threads: 1).generate(requests)
    #expect(clips[0] == clips[1] && Set(clips.dropFirst().map(\.samples)).count == 3)
    #expect(try synthesizer(threads: 3).generate(requests) == clips)
  }

  @Test("A model that learned by no taste says so, and tags keep the scale")
  func refusals() throws {
    #expect(synthesizer(threads: 1).problem(of: request(2)) == nil)
    #expect(model.synthesizer(threads: 1).problem(of: request(2))?.contains("no taste") == true)
    #expect(model.synthesizer(threads: 1).problem(of: request(0)) == nil)
    #expect(request(21).problem != nil && request(.nan).problem != nil)
    let again = try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(request(2)))
    #expect(again == request(2))
    #expect(try !String(decoding: JSONEncoder().encode(request(nil)), as: UTF8.self).contains("tasteScale"))
  }
}
