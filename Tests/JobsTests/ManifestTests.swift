import Audio
import Diffusion
import Foundation
import Jobs
import Synthesis
import Testing

@Suite struct ManifestTests {
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
    let request = GenerationRequest(
      prompt: "p", negativePrompt: "n", duration: 2.5, steps: 4, timeShift: 2, guidanceScale: 3, sampler: .heun,
      seed: .max,
      vocoderIterations: 8)
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
    // Another prompt beside the same controls is not what they say.
    var replayed = RequestDraft(try jobs(#"{"id":"a","prompt":"piano, 90 bpm"}"#)[0].request)
    #expect(replayed.controls.hasHeardPrompt == true)
    try replayed.set("prompt", to: .untyped("drums, 80 bpm"))
    #expect(replayed.controls.tempo == 90 && replayed.controls.hasHeardPrompt == nil)
    #expect(try controls(#""prompt":"piano in A minor, 90 bpm""#, hears: false) == nil)
    #expect(try jobs(#"{"id":"a","prompt":"drums, 120 bpm","bars":4}"#)[0].request.duration == 8)
  }

  @Test func readsEditsOfARecording() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let take = folder.appendingPathComponent("take.wav").path
    try AudioFile.write(
      AudioClip(mono: [Float](repeating: 0.1, count: 12_000), sampleRate: 8000), to: URL(filePath: take))
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

  @Test func tellsEveryProblemByItsLine() {
    let text = """
      {"id":"a","prompt":"p"}
      {"id":"A","prompt":"p"}
      {"id":"b","prompt":"p","durations":4}
      {"id":"c"}
      {"id":"d","prompt":"p","steps":"8"}
      {"id":"e","prompt":"p","steps":8.5}
      {"id":"f","prompt":"p","prompt":"q"}
      {"id":"g","prompt":"p",}
      {"id":"h","prompt":"p","sampler":"magic","seed":-1}
      {"id":"i","prompt":["p"]}
      """
    let found = problems(text)
    #expect(found.keys.sorted() == Array(2...10))
    #expect(found[2] == "the id A is that of line 1")
    #expect(found[3]?.hasPrefix("\"durations\" unknown; the fields are id, prompt,") == true)
    #expect(found[4] == "there is no prompt")
    #expect(found[5] == "\"steps\" wants a number, not text")
    #expect(found[6] == "\"steps\" wants a whole number, not 8.5")
    #expect(found[7] == "the field \"prompt\" is there twice")
    #expect(found[8] == "column 24: the name of a field, in quotes, is missing")
    #expect(found[9]?.contains("one of euler, heun") == true && found[9]?.contains("\"seed\"") == true)
    #expect(found[10] == "\"prompt\" wants text, not an object or a list")
  }

  /// What could write outside of the folder, or ask for the impossible.
  @Test(arguments: [
    #""id":"../../x""#, #""id":"/etc/x""#, #""id":"a/b""#, #""id":"..""#, #""id":".hidden""#, #""id":"-rf""#,
    #""id":"a\u0000b""#, #""id":"a\nb""#, #""id":"""#, #""id":"ä""#, #""id":"a b""#, #""id":"C:x""#, #""id":"a\\b""#,
    #""id":7"#, #""duration":1e9"#, #""duration":1e999"#, #""duration":NaN"#, #""duration":-1"#, #""duration":0"#,
    #""steps":-8"#, #""steps":0"#, #""steps":99999999999999999999"#, #""cfg-scale":1e300"#, #""cfg-scale":-1"#,
    #""vocoder-iterations":-1"#, #""vocoder-iterations":1e3"#, #""sample-rate":1"#, #""count":0"#, #""count":-3"#,
    #""count":100000000"#, #""seed":18446744073709551616"#, #""prompt":"   ""#, #""prompt":"a\u0007b""#,
    #""prompt":"\u009b31m""#, #""prompt":null"#, #""output":"/tmp/x""#, #""model":"x""#,
  ])
  func refusesHostileFields(_ field: String) {
    let name = field.split(separator: "\"")[0]
    let others = [#""id":"a""#, #""prompt":"p""#].filter { $0.split(separator: "\"")[0] != name }
    #expect(problems("{" + ([field] + others).joined(separator: ",") + "}").keys.sorted() == [1], "\(field)")
  }

  @Test func refusesHugeLinesAndTexts() {
    let good = #"{"id":"a","prompt":"p"}"#
    let huge = #"{"id":"b","prompt":""# + String(repeating: "x", count: 10_000_000) + "\"}"
    #expect(
      problems("\(good)\n\(huge)\n{") == [
        2: "a line of 10000022 bytes is longer than 65536", 3: "column 2: the name of a field, in quotes, is missing",
      ])
    let long = #"{"id":"b","prompt":""# + String(repeating: "x", count: 13_000) + "\"}"
    #expect(problems(long) == [1: "a prompt of 13000 bytes is longer than 12000"])
    let table = "id,prompt\na,\"" + String(repeating: "x\u{7}", count: 5000) + "\"\n"
    #expect(problems(table, name: "x.csv") == [2: "prompt holds control characters"])
  }

  @Test func refusesBrokenTables() {
    #expect(problems("id,prompt,id\na,b,c\n", name: "x.csv") == [1: "the field id is there twice"])
    #expect(problems("id,text\na,b\n", name: "x.csv")[1]?.hasPrefix("\"text\" is unknown") == true)
    #expect(problems("id,prompt\na\n", name: "x.csv") == [2: "1 values, and the header names 2 fields"])
    #expect(problems("id,prompt\na,\"b\n", name: "x.csv") == [2: "a quote is never closed"])
    #expect(problems("id,prompt,duration\na,b,nan\n", name: "x.csv") == [2: "\"duration\" wants a number"])
    #expect(problems("id,prompt,duration\na,b,0x10\n", name: "x.csv") == [2: "\"duration\" wants a number"])
  }

  @Test func refusesEmptyAndMissingFiles() {
    #expect(throws: ManifestError.empty(path: "-")) { try Manifest(Data("\n \n".utf8), name: "-") }
    #expect(throws: ManifestError.empty(path: "x.csv")) { try Manifest(Data("id,prompt\n".utf8), name: "x.csv") }
    #expect(throws: ManifestError.self) { try Manifest(path: "/nonexistent/jobs.jsonl") }
  }

  @Test func stopsAfterManyProblems() throws {
    let error = #expect(throws: ManifestError.self) {
      try Manifest(Data(String(repeating: "x\n", count: 20_000).utf8), name: "x.jsonl")
    }
    guard case .problems(_, let problems, let isCutShort) = error else { return }
    #expect(problems.count == 10_000 && isCutShort)
  }
}
