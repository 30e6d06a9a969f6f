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
  private let directory: TemporaryDirectory
  private let jobs = (0..<20).map { index in
    Job(
      id: "clip-\(index)", request: GenerationRequest(prompt: "p", duration: Double(1 + index % 5), seed: UInt64(index))
    )
  }

  init() throws { directory = try TemporaryDirectory() }

  private static func bytes(_ job: Job) -> [UInt8] {
    Array("\(job.id) \(job.request.seed) \(job.request.duration)".utf8)
  }

  private static func file(_ job: Job) -> MadeFile { MadeFile(bytes: bytes(job)) }

  /// Runs a batch and gives the ids that it made.
  @discardableResult
  private func run(
    _ jobs: [Job]? = nil, model: String = "m", verifies: Bool = false, threads: Int = 2,
    make: @escaping BatchRun.Maker = { Self.file($0) }
  ) throws -> (summary: BatchSummary, made: [String]) {
    let made = Mutex<[String]>([])
    let run = try BatchRun(
      jobs ?? self.jobs, in: directory.url, fileExtension: "wav", modelHash: model, verifies: verifies)
    let summary = run.run(run.missing(threads: threads), threads: threads) { job in
      made.withLock { $0.append(job.id) }
      return try make(job)
    }
    return (summary, made.withLock { $0.sorted() })
  }

  private var expected: [String: Data] {
    Dictionary(uniqueKeysWithValues: jobs.map { ("\($0.id).wav", Data(Self.bytes($0))) })
  }

  @Test func makesEveryClipAndLeavesNothingElse() throws {
    let (summary, made) = try run()
    #expect(summary == BatchSummary(jobCount: 20, made: 20))
    #expect(made.count == 20)
    #expect(try directory.clips() == expected)
    let lines = try String(contentsOf: directory.file("ledger.jsonl"), encoding: .utf8).split(separator: "\n")
    let entries = try lines.map { try JSONDecoder().decode(LedgerEntry.self, from: Data($0.utf8)) }
    #expect(Set(entries.map(\.id)) == Set(jobs.map(\.id)))
    for entry in entries {
      let data = try #require(expected[entry.file ?? ""])
      #expect(entry.state == .done && entry.model == "m" && entry.bytes == data.count)
      #expect(entry.hash == StableHash.hexadecimal(data.withUnsafeBytes { StableHash.of($0) }))
      #expect(try Date(entry.time, strategy: .iso8601).timeIntervalSinceNow > -60)
    }
  }

  @Test func longClipsComeFirst() throws {
    let order = Mutex<[Double]>([])
    try run(threads: 1) { job in
      order.withLock { $0.append(job.request.duration) }
      return Self.file(job)
    }
    let durations = order.withLock { $0 }
    #expect(durations == durations.sorted(by: >))
  }

  @Test func makesOnlyWhatIsMissing() throws {
    try run(Array(jobs.prefix(12)))
    let (summary, made) = try run()
    #expect(summary == BatchSummary(jobCount: 20, present: 12, made: 8))
    #expect(made == jobs.suffix(8).map(\.id).sorted())
    #expect(try run().made == [])
    #expect(try directory.clips() == expected)
  }

  @Test func makesDeletedAndDamagedClipsAnew() throws {
    try run()
    try FileManager.default.removeItem(at: directory.file("clip-3.wav"))
    try Data("short".utf8).write(to: directory.file("clip-4.wav"))
    var flipped = try Data(contentsOf: directory.file("clip-5.wav"))
    flipped[0] ^= 1
    try flipped.write(to: directory.file("clip-5.wav"))
    #expect(try run().made == ["clip-3", "clip-4"])
    #expect(try run(verifies: true).made == ["clip-5"])
    #expect(try run(verifies: true).made == [])
    #expect(try directory.clips() == expected)
  }

  @Test func makesChangedJobsAnew() throws {
    try run()
    var changed = jobs
    var request = jobs[7].request
    request.seed = 99
    changed[7] = Job(id: "clip-7", request: request)
    #expect(try run(changed).made == ["clip-7"])
    // Back again: the ledger's older line does not count, though the length is the same.
    #expect(try run().made == ["clip-7"])
    changed[7] = Job(id: "clip-7", request: jobs[7].request, sampleRate: 48_000)
    #expect(try run(changed).made == ["clip-7"])
    #expect(try run(model: "another").made.count == 20)
  }

  private struct Mishap: Error, CustomStringConvertible { let description = "no luck" }

  @Test func aFailureStopsNothingAndIsTriedAgain() throws {
    let (summary, _) = try run { job in
      if job.id == "clip-2" || job.id == "clip-9" { throw Mishap() }
      return Self.file(job)
    }
    #expect(summary.made == 18 && summary.missing == 2 && summary.stopped == nil)
    #expect(
      summary.failures.sorted { $0.id < $1.id } == [
        .init(id: "clip-2", reason: "no luck"), .init(id: "clip-9", reason: "no luck"),
      ])
    let ledger = Ledger(folder: directory.url)
    try ledger.refresh()
    #expect(ledger["clip-2"]?.state == .failed && ledger["clip-2"]?.reason == "no luck")
    #expect(try run().made == ["clip-2", "clip-9"])
    #expect(try directory.clips() == expected)
  }

  @Test func aNameThatIsTakenFailsAlone() throws {
    try FileManager.default.createDirectory(at: directory.file("clip-0.wav"), withIntermediateDirectories: false)
    let (summary, _) = try run()
    #expect(summary.made == 19 && summary.failures.map(\.id) == ["clip-0"] && summary.stopped == nil)
    #expect(try directory.contents().contains(".hiss") == false)
  }

  @Test func aFullDiskStopsTheRun() throws {
    let (summary, _) = try run(threads: 1) { job in
      if job.request.duration < 3 { throw StorageError.cannotWrite(path: "x", code: ENOSPC) }
      return Self.file(job)
    }
    #expect(summary.stopped == .cannotWrite(path: "x", code: ENOSPC))
    #expect(summary.made == 12 && summary.failures.isEmpty && summary.missing == 8)
    #expect(try run().summary.present == 12)
    #expect(try directory.clips() == expected)
  }

  @Test func stopsWhenAsked() throws {
    let run = try BatchRun(jobs, in: directory.url, fileExtension: "wav", modelHash: "m")
    let count = Mutex(0)
    let make: BatchRun.Maker = { job in
      count.withLock { $0 += 1 }
      return Self.file(job)
    }
    let summary = run.run(run.missing(), threads: 2, shouldStop: { count.withLock { $0 } >= 5 }, make: make)
    #expect((5...6).contains(summary.made) && summary.missing == 20 - summary.made)
    #expect(try self.run().summary.present == summary.made)
  }

  /// What a process leaves that is killed while it writes: a claim without a holder, half a clip, half a line.
  @Test func cleansUpAfterTheDead() throws {
    try run(Array(jobs.prefix(4)))
    let folder = directory.file(".hiss")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    try Data().write(to: folder.appending(path: "clip-9.claim"))
    try Data("half a".utf8).write(to: folder.appending(path: "clip-9.part"))
    try Data().write(to: folder.appending(path: "clip-of-another-manifest.claim"))
    let log = try FileHandle(forWritingTo: directory.file("ledger.jsonl"))
    try log.seekToEnd()
    try log.write(contentsOf: Data(#"{"bytes":12,"file":"clip-4.w"#.utf8))
    try log.close()
    #expect(try run().summary == BatchSummary(jobCount: 20, present: 4, made: 16))
    #expect(try run().summary.present == 20)
    #expect(try directory.clips() == expected)
  }

  /// A clip may have been placed, and the process killed before the ledger knew.
  @Test func aClipWithoutALineIsMadeAgain() throws {
    try Data("who knows".utf8).write(to: directory.file("clip-0.wav"))
    #expect(try run().made.count == 20)
    #expect(try directory.clips() == expected)
  }

  @Test func runsShareTheWork() throws {
    let counts = Mutex<[String: Int]>([:])
    let make: BatchRun.Maker = { job in
      counts.withLock { $0[job.id, default: 0] += 1 }
      Thread.sleep(forTimeInterval: 0.005)
      return Self.file(job)
    }
    let (jobs, url) = (jobs, directory.url)
    let summaries = try Parallel.map(2, threads: 2) { _ in
      Result {
        let run = try BatchRun(jobs, in: url, fileExtension: "wav", modelHash: "m")
        return run.run(run.missing(), threads: 2, make: make)
      }
    }.map { try $0.get() }
    #expect(counts.withLock { $0.values.allSatisfy { $0 == 1 } && $0.count == 20 })
    #expect(summaries.reduce(0) { $0 + $1.made } == 20)
    #expect(summaries.allSatisfy { $0.missing == 0 })
    #expect(try directory.clips() == expected)
  }

  @Test func tellsOfItsProgress() throws {
    let told = Mutex<[BatchProgress]>([])
    let run = try BatchRun(jobs, in: directory.url, fileExtension: "wav", modelHash: "m")
    let tell: @Sendable (BatchProgress) -> Void = { progress in told.withLock { $0.append(progress) } }
    _ = run.run(run.missing(), threads: 2, tell: tell, make: { Self.file($0) })
    let progress = told.withLock { $0 }
    #expect(progress.map(\.done) == Array(1...20))
    #expect(progress.allSatisfy { $0.total == 20 && $0.failed == 0 })
    #expect(progress.map(\.share) == progress.map(\.share).sorted() && abs((progress.last?.share ?? 0) - 1) < 1e-9)
  }

  @Test func aFolderThatCannotBeIsAnError() throws {
    try Data().write(to: directory.file("file"))
    #expect(throws: StorageError.self) {
      try BatchRun(jobs, in: directory.file("file/below"), fileExtension: "wav", modelHash: "m")
    }
  }
}
