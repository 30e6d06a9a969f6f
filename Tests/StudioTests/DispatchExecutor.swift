import Dispatch

/// Runs a server beside tests that wait for it, which block the few threads of the usual pool.
final class DispatchExecutor: TaskExecutor {
  private let queue = DispatchQueue(label: "server under test", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
