import Foundation

/// The threads of a batch: more than there are cores to use, so that while some wait for the disk others compute.
final class BatchCrew: Sendable {
  let queue: JobQueue
  let tally: BatchTally
  let make: BatchRun.Maker
  private let shouldStop: @Sendable () -> Bool
  private let threads: Int
  /// As many as may compute at once.
  private let cores: DispatchSemaphore

  init(
    _ queue: JobQueue, _ tally: BatchTally, threads: Int, shouldStop: @escaping @Sendable () -> Bool,
    make: @escaping BatchRun.Maker
  ) {
    self.queue = queue
    self.tally = tally
    self.make = make
    self.shouldStop = shouldStop
    self.threads = threads
    cores = DispatchSemaphore(value: threads)
  }

  /// Has every job attempted, and returns when all are dealt with or the batch is stopped.
  /// - Parameter attempt: is called with a core taken, which it has to leave.
  func run(_ attempt: @escaping @Sendable (Job) -> Void) {
    let finished = DispatchGroup()
    for _ in 0..<threads + (threads + 1) / 2 {
      finished.enter()
      let thread = Thread {
        repeat {
          while let job = self.takeJob() { attempt(job) }
        } while self.waitsForOthers()
        finished.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    finished.wait()
  }

  /// Waits for a core, then takes a job: so jobs begin in the queue's order.
  private func takeJob() -> Job? {
    cores.wait()
    if !isStopped, let job = queue.next() { return job }
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

  /// Lets another thread compute.
  func leaveCore() { cores.signal() }
}
