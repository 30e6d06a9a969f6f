import Foundation
import Library
import Storage
import Synchronization

/// Learns folders of samples, one at a time: by this very program as a process of its own, at a low priority. What ends it ends
/// nothing else, its memory is its own, and Ctrl-C of `hiss train` keeps what is learned, so that the same job goes on later.
package final class TrainingRunner: Sendable {
  private let library: ClipLibrary
  private let samples: SampleFolders
  private let models: URL
  private let encoder: URL?
  private let threads: Int
  private let tell: @Sendable () -> Void
  private let isEnding = Mutex(false)
  private let signal = DispatchSemaphore(value: 0)
  private let ended = DispatchGroup()

  init(
    _ library: ClipLibrary, _ samples: SampleFolders, models: URL, encoder: URL?, threads: Int,
    tell: @escaping @Sendable () -> Void
  ) {
    (self.library, self.samples, self.models, self.encoder) = (library, samples, models, encoder)
    (self.threads, self.tell) = (threads, tell)
  }

  func wake() { signal.signal() }

  func start() {
    ended.enter()
    Thread.detachNewThread { [self] in
      var looks = 0
      while !isEnding.withLock({ $0 }) {
        // What another program has left, it is asked for now and then.
        let states: Set<QueuedJob.State> = looks % 10 == 0 ? [.waiting, .running] : [.waiting]
        if let jobs = try? library.jobs(states), jobs.contains(where: { $0.kind == "train" }) { try? work() }
        looks += 1
        _ = signal.wait(timeout: .now() + 1)
      }
      ended.leave()
    }
  }

  package func stop() {
    isEnding.withLock { $0 = true }
    wake()
    _ = ended.wait(timeout: .now() + 3)
  }

  private func work() throws {
    let worker = try library.worker()
    while !isEnding.withLock({ $0 }), let job = try worker.claim(kinds: ["train"]) {
      do {
        let request = try JSONDecoder().decode(JobRequest.self, from: Data(job.request.utf8))
        try train(request, job, worker)
      } catch {
        try? worker.end(job.id, .failed, error: ErrorPhrasing.line(error))
      }
      tell()
    }
  }

  private func train(_ request: JobRequest, _ job: QueuedJob, _ worker: QueueWorker) throws {
    guard let program = ProgramFile.url else { throw Problem.invalid("The program does not know where it lies.") }
    let folder = try samples.folder(request.path ?? "")
    let process = Process()
    process.executableURL = program
    process.arguments = [
      "train", folder.path, "--output", models.appendingPathComponent(request.output ?? "mine").path,
      "--minutes", "\(request.minutes ?? 30)", "--threads", "\(threads)", "--json",
    ]
    if let encoder { process.arguments? += ["--text-encoder", encoder.path] }
    // What is prepared of samples lies in the library, not where the program happens to be started.
    process.currentDirectoryURL = library.folder.url
    let lines = TrainingLines()
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    process.standardInput = FileHandle.nullDevice
    output.fileHandleForReading.readabilityHandler = { lines.take($0.availableData, isResult: true) }
    errors.fileHandleForReading.readabilityHandler = { lines.take($0.availableData, isResult: false) }
    try process.run()
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(process.processIdentifier), 10)
    var told = TrainingLines.Told()
    var previews = TrainingPreviews(of: models.appendingPathComponent(request.output ?? "mine"), job: job)
    var (isStopping, looks) = (false, 0)
    while process.isRunning {
      usleep(200_000)
      looks += 1
      if looks % 10 == 0, previews.take(by: worker) { tell() }
      let wantsEnd = isEnding.withLock { $0 } || ((try? worker.isCancelled(job.id)) ?? false)
      if wantsEnd, !isStopping {
        isStopping = true
        process.interrupt()
      }
      let now = lines.told
      if now != told {
        told = now
        try? worker.report(job.id, progress: told.progress, secondsLeft: told.secondsLeft, notices: told.notices)
        tell()
      }
    }
    output.fileHandleForReading.readabilityHandler = nil
    errors.fileHandleForReading.readabilityHandler = nil
    _ = previews.take(by: worker)
    // The next time it goes on from what was saved.
    if isEnding.withLock({ $0 }) { return }
    if isStopping { return try worker.end(job.id, .cancelled) }
    guard process.terminationStatus == 0 else {
      return try worker.end(job.id, .failed, error: lines.told.notices.last ?? "the training ended with a fault")
    }
    try worker.report(job.id, progress: 1, notices: lines.told.notices)
    try worker.end(job.id, .done)
  }
}

/// What a training says, line by line.
final class TrainingLines: Sendable {
  struct Told: Equatable {
    var progress = 0.0
    var secondsLeft: Double?
    var notices: [String] = []
  }

  /// A line on stdout, as `hiss train --json` writes it.
  private struct Step: Decodable {
    var step: Int
    var steps: Int
    var loss: Double?
    var heldOut: Double?
    var secondsLeft: Double?
  }

  private struct State {
    var told = Told()
    var rest: [Bool: String] = [:]
  }
  private let state = Mutex(State())
  private static let mostNotices = 60

  var told: Told { state.withLock { $0.told } }

  func take(_ data: Data, isResult: Bool) {
    state.withLock { state in
      let text = (state.rest[isResult] ?? "") + String(decoding: data, as: UTF8.self)
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      state.rest[isResult] = String((lines.popLast() ?? "").suffix(10_000))
      for line in lines where !line.isEmpty {
        if isResult { Self.read(line, &state.told) } else { Self.add(line, &state.told) }
      }
    }
  }

  private static func read(_ line: String, _ told: inout Told) {
    guard let step = try? JSONDecoder().decode(Step.self, from: Data(line.utf8)), step.steps > 0 else { return }
    told.progress = min(1, max(0, Double(step.step) / Double(step.steps)))
    told.secondsLeft = step.secondsLeft
  }

  private static func add(_ line: String, _ told: inout Told) {
    told.notices.append(String(line.prefix(400)))
    if told.notices.count > mostNotices { told.notices.removeFirst() }
  }
}
