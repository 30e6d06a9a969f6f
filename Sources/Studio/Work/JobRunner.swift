import Foundation
import Library
import Synchronization
import Synthesis

/// Does what waits in the library's queue, on a thread of its own: several jobs side by side, those first that have nothing to
/// be heard yet.
package final class JobRunner: Sendable {
  private let library: ClipLibrary
  private let planner: JobPlanner
  private let troubles: Troubles
  private let tell: @Sendable () -> Void
  private let report: @Sendable (String) -> Void
  private let state = Mutex(State())
  private let signal = DispatchSemaphore(value: 0)
  private let ended = DispatchGroup()

  private struct State {
    var isEnding = false
  }

  /// A job that finds no room so often, though a trial finds it, is given up.
  private static let mostTroubles = 5
  /// A job whose source is never where it was just found is given up after so many looks.
  private static let mostMoves = 200
  /// Jobs that are begun at once.
  private static let mostActive = 16
  private static let kinds = Set(JobRequest.Kind.allCases.map(\.rawValue)).subtracting(
    JobRequest.Kind.ofLearning.map(\.rawValue))

  init(
    _ library: ClipLibrary, _ planner: JobPlanner, _ troubles: Troubles, tell: @escaping @Sendable () -> Void,
    report: @escaping @Sendable (String) -> Void
  ) {
    (self.library, self.planner, self.troubles) = (library, planner, troubles)
    (self.tell, self.report) = (tell, report)
  }

  private var isEnding: Bool { state.withLock { $0.isEnding } }

  /// Says that there may be something to do.
  func wake() { signal.signal() }

  func start() {
    ended.enter()
    let thread = Thread { [self] in
      run()
      ended.leave()
    }
    thread.name = "studio.jobs"
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Ends; what is not made yet is made the next time.
  package func stop() {
    state.withLock { $0.isEnding = true }
    wake()
    _ = ended.wait(timeout: .now() + 3)
  }

  private func run() {
    var worker: QueueWorker?
    var active: [ActiveJob] = []
    var lastLook = ContinuousClock.now - .seconds(60)
    var openings = library.openings
    var setbacks = Setbacks()
    var trouble = ""
    while !isEnding {
      do {
        try endTrouble()
        if library.openings != openings {
          // Nobody knows this worker in the folder that has come in the place of the former.
          (openings, worker, active) = (library.openings, nil, [])
        }
        let own = try worker ?? library.worker()
        worker = own
        var isDue = ContinuousClock.now - lastLook > .seconds(5)
        if isDue {
          lastLook = .now
          isDue = try isSomethingLeft(besides: active)
        }
        // To claim writes, and so it is asked first whether there is something; now and then for what others have left.
        while try active.count < Self.mostActive && (isDue || isSomethingWaiting()) {
          let isLast = isDue
          isDue = false
          if try !claim(own, &active), !isLast { break }
        }
        guard let place = active.firstIndex(where: \.wantsPreviews) ?? active.indices.first else {
          _ = signal.wait(timeout: .now() + 0.3)
          continue
        }
        try work(at: place, of: &active, own, &setbacks)
      } catch {
        // The library is gone, or its disk is full: it is tried again. What was made and not kept is made again.
        if !troubles.tell(error), trouble != "\(error)" {
          trouble = "\(error)"
          report("studio: \(ErrorPhrasing.line(error))")
        }
        (worker, active) = (nil, [])
        _ = signal.wait(timeout: .now() + 2)
      }
    }
  }

  /// How often each job could not go on: its disk was full, or what it comes from had moved.
  private struct Setbacks {
    var troubles: [String: Int] = [:]
    var moves: [String: Int] = [:]
  }

  /// Does the next piece of one of the jobs at hand.
  /// - Throws: what keeps everything from being kept, and may pass.
  private func work(
    at place: Int, of active: inout [ActiveJob], _ worker: QueueWorker, _ setbacks: inout Setbacks
  ) throws {
    let id = active[place].job.id
    do {
      guard try active[place].turn() else { return }
    } catch let moved as MovedSource {
      setbacks.moves[id, default: 0] += 1
      guard setbacks.moves[id, default: 0] >= Self.mostMoves else {
        active.remove(at: place)
        return try begin(library.job(id), worker, &active)
      }
      try fail(id, moved.cause, worker)
    } catch {
      setbacks.troubles[id, default: 0] += 1
      guard setbacks.troubles[id, default: 0] >= Self.mostTroubles else { throw error }
      try fail(id, error, worker)
    }
    active.remove(at: place)
    tell()
  }

  private func fail(_ job: String, _ error: any Error, _ worker: QueueWorker) throws {
    try worker.end(job, .failed, error: ErrorPhrasing.line(error, in: library.folder.url))
  }

  /// Where something was wrong, finds out whether it is over: before minutes of work are lost again.
  private func endTrouble() throws {
    guard troubles.current != nil else { return }
    try library.tryWriting()
    troubles.end()
    tell()
  }

  private func isSomethingWaiting() throws -> Bool {
    try library.jobs([.waiting], limit: 200).contains { Self.kinds.contains($0.kind) }
  }

  /// Whether jobs run that are not one's own: those who were at them may have been killed.
  private func isSomethingLeft(besides active: [ActiveJob]) throws -> Bool {
    try library.jobs([.running], limit: 200).contains { job in
      Self.kinds.contains(job.kind) && !active.contains { $0.job.id == job.id }
    }
  }

  /// - Returns: whether there was a job.
  private func claim(_ worker: QueueWorker, _ active: inout [ActiveJob]) throws -> Bool {
    guard let job = try worker.claim(kinds: Self.kinds) else { return false }
    try begin(job, worker, &active)
    return true
  }

  /// Plans a job that the worker has; one that cannot be made is ended.
  private func begin(_ job: QueuedJob, _ worker: QueueWorker, _ active: inout [ActiveJob]) throws {
    do {
      let request = try JSONDecoder().decode(JobRequest.self, from: Data(job.request.utf8))
      let plan = try planner.plan(request)
      active.append(
        ActiveJob(job, plan, in: library, by: worker, isEnding: { [self] in isEnding }, tell: tell))
    } catch  where Troubles.mayPass(error) {
      throw error
    } catch {
      try fail(job.id, error, worker)
    }
    tell()
  }
}
