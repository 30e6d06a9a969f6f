import Foundation

/// The threads of a batch: more than there are cores to use, so that while some wait for the disk others compute.
final class BatchCrew: Sendable {
  let queue: JobQueue
  let tally: BatchTally
  let make: BatchRun.Maker
  /// What keeps clips apart; nil where nobody compares them.
  let siblings: Siblings?
  private let shouldStop: @Sendable () -> Bool
  private let threads: Int
  /// As many as may compute at once.
  fileprivate let cores: DispatchSemaphore
  fileprivate let turns = Turns()

  init(
    _ queue: JobQueue, _ tally: BatchTally, threads: Int, siblings: Siblings?,
    shouldStop: @escaping @Sendable () -> Bool, make: @escaping BatchRun.Maker
  ) {
    self.queue = queue
    self.tally = tally
    self.make = make
    self.shouldStop = shouldStop
    self.threads = threads
    self.siblings = siblings
    cores = DispatchSemaphore(value: threads)
  }

  /// Has every job attempted, and returns when all are dealt with or the batch is stopped.
  /// - Parameter attempt: is called with a core taken.
  func run(_ attempt: @escaping @Sendable (Job, CrewPlace) -> Void) {
    let finished = DispatchGroup()
    for _ in 0..<threads + (threads + 1) / 2 {
      finished.enter()
      let thread = Thread {
        repeat {
          while let (job, ticket) = self.takeJob() {
            let place = CrewPlace(self, ticket: ticket)
            attempt(job, place)
            place.leave()
          }
        } while self.waitsForOthers()
        finished.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    finished.wait()
  }

  /// Waits for a core, then takes a job: so jobs begin in the queue's order.
  private func takeJob() -> (job: Job, ticket: Int)? {
    cores.wait()
    if !isStopped, let next = queue.next() { return next }
    cores.signal()
    return nil
  }

  /// Waits a moment when others are making the last clips; false when there is nothing left to wait for.
  private func waitsForOthers() -> Bool {
    guard !isStopped, queue.retryPostponed() else { return false }
    Thread.sleep(forTimeInterval: 0.1)
    return true
  }

  private var isStopped: Bool { shouldStop() || tally.isStopped }
}

/// Where a thread stands while it works on one job: the core that it computes on, and its turn among the others.
final class CrewPlace {
  private let crew: BatchCrew
  private let ticket: Int
  private var hasCore = true

  fileprivate init(_ crew: BatchCrew, ticket: Int) { (self.crew, self.ticket) = (crew, ticket) }

  /// Lets another thread compute.
  func leaveCore() {
    if hasCore { crew.cores.signal() }
    hasCore = false
  }

  func takeCore() {
    if !hasCore { crew.cores.wait() }
    hasCore = true
  }

  /// Waits, without a core, until all jobs that were begun before are dealt with.
  func awaitTurn() {
    leaveCore()
    crew.turns.wait(for: ticket)
  }

  fileprivate func leave() {
    leaveCore()
    crew.turns.finish(ticket)
  }
}
