import Foundation
import Jobs
import Synchronization
import Synthesis
import TestSupport

/// Twenty jobs, whose clips are made by a function of the job alone, at once.
struct SmallBatch {
  let directory: TemporaryDirectory
  let jobs = (0..<20).map { index in
    Job(
      id: "clip-\(index)", request: GenerationRequest(prompt: "p", duration: Double(1 + index % 5), seed: UInt64(index))
    )
  }

  init() throws { directory = try TemporaryDirectory() }

  static func bytes(_ job: Job) -> [UInt8] {
    Array("\(job.id) \(job.request.seed) \(job.request.duration)".utf8)
  }

  static func file(_ job: Job) -> MadeFile { MadeFile(bytes: bytes(job)) }

  /// Runs a batch and gives the ids that it made.
  @discardableResult
  func run(
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

  var expected: [String: Data] {
    Dictionary(uniqueKeysWithValues: jobs.map { ("\($0.id).wav", Data(Self.bytes($0))) })
  }
}
