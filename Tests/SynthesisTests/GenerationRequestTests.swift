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
    #expect(problem { $0.duration = 121 } == "a duration of 121 s is not between 0.1 and 120")
    #expect(problem { $0.duration = 0.091360544217687 } == "a duration of 0.09136 s is not between 0.1 and 120")
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

  @Test("Tags of a version that knew fewer fields have the defaults of the others")
  func tolerance() throws {
    let old = #"{"prompt":"a drum","seed":7,"controls":{"tempo":90},"edit":{"isLoop":true},"unheard of":1}"#
    let read = try JSONDecoder().decode(GenerationRequest.self, from: Data(old.utf8))
    #expect(read.seed == 7 && read.steps == GenerationRequest(prompt: "").steps)
    #expect(read.controls?.tempo == 90 && read.controls?.beatsPerChord == 4)
    #expect(read.edit?.isLoop == true && read.edit?.strength == EditRequest().strength)
  }

  @Test("What a request shows of itself makes the same request again, field by field")
  func fields() throws {
    var controls = ControlRequest()
    (controls.chords, controls.tempo, controls.beatsPerChord, controls.scale) = ("Am F", 92.5, 2, 1.5)
    var edit = EditRequest()
    edit.isLoop = true
    var request = GenerationRequest(
      prompt: "pad", negativePrompt: "drums", duration: 3.25, steps: 5, timeShift: 1.25, guidanceScale: 3.3,
      sampler: .heun, seed: .max, vocoderIterations: 9, controls: controls, edit: edit)
    request.negativeScale = 0.75
    var draft = RequestDraft()
    for (name, value) in RequestField.rows(of: request) { try draft.set(name, to: .untyped(value)) }
    #expect(try draft.resolve(takesControls: false).request == request)
  }

  @Test("Every way in refuses spans to inpaint beside a recording to continue, and control characters")
  func contradictions() {
    var draft = RequestDraft(GenerationRequest(prompt: "pad"))
    (draft.inpaintStarts, draft.inpaintEnds) = ([0.5], [1])
    #expect(draft.rangeProblem?.text(prefix: "--") == "--inpaint-start wants an --init-audio")
    draft = RequestDraft(GenerationRequest(prompt: "pad\u{1B}[2J"))
    #expect(draft.rangeProblem?.text() == "prompt holds control characters")
    draft = RequestDraft(GenerationRequest(prompt: "one\ntwo"))
    #expect(draft.rangeProblem == nil)
  }
}
