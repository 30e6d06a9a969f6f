import Foundation
import Jobs
import Parallelism
import Storage
import Synchronization
import Synthesis
import TestSupport
import Testing

/// Batches whose clips are made by a function of the job alone, at once.
@Suite struct BatchRunTests {
  private let batch: SmallBatch
  private var directory: TemporaryDirectory { batch.directory }

  init() throws { batch = try SmallBatch() }

  @Test func makesEveryClipAndLeavesNothingElse() throws {
    let (summary, made) = try batch.run()
    #expect(summary == BatchSummary(jobCount: 20, made: 20))
    #expect(made.count == 20)
    #expect(try directory.clips() == batch.expected)
    let lines = try String(contentsOf: directory.file("ledger.jsonl"), encoding: .utf8).split(separator: "\n")
    let entries = try lines.map { try JSONDecoder().decode(LedgerEntry.self, from: Data($0.utf8)) }
    #expect(Set(entries.map(\.id)) == Set(batch.jobs.map(\.id)))
    for entry in entries {
      let data = try #require(batch.expected[entry.file ?? ""])
      #expect(entry.state == .done && entry.model == "m" && entry.bytes == data.count)
      #expect(entry.hash == StableHash.hexadecimal(data.withUnsafeBytes { StableHash.of($0) }))
      #expect(try Date(entry.time, strategy: .iso8601).timeIntervalSinceNow > -60)
    }
  }

  @Test func longClipsComeFirst() throws {
    let order = Mutex<[Double]>([])
    try batch.run(threads: 1) { job in
      order.withLock { $0.append(job.request.duration) }
      return SmallBatch.file(job)
    }
    let durations = order.withLock { $0 }
    #expect(durations == durations.sorted(by: >))
  }

  @Test func makesOnlyWhatIsMissing() throws {
    try batch.run(Array(batch.jobs.prefix(12)))
    let (summary, made) = try batch.run()
    #expect(summary == BatchSummary(jobCount: 20, present: 12, made: 8))
    #expect(made == batch.jobs.suffix(8).map(\.id).sorted())
    #expect(try batch.run().made == [])
    #expect(try directory.clips() == batch.expected)
  }

  @Test func makesDeletedAndDamagedClipsAnew() throws {
    try batch.run()
    try FileManager.default.removeItem(at: directory.file("clip-3.wav"))
    try Data("short".utf8).write(to: directory.file("clip-4.wav"))
    var flipped = try Data(contentsOf: directory.file("clip-5.wav"))
    flipped[0] ^= 1
    try flipped.write(to: directory.file("clip-5.wav"))
    #expect(try batch.run().made == ["clip-3", "clip-4"])
    #expect(try batch.run(verifies: true).made == ["clip-5"])
    #expect(try batch.run(verifies: true).made == [])
    #expect(try directory.clips() == batch.expected)
  }

  @Test func makesChangedJobsAnew() throws {
    try batch.run()
    var changed = batch.jobs
    var request = batch.jobs[7].request
    request.seed = 99
    changed[7] = Job(id: "clip-7", request: request)
    #expect(try batch.run(changed).made == ["clip-7"])
    // Back again: the ledger's older line does not count, though the length is the same.
    #expect(try batch.run().made == ["clip-7"])
    changed[7] = Job(id: "clip-7", request: batch.jobs[7].request, sampleRate: 48_000)
    #expect(try batch.run(changed).made == ["clip-7"])
    #expect(try batch.run(model: "another").made.count == 20)
  }

  @Test func whatAnEarlierVersionMadeStaysDone() throws {
    let first = batch.jobs.map { job in
      var request = job.request
      request.revision = nil
      return Job(id: job.id, request: request)
    }
    #expect(try batch.run(first).made.count == 20)
    #expect(try batch.run().made == [])
    // What that version did not know is another clip.
    var changed = batch.jobs
    var request = batch.jobs[3].request
    request.tail = 1
    changed[3] = Job(id: "clip-3", request: request)
    #expect(try batch.run(changed).made == ["clip-3"])
  }

  @Test func whatTheSecondRevisionMadeStaysDone() throws {
    func jobs(_ revision: Int) -> [Job] {
      batch.jobs.map { job in
        var request = job.request
        // Which the first revision did not know.
        (request.revision, request.tail) = (revision, 1)
        return Job(id: job.id, request: request)
      }
    }
    #expect(try batch.run(jobs(2)).made.count == 20)
    #expect(try batch.run(jobs(SoundRevision.current)).made == [])
  }

  private struct Mishap: Error, CustomStringConvertible { let description = "no luck" }

  @Test func aFailureStopsNothingAndIsTriedAgain() throws {
    let (summary, _) = try batch.run { job in
      if job.id == "clip-2" || job.id == "clip-9" { throw Mishap() }
      return SmallBatch.file(job)
    }
    #expect(summary.made == 18 && summary.missing == 2 && summary.stopped == nil)
    #expect(
      summary.failures.sorted { $0.id < $1.id } == [
        .init(id: "clip-2", reason: "no luck"), .init(id: "clip-9", reason: "no luck"),
      ])
    let ledger = Ledger(folder: directory.url)
    try ledger.refresh()
    #expect(ledger["clip-2"]?.state == .failed && ledger["clip-2"]?.reason == "no luck")
    #expect(try batch.run().made == ["clip-2", "clip-9"])
    #expect(try directory.clips() == batch.expected)
  }

  @Test func aNameThatIsTakenFailsAlone() throws {
    try FileManager.default.createDirectory(at: directory.file("clip-0.wav"), withIntermediateDirectories: false)
    let (summary, _) = try batch.run()
    #expect(summary.made == 19 && summary.failures.map(\.id) == ["clip-0"] && summary.stopped == nil)
    #expect(try directory.contents().contains(".hiss") == false)
  }

  @Test func aFullDiskStopsTheRun() throws {
    let (summary, _) = try batch.run(threads: 1) { job in
      if job.request.duration < 3 { throw StorageError.cannotWrite(path: "x", code: ENOSPC) }
      return SmallBatch.file(job)
    }
    #expect(summary.stopped == .cannotWrite(path: "x", code: ENOSPC))
    #expect(summary.made == 12 && summary.failures.isEmpty && summary.missing == 8)
    #expect(try batch.run().summary.present == 12)
    #expect(try directory.clips() == batch.expected)
  }

  @Test func aFolderThatCannotBeIsAnError() throws {
    try Data().write(to: directory.file("file"))
    #expect(throws: StorageError.self) {
      try BatchRun(batch.jobs, in: directory.file("file/below"), fileExtension: "wav", modelHash: "m")
    }
  }
}
