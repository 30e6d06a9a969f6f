import Audio
import Diffusion
import Foundation
import Jobs
import Synthesis
import TestSupport
import Testing

@Suite struct ManifestTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func jobs(_ text: String, name: String = "jobs.jsonl") throws -> [Job] {
    try Manifest(Data(text.utf8), name: name).jobs
  }

  /// The lines that are refused, and why.
  private func problems(_ text: String, name: String = "jobs.jsonl") -> [Int: String] {
    do {
      _ = try Manifest(Data(text.utf8), name: name)
      return [:]
    } catch ManifestError.problems(_, let problems, _) {
      return Dictionary(problems.map { ($0.line, $0.reason) }) { "\($0); \($1)" }
    } catch {
      Issue.record("\(error)")
      return [:]
    }
  }

  @Test func readsEveryField() throws {
    let line =
      #"{"id":"a","prompt":"p","negative-prompt":"n","duration":2.5,"steps":4,"time-shift":2,"cfg-scale":3,"sampler":"heun","#
      + #""seed":18446744073709551615,"sample-rate":48000,"vocoder-iterations":8}"#
    var request = GenerationRequest(
      prompt: "p", negativePrompt: "n", duration: 2.5, steps: 4, timeShift: 2, guidanceScale: 3, sampler: .heun,
      seed: .max,
      vocoderIterations: 8)
    request.negativeScale = GenerationRequest.usualNegativeScale
    #expect(try jobs(line) == [Job(id: "a", request: request, sampleRate: 48_000)])
    #expect(try jobs(line.replacing("-prompt", with: "_prompt").replacing("cfg-", with: "cfg_")).count == 1)
    let table = """
      id,prompt,negative-prompt,duration,steps,time-shift,cfg-scale,sampler,seed,sample-rate,vocoder-iterations\r
      a,p,n,2.5,4,2,3,heun,18446744073709551615,48000,8\r

      """
    #expect(try jobs(table, name: "jobs.csv") == jobs(line))
    #expect(try jobs(table, name: "-") == jobs(line))
    #expect(try jobs(line, name: "-") == jobs(line))
  }

  /// Each id was looked for from 2 on: as many steps as the square of the jobs.
  @Test func aHundredThousandJobsAreReadSoon() throws {
    let line = #"{"prompt":"pad"}"# + "\n"
    let start = ContinuousClock.now
    let read = try jobs(String(repeating: line, count: 60_000))
    #expect(read.count == 60_000 && read[0].id == "pad" && read[59_999].id == "pad-60000")
    #expect(Set(read.map(\.id)).count == 60_000)
    #expect(ContinuousClock.now - start < .seconds(60))
  }

  @Test func problemsAreToldInOrderHoweverManyThreads() throws {
    let text = (0..<5000).map { $0 % 3 == 0 ? "{\n" : #"{"id":"a\#($0)","prompt":"p","steps":\#($0 % 2)}"# + "\n" }
      .joined()
    let found = [1, 7].map { threads -> [ManifestProblem] in
      do throws(ManifestError) {
        _ = try Manifest(Data(text.utf8), name: "a.jsonl", threads: threads)
      } catch { if case .problems(_, let problems, _) = error { return problems } }
      return []
    }
    #expect(found[0] == found[1] && found[0].count > 3000)
    #expect(found[0].map(\.line) == found[0].map(\.line).sorted())
  }

  @Test func remarksThatAreNotKeptAreCounted() throws {
    let text = (0..<1500).map { #"{"id":"a\#($0)","prompt":"piano, \#(1000 + $0) bpm"}"# + "\n" }.joined()
    let manifest = try Manifest(Data(text.utf8), name: "a.jsonl")
    #expect(manifest.notes.count == 1000 && manifest.lostNoteCount == 500)
  }

  @Test func hearsWhatPromptsSayOfMusic() throws {
    func controls(_ fields: String, hears: Bool = true) throws -> ControlRequest? {
      try Manifest(Data(#"{"id":"a",\#(fields)}"#.utf8), name: "a.jsonl", hearsPrompts: hears).jobs[0].request.controls
    }
    var heard = ControlRequest()
    (heard.tempo, heard.key, heard.hasHeardPrompt) = (90, "A minor", true)
    #expect(try controls(#""prompt":"piano in A minor, 90 bpm""#) == heard)
    heard.tempo = 120
    #expect(try controls(#""prompt":"piano in A minor, 90 bpm","bpm":120"#) == heard)
    #expect(try controls(#""prompt":"piano in A minor, 90 bpm","no-parse":true"#) == nil)
    #expect(try controls(#""prompt":"piano","bpm":120"#)?.hasHeardPrompt == nil)
    // What another prompt said goes with it.
    var replayed = RequestDraft(try jobs(#"{"id":"a","prompt":"piano, 90 bpm"}"#)[0].request)
    #expect(replayed.controls.hasHeardPrompt == true)
    try replayed.set("prompt", to: .untyped("drums, 80 bpm"))
    #expect(replayed.controls.tempo == nil && replayed.controls.hasHeardPrompt == nil)
    #expect(try controls(#""prompt":"piano in A minor, 90 bpm""#, hears: false) == nil)
    #expect(try jobs(#"{"id":"a","prompt":"drums, 120 bpm","bars":4}"#)[0].request.duration == 8)
  }

  /// The path of a recording of 1.5 s.
  private func recording() throws -> String {
    let take = directory.file("take.wav")
    try AudioFile.write(AudioClip(mono: [Float](repeating: 0.1, count: 12_000), sampleRate: 8000), to: take)
    return take.path
  }

  @Test func readsEditsOfARecording() throws {
    let take = try recording()
    func request(_ fields: String) throws -> GenerationRequest {
      try jobs(#"{"id":"a","prompt":"p",\#(fields)}"#)[0].request
    }
    let source = try ControlFile(path: take)
    let changed = try request(#""init-audio":"\#(take)","strength":0.25"#)
    #expect(changed.edit?.source == source && changed.edit?.strength == 0.25 && changed.duration == 1.5)
    #expect(try request(#""init-audio":"\#(take)","duration":3"#).duration == 3)
    let repainted = try request(#""init-audio":"\#(take)","inpaint-start":"0.1, 0.5","inpaint-end":"0.2 0.75""#)
    #expect(repainted.edit?.repainted == [.init(start: 0.1, end: 0.2), .init(start: 0.5, end: 0.75)])
    let continued = try request(#""continue-from":"\#(take)""#)
    #expect(continued.edit?.continues == true && continued.duration == 4)
    #expect(try request(#""loop":true"#).edit?.isLoop == true && request(#""loop":false"#).edit == nil)
    let draft = try request(#""draft":true,"vocoder-iterations":12"#)
    #expect(draft.steps == 4 && draft.vocoderIterations == 12)
    let table = "id,prompt,loop,inpaint-start,inpaint-end,init-audio\na,p,,0.5,1,\(take)\nb,p,yes,,,\n"
    let rows = try jobs(table, name: "jobs.csv").map(\.request.edit)
    #expect(rows[0]?.repainted == [.init(start: 0.5, end: 1)] && rows[1]?.isLoop == true)
  }

  @Test func refusesEditsThatMakeNoSense() throws {
    let take = try recording()
    let wrong = problems(
      """
      {"id":"a","prompt":"p","init-audio":"\(take)","continue-from":"\(take)"}
      {"id":"b","prompt":"p","init-audio":"\(take)","inpaint-start":0.5}
      {"id":"c","prompt":"p","inpaint-start":0.5,"inpaint-end":1}
      {"id":"d","prompt":"p","init-audio":"\(take)","inpaint-start":1,"inpaint-end":2}
      {"id":"e","prompt":"p","loop":"perhaps"}
      {"id":"f","prompt":"p","init-audio":"nowhere.wav"}
      {"id":"g","prompt":"p, 90 bpm","bars":2,"duration":3}
      {"id":"h","prompt":"p","follow-what":"taste"}
      """)
    for (line, word) in [
      "exclude", "inpaint-end", "init-audio", "within the clip", "true or false", "nowhere.wav", "bars", "loudness",
    ].enumerated() {
      #expect(wrong[line + 1]?.contains(word) == true, "\(wrong[line + 1] ?? "no problem")")
    }
  }

  @Test func readsControls() throws {
    let read = try jobs(#"{"id":"a","prompt":"p","chords":"Am F","bpm":90,"time-signature":"3/4","bars":2}"#)[0].request
    var controls = ControlRequest()
    (controls.chords, controls.tempo, controls.timeSignature) = ("Am F", 90, "3/4")
    controls.beatsPerChord = 3
    #expect(read.controls == controls && read.duration == 4)
    #expect(try jobs(#"{"id":"a","prompt":"p","control-scale":2}"#)[0].request.controls == nil)
    let wrong = problems(
      """
      {"id":"a","prompt":"p","chords":"Am Xyz"}
      {"id":"b","prompt":"p","bars":4}
      {"id":"c","prompt":"p","midi":"nowhere.mid"}
      {"id":"d","prompt":"p","bpm":90,"bars":0}
      """)
    #expect(wrong[1]?.contains("Xyz") == true && wrong[2]?.contains("bpm") == true)
    #expect(wrong[3]?.contains("nowhere.mid") == true && wrong[4]?.contains("bars") == true)
  }

  @Test func leavesOutWhatIsEmpty() throws {
    let read = try jobs("id,prompt,steps,seed\na,\"one, two\",,3\n", name: "jobs.csv")
    #expect(read == [Job(id: "a", request: GenerationRequest(prompt: "one, two", seed: 3))])
    #expect(try jobs("\u{FEFF}\n  \n{\"id\":\"a\",\"prompt\":\"p\",\"seed\":0}\r\n").count == 1)
  }

  @Test func aMissingSeedIsAlwaysTheSame() throws {
    let first = try jobs(#"{"id":"a","prompt":"p"}"#)[0].request.seed
    #expect(try jobs("{\"id\":\"b\",\"prompt\":\"p\"}\n{\"id\":\"a\",\"prompt\":\"p\"}")[1].request.seed == first)
    #expect(try jobs(#"{"id":"b","prompt":"p"}"#)[0].request.seed != first)
  }

  @Test func countMakesSeveral() throws {
    let read = try jobs(#"{"id":"a","prompt":"p","seed":7,"count":3}"#)
    #expect(read.map(\.id) == ["a-1", "a-2", "a-3"])
    #expect(read.map(\.request.seed) == [7, 8, 9])
    let double = "{\"id\":\"a-2\",\"prompt\":\"p\"}\n{\"id\":\"a\",\"prompt\":\"p\",\"count\":3}"
    #expect(problems(double) == [2: "the id a-2 is that of line 1"])
  }
}
