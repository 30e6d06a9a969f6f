import Foundation
public import Storage

/// How far a batch is.
public struct BatchProgress: Sendable, Equatable {
  /// Jobs that this run has dealt with, and those that were missing when it began.
  public var done: Int
  public var total: Int
  /// The share of the work that is done, 0…1: a long clip counts for more.
  public var share: Double
  public var failed: Int
}

/// What a run did.
public struct BatchSummary: Sendable, Equatable {
  /// The jobs of the manifest, or of the shard.
  public var jobCount: Int
  /// Clips that were there before.
  public var present = 0
  public var made = 0
  /// Clips among these that have another seed than their jobs, so as to be new.
  public var reseeded = 0
  /// Clips that other runs made meanwhile.
  public var madeByOthers = 0
  /// The jobs that failed, by id, and why.
  public var failures: [Failure] = []
  /// What ended the run before its time: a full disk, say.
  public var stopped: StorageError?

  public struct Failure: Sendable, Equatable {
    public var id: String
    public var reason: String

    public init(id: String, reason: String) {
      self.id = id
      self.reason = reason
    }
  }

  public init(jobCount: Int, present: Int = 0, made: Int = 0) {
    self.jobCount = jobCount
    self.present = present
    self.made = made
  }

  /// Clips that are still missing, those that failed among them.
  public var missing: Int { jobCount - present - made - madeByOthers }
}

/// Counts what the threads of a run have done.
final class BatchTally: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  enum Outcome {
    case made(hasOtherSeed: Bool)
    case madeByOthers
    case failed(reason: String)
  }

  private let lock = NSLock()
  private let tell: @Sendable (BatchProgress) -> Void
  private let totalCost: Double
  private let total: Int
  private var cost = 0.0
  private var done = 0
  private var result: BatchSummary

  init(_ missing: [Job], jobCount: Int, tell: @escaping @Sendable (BatchProgress) -> Void) {
    self.tell = tell
    total = missing.count
    totalCost = missing.reduce(0) { $0 + $1.cost }
    result = BatchSummary(jobCount: jobCount, present: jobCount - missing.count)
  }

  func add(_ job: Job, _ outcome: Outcome) {
    lock.lock()
    defer { lock.unlock() }
    switch outcome {
    case .made(let hasOtherSeed):
      result.made += 1
      result.reseeded += hasOtherSeed ? 1 : 0
    case .madeByOthers: result.madeByOthers += 1
    case .failed(let reason): result.failures.append(.init(id: job.id, reason: reason))
    }
    done += 1
    cost += job.cost
    let share = totalCost > 0 ? cost / totalCost : 1
    tell(BatchProgress(done: done, total: total, share: share, failed: result.failures.count))
  }

  /// Ends the run: other clips would fail in the same way.
  func stop(_ error: StorageError) {
    lock.withLock { result.stopped = result.stopped ?? error }
  }

  var isStopped: Bool { lock.withLock { result.stopped != nil } }

  var summary: BatchSummary { lock.withLock { result } }
}
