import Diffusion
import Foundation
import Synthesis
import Testing

@Suite("Requests")
struct GenerationRequestTests {
  @Test("What can be made has no problem")
  func good() {
    #expect(GenerationRequest(prompt: "a drum").problem == nil)
    #expect(
      GenerationRequest(prompt: "x", duration: 120, steps: 1000, guidanceScale: 0, vocoderIterations: 0).problem == nil)
    #expect(GenerationRequest(prompt: "x", duration: 0.1, steps: 1, guidanceScale: 100).problem == nil)
  }

  @Test("What cannot is told in one line")
  func problems() {
    func problem(_ change: (inout GenerationRequest) -> Void) -> String? {
      var request = GenerationRequest(prompt: "a drum")
      change(&request)
      return request.problem
    }
    for prompt in ["", " \n\t "] {
      #expect(problem { $0.prompt = prompt } == "the prompt is empty: say what it should sound like")
    }
    #expect(problem { $0.duration = 0.05 } == "a duration of 0.05 s is not between 0.1 and 120")
    #expect(problem { $0.duration = .nan } == "a duration of nan s is not between 0.1 and 120")
    #expect(problem { $0.duration = .infinity } == "a duration of inf s is not between 0.1 and 120")
    #expect(problem { $0.duration = 121 } == "a duration of 121.0 s is not between 0.1 and 120")
    #expect(problem { $0.steps = 0 } == "0 steps are not between 1 and 1000")
    #expect(problem { $0.steps = 1001 } == "1001 steps are not between 1 and 1000")
    #expect(problem { $0.guidanceScale = -1 } == "a guidance scale of -1.0 is not between 0 and 100")
    #expect(problem { $0.guidanceScale = .nan } == "a guidance scale of nan is not between 0 and 100")
    #expect(problem { $0.vocoderIterations = -1 } == "-1 vocoder iterations are not between 0 and 10000")
  }

  @Test("A request goes through JSON unchanged: what a clip's tags keep")
  func codable() throws {
    let request = GenerationRequest(
      prompt: "a \"drum\"\n", negativePrompt: "piano", duration: 1.7, steps: 12, guidanceScale: 3.3, sampler: .dpmpp,
      seed: .max, vocoderIterations: 8)
    #expect(try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(request)) == request)
  }
}
