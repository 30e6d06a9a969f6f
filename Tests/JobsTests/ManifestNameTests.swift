import Foundation
import Jobs
import Synthesis
import Testing

@Suite("Names and files of jobs")
struct ManifestNameTests {
  private func jobs(_ text: String, names: String? = nil) throws -> [Job] {
    try Manifest(Data(text.utf8), name: "jobs.jsonl", names: names.map { try NameTemplate($0) }).jobs
  }

  @Test func templatesNameJobs() throws {
    let text = """
      {"prompt":"kick, 90 bpm","count":2}
      {"prompt":"kick, 90 bpm"}
      {"prompt":"piano in F# minor"}
      """
    let template = "{prompt}_{bpm}bpm_{key}_{take}"
    let read = try jobs(text, names: template)
    #expect(read.map(\.id) == ["kick_90bpm_01", "kick_90bpm_02", "kick_90bpm_03", "piano_Gbm_01"])
    #expect(Set(read.map(\.request.seed)).count >= 3, "the takes of a line have seeds of their own")
    #expect(read[0].request.seed != read[1].request.seed)
    // Without a template all is as before.
    #expect(try jobs(text).map(\.id) == ["kick-90-bpm-1", "kick-90-bpm-2", "kick-90-bpm", "piano-in-f-minor"])
    let own = text + "\n" + #"{"id":"kick_90bpm_03","prompt":"kick"}"#
    #expect(throws: ManifestError.self) { try jobs(own, names: template) }
    let first = #"{"id":"kick_90bpm_01","prompt":"kick"}"# + "\n" + text
    #expect(try jobs(first, names: template).map(\.id)[1...3] == ["kick_90bpm_02", "kick_90bpm_03", "kick_90bpm_04"])
  }

  @Test func anIDMayBeATemplate() throws {
    let read = try jobs(#"{"id":"sfx-{prompt}-{seed}","prompt":"door","seed":7,"count":2}"#)
    #expect(read.map(\.id) == ["sfx-door-7", "sfx-door-8"])
    #expect(try jobs(#"{"id":"{prompt}","prompt":"door","count":2}"#).map(\.id) == ["door", "door-2"])
  }

  /// What is said of the file is no part of the request: a batch that is done stays done.
  @Test func filesTellJobsApartOnlyWhereTheyAreSaid() throws {
    let (usual, cues, plain) = (
      try jobs(#"{"id":"a","prompt":"pad"}"#)[0], try jobs(#"{"id":"a","prompt":"pad","cues":"Bars"}"#)[0],
      try jobs(#"{"id":"a","prompt":"pad","plain":true}"#)[0]
    )
    #expect(cues.file.cues == .bars && plain.file.isPlain && usual.file == FileRequest())
    #expect(usual.request == cues.request)
    #expect(Set([usual, cues, plain].map { $0.parametersHash(fileExtension: "wav") }).count == 3)
    var old = FileRequest()
    old.revision = nil
    let before = Job(id: "a", request: usual.request, file: old)
    #expect(before.parametersHash(fileExtension: "wav") == usual.parametersHash(fileExtension: "wav"))
  }
}
