import Audio
import Diffusion
import Foundation
import Synthesis
import Testing

@Suite("What a clip is kept from")
struct AvoidanceTests {
  private let model: SmallModel

  init() throws { model = try SmallModel() }

  private func request(_ prompt: String, negative: String = "", scale: Float? = nil) -> GenerationRequest {
    var request = GenerationRequest(
      prompt: prompt, negativePrompt: negative, duration: 0.4, steps: 4, seed: 3, vocoderIterations: 4)
    request.negativeScale = scale
    return request
  }

  @Test("The negative prompt has a weight of its own; without one it stands in place of the empty prompt, as it did")
  func weights() throws {
    let clips = try model.synthesizer(threads: 1).generate([
      request("piano"), request("piano", negative: "drum"), request("piano", negative: "drum", scale: 0),
      request("piano", negative: "drum", scale: 1), request("piano", negative: "drum", scale: 2),
    ])
    #expect(clips[2] == clips[0], "A weight of nothing is no negative prompt")
    #expect(Set([clips[0], clips[1], clips[3], clips[4]].map(\.samples)).count == 4)
  }

  @Test("It is the same on several threads, with a sampler that looks twice, without guidance, and in a loop")
  func reproducible() throws {
    var requests = (0..<4).map { _ in request("piano", negative: "drum", scale: 1.5) }
    requests[1].sampler = .heun
    requests[2].guidanceScale = 1
    requests[3].edit = EditRequest()
    requests[3].edit?.isLoop = true
    let one = try model.synthesizer(threads: 1).generate(requests)
    #expect(one.allSatisfy { $0.samples.allSatisfy(\.isFinite) && $0.samples.contains { abs($0) > 1e-4 } })
    #expect(try model.synthesizer(threads: 3).generate(requests) == one)
  }

  @Test("Tags keep the weight, and read older ones without it")
  func tags() throws {
    let new = request("piano", negative: "drum", scale: 1.5)
    #expect(try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(new)) == new)
    let old = try JSONDecoder().decode(
      GenerationRequest.self, from: Data(#"{"prompt":"piano","negativePrompt":"drum"}"#.utf8))
    #expect(old.negativeScale == nil)
    #expect(request("piano", negative: "drum", scale: 21).problem != nil)
    #expect(request("piano", negative: "drum", scale: .nan).problem != nil)
  }
}
