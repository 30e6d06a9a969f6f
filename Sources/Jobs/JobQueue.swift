import Foundation

/// The jobs that are still to do, handed out to several threads.
///
/// The longest come first, so that at the end no thread is left alone with a long one. Each thread takes a job when it
/// is free: whatever their lengths, all cores are busy until the queue is empty.
final class JobQueue: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let lock = NSLock()
  private var waiting: [Job]
  private var postponed: [Job] = []
  private var ticket = -1

  init(_ jobs: [Job]) {
    waiting = jobs.enumerated().sorted { ($1.element.cost, $0.offset) < ($0.element.cost, $1.offset) }
      .reversed().map(\.element)
  }

  /// The next job, if there is one that nobody else is making, and which it is of those handed out, from 0 on.
  func next() -> (job: Job, ticket: Int)? {
    lock.withLock {
      waiting.popLast().map { job in
        ticket += 1
        return (job, ticket)
      }
    }
  }

  /// Sets aside a job that another process is making.
  func postpone(_ job: Job) { lock.withLock { postponed.append(job) } }

  /// Hands out the postponed jobs again; false if there are none.
  func retryPostponed() -> Bool {
    lock.withLock {
      (waiting, postponed) = (waiting + postponed, [])
      return !waiting.isEmpty
    }
  }
}
