import Foundation
import Jobs
import Parallelism
import Synchronization
import Tensors
import TestSupport
import Testing

/// Batches that are stopped, killed, shared and watched.
@Suite struct BatchSharingTests {
  private let batch: SmallBatch
  private var directory: TemporaryDirectory { batch.directory }

  init() throws { batch = try SmallBatch() }

  @Test func stopsWhenAsked() throws {
    let run = try BatchRun(batch.jobs, in: directory.url, fileExtension: "wav", modelHash: "m")
    let count = Mutex(0)
    let make: BatchRun.Maker = { job in
      count.withLock { $0 += 1 }
      return SmallBatch.file(job)
    }
    let summary = run.run(run.missing(), threads: 2, shouldStop: { count.withLock { $0 } >= 5 }, make: make)
    #expect((5...6).contains(summary.made) && summary.missing == 20 - summary.made)
    #expect(try batch.run().summary.present == summary.made)
  }

  /// What a process leaves that is killed while it writes: a claim without a holder, half a clip, half a line.
  @Test func cleansUpAfterTheDead() throws {
    try batch.run(Array(batch.jobs.prefix(4)))
    let folder = directory.file(".hiss")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try Data().write(to: folder.appending(path: "clip-9.claim"))
    try Data("half a".utf8).write(to: folder.appending(path: "clip-9.part"))
    try Data().write(to: folder.appending(path: "clip-of-another-manifest.claim"))
    let log = try FileHandle(forWritingTo: directory.file("ledger.jsonl"))
    try log.seekToEnd()
    try log.write(contentsOf: Data(#"{"bytes":12,"file":"clip-4.w"#.utf8))
    try log.close()
    #expect(try batch.run().summary == BatchSummary(jobCount: 20, present: 4, made: 16))
    #expect(try batch.run().summary.present == 20)
    #expect(try directory.clips() == batch.expected)
  }

  /// A clip may have been placed, and the process killed before the ledger knew.
  @Test func aClipWithoutALineIsMadeAgain() throws {
    try Data("who knows".utf8).write(to: directory.file("clip-0.wav"))
    #expect(try batch.run().made.count == 20)
    #expect(try directory.clips() == batch.expected)
  }

  @Test func runsShareTheWork() throws {
    let counts = Mutex<[String: Int]>([:])
    let make: BatchRun.Maker = { job in
      counts.withLock { $0[job.id, default: 0] += 1 }
      Thread.sleep(forTimeInterval: 0.005)
      return SmallBatch.file(job)
    }
    let (jobs, url) = (batch.jobs, directory.url)
    let summaries = try Parallel.map(2, threads: 2) { _ in
      Result {
        let run = try BatchRun(jobs, in: url, fileExtension: "wav", modelHash: "m")
        return run.run(run.missing(), threads: 2, make: make)
      }
    }.map { try $0.get() }
    #expect(counts.withLock { $0.values.allSatisfy { $0 == 1 } && $0.count == 20 })
    #expect(summaries.reduce(0) { $0 + $1.made } == 20)
    #expect(summaries.allSatisfy { $0.missing == 0 })
    #expect(try directory.clips() == batch.expected)
  }

  @Test func tellsOfItsProgress() throws {
    let told = Mutex<[BatchProgress]>([])
    let run = try BatchRun(batch.jobs, in: directory.url, fileExtension: "wav", modelHash: "m")
    let tell: @Sendable (BatchProgress) -> Void = { progress in told.withLock { $0.append(progress) } }
    _ = run.run(run.missing(), threads: 2, tell: tell, make: { SmallBatch.file($0) })
    let progress = told.withLock { $0 }
    #expect(progress.map(\.done) == Array(1...20))
    #expect(progress.allSatisfy { $0.total == 20 && $0.failed == 0 })
    #expect(progress.map(\.share) == progress.map(\.share).sorted() && abs((progress.last?.share ?? 0) - 1) < 1e-9)
  }
}
