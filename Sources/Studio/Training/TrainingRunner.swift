import Evaluation
import Foundation
import Library
import Storage
import Synchronization
import Synthesis
import Training

/// Learns folders of samples, and measures what was learned, one after another: by this very program as a process of its own.
/// Ctrl-C of `hiss train` keeps what is learned, so that the same job goes on later.
package final class TrainingRunner: Sendable {
  /// By what is learned, and where that goes.
  struct School: Sendable {
    /// nil where the program does not know where it lies.
    let program: URL?
    let models: TrainedModels
    let encoder: URL?
    let threads: Int
    let trainingOptions: [String]
  }

  private let library: ClipLibrary
  private let samples: SampleFolders
  private let school: School
  private let tell: @Sendable () -> Void
  private let isEnding = Mutex(false)
  private let signal = DispatchSemaphore(value: 0)
  private let ended = DispatchGroup()
  private static let kinds = Set(JobRequest.Kind.ofLearning.map(\.rawValue))
  /// Clips that an evaluation makes unless another number is asked for.
  private static let evaluatedClips = 24
  /// Seconds to wait for a training that was killed with its studio, and saves.
  private static let patience = 60.0

  init(_ library: ClipLibrary, _ samples: SampleFolders, _ school: School, tell: @escaping @Sendable () -> Void) {
    (self.library, self.samples, self.school, self.tell) = (library, samples, school, tell)
  }

  func wake() { signal.signal() }

  func start() {
    ended.enter()
    Thread.detachNewThread { [self] in
      var looks = 0
      while !isEnding.withLock({ $0 }) {
        // What another program has left, it is asked for now and then.
        let states: Set<QueuedJob.State> = looks % 10 == 0 ? [.waiting, .running] : [.waiting]
        if let jobs = try? library.jobs(states), jobs.contains(where: { Self.kinds.contains($0.kind) }) { try? work() }
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

  /// Whether a job can be done, before it is queued.
  /// - Throws: `Problem`.
  func check(_ request: JobRequest) throws {
    if let problem = request.problem { throw Problem.invalid(problem) }
    if request.kind == .train { _ = try samples.folder(request.path ?? "") } else { _ = try evaluated(request) }
  }

  private func work() throws {
    let worker = try library.worker()
    while !isEnding.withLock({ $0 }), let job = try worker.claim(kinds: Self.kinds) {
      do {
        let request = try JSONDecoder().decode(JobRequest.self, from: Data(job.request.utf8))
        if request.kind == .train { try train(request, job, worker) } else { try evaluate(request, job, worker) }
      } catch  where Troubles.mayPass(error) {
        // The worker goes, and its job is taken up again.
        tell()
        throw error
      } catch {
        try worker.end(job.id, .failed, error: ErrorPhrasing.line(error, in: library.folder.url))
      }
      tell()
    }
  }

  private var program: URL {
    get throws {
      guard let program = school.program else { throw Problem.invalid("The program does not know where it lies.") }
      return program
    }
  }

  /// Runs the program for a job, whose progress it tells.
  /// - Returns: its exit code; nil where the studio ends, or the job was cancelled, which is said then.
  private func run(
    _ arguments: [String], _ lines: ProgramLines, _ job: QueuedJob, _ worker: QueueWorker, look: () -> Void = {}
  ) throws -> Int32? {
    let encoder = school.encoder.map { ["--text-encoder", $0.path] } ?? []
    // What is prepared of samples lies in the library, not where the program happens to be started.
    let run = ProgramRun(
      try program, arguments + ["--threads", "\(school.threads)"] + encoder, in: library.folder.url, lines: lines)
    var (told, isStopped) = (ProgramLines.Told(), false)
    let code = try run.run {
      isStopped = isEnding.withLock { $0 } || ((try? worker.isCancelled(job.id)) ?? false)
      return isStopped
    } look: {
      look()
      let now = lines.told
      guard now != told else { return }
      told = now
      try? worker.report(job.id, progress: told.progress, secondsLeft: told.secondsLeft, notices: told.notices)
      tell()
    }
    // The next time it goes on from what was saved.
    if isEnding.withLock({ $0 }) { return nil }
    guard !isStopped else {
      try worker.end(job.id, .cancelled)
      return nil
    }
    return code
  }

  // MARK: Learning

  private func train(_ request: JobRequest, _ job: QueuedJob, _ worker: QueueWorker) throws {
    // Of a library that is gone no folder is made anew.
    _ = try library.revision()
    let folder = try samples.folder(request.path ?? "")
    let model = school.models.folder.appendingPathComponent(request.output ?? "mine")
    let arguments =
      ["train", folder.path, "--output", model.path, "--minutes", "\(request.minutes ?? 30)", "--json"]
      + (CheckpointFiles(in: model).present.isEmpty ? school.trainingOptions : [])
    var previews = TrainingPreviews(of: model, job: job)
    let start = ContinuousClock.now
    while true {
      let lines = ProgramLines(home: library.folder.url)
      var looks = 0
      let code = try run(arguments, lines, job, worker) {
        looks += 1
        if looks % 10 == 0, previews.take(by: worker) { tell() }
      }
      guard let code else { return }
      _ = previews.take(by: worker)
      if code == 0 {
        try worker.report(job.id, progress: 1, notices: lines.told.notices)
        return try worker.end(job.id, .done)
      }
      // One that was killed with its studio is still saving.
      let isTaken = lines.told.notices.last?.contains("another training is at work") ?? false
      guard isTaken, ContinuousClock.now - start < .seconds(Self.patience) else {
        let error = lines.told.notices.last ?? "the training ended with a fault"
        return try worker.end(job.id, .failed, error: error)
      }
      usleep(500_000)
    }
  }

  // MARK: Measuring

  /// The model and the folder of an evaluation: of the folder that it learned from, unless another is named.
  private func evaluated(_ request: JobRequest) throws -> (name: String, model: URL, folder: URL) {
    let name = request.model ?? ""
    let model = try school.models.model(name)
    let learned = try ModelLibrary.check(model).configuration.training?.dataset
    guard let path = request.path ?? learned else {
      throw Problem.invalid("The model does not say what it learned from: name a folder of samples as path.")
    }
    do { return (name, model, try samples.folder(path)) } catch {
      throw Problem.invalid("The folder \(path) is not among the studio's folders of samples: name another as path.")
    }
  }

  private func evaluate(_ request: JobRequest, _ job: QueuedJob, _ worker: QueueWorker) throws {
    let (name, model, folder) = try evaluated(request)
    let lines = ProgramLines(home: library.folder.url, stages: Evaluator.Stage.allCases.map(\.rawValue))
    let count = request.count ?? Self.evaluatedClips
    let arguments = [
      "evaluate", model.path, "--dataset", folder.path, "--clips", "\(count)", "--json", "--json-progress",
    ]
    guard let code = try run(arguments, lines, job, worker) else { return }
    guard code == 0, let report = try? JSONDecoder().decode(EvaluationReport.self, from: lines.output) else {
      return try worker.end(
        job.id, .failed, error: lines.told.notices.last ?? "the evaluation ended with a fault")
    }
    _ = try library.revision()
    try school.models.keep(report, of: name)
    try worker.report(job.id, progress: 1, notices: report.verdict.lines + report.notes)
    try worker.end(job.id, .done)
  }
}
