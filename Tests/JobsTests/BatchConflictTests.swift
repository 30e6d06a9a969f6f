import Audio
import Foundation
import Jobs
import Storage
import Synthesis
import TestSupport
import Testing

/// What batches refuse, so that nothing of their user's is lost.
@Suite struct BatchConflictTests {
  private let batch: SmallBatch
  private var directory: TemporaryDirectory { batch.directory }

  init() throws { batch = try SmallBatch() }

  private func conflicts(_ jobs: [Job], replaces: Bool = false, own: Set<String> = []) throws -> [BatchConflict] {
    try BatchConflict.all(jobs, in: directory.url, fileExtension: "wav", replaces: replaces) { _, job in
      own.contains(job.id)
    }
  }

  private func job(_ id: String, changing path: String) throws -> Job {
    let line = #"{"id":"\#(id)","prompt":"p","duration":1,"init-audio":"\#(directory.file(path).path)"}"#
    return try Manifest(Data(line.utf8), name: "jobs.jsonl").jobs[0]
  }

  @Test func whatTheLedgerKnowsMayBeMadeAgain() throws {
    try batch.run()
    #expect(try conflicts(batch.jobs) == [])
    // Failing later does not make the clip somebody else's.
    try batch.run(verifies: true)
    var request = batch.jobs[3].request
    request.seed = 99
    try batch.run([Job(id: "clip-3", request: request)]) { _ in throw StorageError.cannotWrite(path: "x", code: EISDIR)
    }
    #expect(try conflicts(batch.jobs) == [])
  }

  @Test func aFileThatTheLedgerDoesNotKnowIsRefused() throws {
    try Data("mine".utf8).write(to: directory.file("clip-2.wav"))
    let found = try conflicts(batch.jobs)
    #expect(found == [.init(id: "clip-2", path: directory.file("clip-2.wav").path, kind: .unknownFile)])
    #expect(found.first?.description.contains("--force") == true)
    #expect(try conflicts(batch.jobs, replaces: true) == [])
    #expect(try conflicts(batch.jobs, own: ["clip-2"]) == [])
    // A link that leads nowhere is somebody's too.
    try FileManager.default.createSymbolicLink(
      at: directory.file("clip-5.wav"), withDestinationURL: directory.file("nowhere"))
    #expect(try conflicts(batch.jobs).map(\.id) == ["clip-2", "clip-5"])
    #expect(try conflicts(batch.jobs.filter { !["clip-2", "clip-5"].contains($0.id) }) == [])
  }

  @Test func aSourceThatIsAClipOfTheBatchIsRefused() throws {
    func writeTake() throws {
      let take = AudioClip(mono: [Float](repeating: 0.1, count: 44_100), sampleRate: 44_100)
      try AudioFile.write(take, to: directory.file("take.wav"))
    }
    try writeTake()
    let own = try job("take", changing: "take.wav")
    let conflict = BatchConflict(id: "take", path: directory.file("take.wav").path, kind: .source(ofJob: "take"))
    #expect(try conflicts([own]) == [conflict])
    // Told to replace, too, and though the ledger knows the file from a run before.
    try batch.run([Job(id: "take", request: GenerationRequest(prompt: "p", duration: 1))])
    // What the batch writes here is no sound.
    try writeTake()
    #expect(
      try conflicts([try job("take", changing: "take.wav")], replaces: true).map(\.kind) == [.source(ofJob: "take")])
    // Another job's, under another name.
    try FileManager.default.createSymbolicLink(
      at: directory.file("alias.wav"), withDestinationURL: directory.file("take.wav"))
    let jobs = [try job("other", changing: "alias.wav"), Job(id: "take", request: GenerationRequest(prompt: "p"))]
    #expect(try conflicts(jobs).map(\.kind) == [.source(ofJob: "take")])
    #expect(try conflicts([jobs[0]]) == [])
  }

  @Test func aManifestTellsTheLine() throws {
    let text = "{\"id\":\"a\",\"prompt\":\"p\"}\n\n{\"id\":\"B\",\"prompt\":\"p\",\"count\":2}\n"
    let manifest = try Manifest(Data(text.utf8), name: "jobs.jsonl")
    let lines = manifest.jobs.map { manifest.problem(.init(id: $0.id, path: "x", kind: .unknownFile)).line }
    #expect(lines == [1, 3, 3])
  }

  @Test func aLinkInTheNameOfTheFolderOfClaimsIsRefused() throws {
    let elsewhere = try TemporaryDirectory()
    _ = try elsewhere.write([1], as: "clip-1.part")
    _ = try elsewhere.write([1], as: "clip-1.claim")
    try FileManager.default.createSymbolicLink(at: directory.file(".hiss"), withDestinationURL: elsewhere.url)
    let error = StorageError.notAFolder(path: directory.file(".hiss").path)
    #expect(throws: error) { try BatchRun(batch.jobs, in: directory.url, fileExtension: "wav", modelHash: "m") }
    #expect(try elsewhere.contents() == ["clip-1.claim", "clip-1.part"])
  }

  @Test func aPipeInTheNameOfTheLedgerIsRefused() throws {
    let path = directory.file("ledger.jsonl").path
    #expect(mkfifo(path, 0o600) == 0)
    #expect(throws: StorageError.notAFile(path: path)) {
      try BatchRun(batch.jobs, in: directory.url, fileExtension: "wav", modelHash: "m")
    }
    #expect(throws: StorageError.notAFile(path: path)) { try conflicts(batch.jobs) }
  }

  @Test func aDiskThatKnowsNoLocksStopsTheRun() throws {
    let (summary, _) = try batch.run(threads: 1) { _ in throw StorageError.cannotLock(path: "x", code: ENOLCK) }
    #expect(summary.stopped == .cannotLock(path: "x", code: ENOLCK) && summary.failures.isEmpty)
  }
}
