public import Foundation
public import Parallelism
public import Storage
public import Synthesis

/// Makes the clips of a manifest in a folder, each whole or not at all, and remembers in the folder's ledger which are
/// done: run again after whatever happened, it makes what is missing.
///
/// Several runs, in one process or on many machines, may work in one folder: each clip is made by one of them.
public final class BatchRun: Sendable {
  /// Makes a job's file.
  public typealias Maker = @Sendable (Job) throws -> MadeFile

  private let folder: URL
  private let jobs: [Job]
  private let fileExtension: String
  private let modelHash: String
  private let novelty: @Sendable (GenerationRequest) -> Double?
  private let verifies: Bool
  private let replacesUnknown: Bool
  private let environment: ClipEnvironment
  private let ledger: Ledger
  private let claims: Claims

  /// - Parameters:
  ///   - fileExtension: of the clips.
  ///   - modelHash: of the model that makes them; another model's clips are made anew.
  ///   - novelty: how new a request's clip has to be; nil where that is not asked. Clips that had to be otherwise are made
  ///     anew.
  ///   - verifies: whether every clip that is there is read and compared with its hash in the ledger.
  ///   - replacesUnknown: whether a file may be replaced that the ledger does not know, and that is not the very clip.
  ///   - environment: that clips are made in, which the ledger notes.
  /// - Throws: `StorageError` when the folder cannot be made, its ledger not be read, or something else has the name of one of
  ///   Hiss's own files.
  ///
  /// Clears what dead runs have left, of which the last may have died when all clips were there.
  public init(
    _ jobs: [Job], in folder: URL, fileExtension: String, modelHash: String,
    novelty: @escaping @Sendable (GenerationRequest) -> Double? = { _ in nil }, verifies: Bool = false,
    replacesUnknown: Bool = true, environment: ClipEnvironment = .unknown
  ) throws(StorageError) {
    self.folder = folder
    self.jobs = jobs
    self.fileExtension = fileExtension
    self.modelHash = modelHash
    self.novelty = novelty
    self.verifies = verifies
    self.replacesUnknown = replacesUnknown
    self.environment = environment
    try DurableFile.makeFolder(folder)
    ledger = Ledger(folder: folder)
    claims = Claims(in: folder)
    try claims.check()
    claims.sweep()
    try ledger.checkIsOwn()
  }

  /// The jobs whose clips are not there, or not as the ledger knows them.
  public func missing(threads: Int = Parallel.coreCount) -> [Job] {
    let present = Parallel.map(jobs.count, threads: verifies ? threads : 1) {
      self.isDone(self.jobs[$0], verifying: self.verifies)
    }
    return zip(jobs, present).filter { !$1 }.map(\.0)
  }

  /// Makes clips on several threads, each of which takes the next when it is free.
  /// - Parameters:
  ///   - missing: what `missing` gave.
  ///   - shouldStop: is asked before each clip.
  ///   - tell: is told after each clip, from any thread, one call at a time.
  public func run(
    _ missing: [Job], threads: Int = Parallel.coreCount, shouldStop: @escaping @Sendable () -> Bool = { false },
    tell: @escaping @Sendable (BatchProgress) -> Void = { _ in }, make: @escaping Maker
  ) -> BatchSummary {
    let tally = BatchTally(missing, jobCount: jobs.count, tell: tell)
    let crew = BatchCrew(JobQueue(missing), tally, threads: threads, shouldStop: shouldStop, make: make)
    crew.run { self.attempt($0, crew) }
    claims.sweep()
    return tally.summary
  }

  /// Makes one clip, unless another process does or has done so.
  private func attempt(_ job: Job, _ crew: BatchCrew) {
    var isComputing = true
    defer { if isComputing { crew.leaveCore() } }
    do {
      guard let claim = try claims.take(job.id) else { return crew.queue.postpone(job) }
      defer { claim.release() }
      try ledger.refresh()
      if isDone(job, verifying: verifies) { return crew.tally.add(job, .madeByOthers) }
      let start = ContinuousClock.now
      do {
        let file = try crew.make(job)
        isComputing = false
        crew.leaveCore()
        try place(file, of: job, by: claim.part, since: start)
        crew.tally.add(job, .made(hasOtherSeed: file.seed != nil))
      } catch let error as StorageError where error.concernsWholeDisk {
        throw error
      } catch {
        let reason = "\(error)"
        try ledger.append(entry(for: job, .failed) { $0.reason = reason })
        crew.tally.add(job, .failed(reason: reason))
      }
    } catch let error as StorageError where error.concernsWholeDisk {
      crew.tally.stop(error)
    } catch {
      crew.tally.add(job, .failed(reason: "\(error)"))
    }
  }

  /// Puts a clip in its place, then tells the ledger: what the ledger says is done is there.
  private func place(
    _ file: MadeFile, of job: Job, by part: URL, since start: ContinuousClock.Instant
  ) throws {
    let url = url(of: job)
    let hash = file.bytes.withUnsafeBytes { StableHash.of($0) }
    if !replacesUnknown, FileIdentity.isTaken(url), !ledger.files.contains(url.lastPathComponent),
      DurableFile.fingerprint(of: url)?.hash != hash
    {
      throw BatchConflict(id: job.id, path: url.path, kind: .unknownFile)
    }
    try DurableFile.write(file.bytes, to: url, by: part)
    try ledger.append(
      entry(for: job, .done) {
        $0.file = url.lastPathComponent
        $0.bytes = file.bytes.count
        $0.hash = StableHash.hexadecimal(hash)
        $0.seconds = (start.secondsAgo * 1000).rounded() / 1000
        $0.seed = file.seed
        $0.novelty = file.novelty.map { ($0 * 1000).rounded() / 1000 }
        ($0.words, $0.confidence) = (file.words, file.confidence)
        ($0.textEncoder, $0.processor) = (environment.textEncoder, environment.processor)
      })
  }

  private func entry(
    for job: Job, _ state: LedgerEntry.State, _ fill: (inout LedgerEntry) -> Void
  ) -> LedgerEntry {
    var entry = LedgerEntry(
      id: job.id, state: state, parameters: parametersHash(job), model: modelHash,
      time: Date().formatted(.iso8601))
    fill(&entry)
    return entry
  }

  private func parametersHash(_ job: Job) -> String {
    job.parametersHash(fileExtension: fileExtension, novelty: novelty(job.request))
  }

  /// Whether this hash is the job's, or was in an earlier version.
  private func isOf(_ job: Job, _ parameters: String) -> Bool {
    isOf(job, parameters, novelty: novelty(job.request))
  }

  private func isOf(_ job: Job, _ parameters: String, novelty: Double?) -> Bool {
    parameters == job.parametersHash(fileExtension: fileExtension, novelty: novelty)
      || job.earlierHashes(fileExtension: fileExtension, novelty: novelty).contains(parameters)
  }

  /// How many clips are there as these jobs want them, but for how new they had to be when they were made.
  /// - Parameter former: what may have been asked then; nil where nothing was.
  public func countOfOtherNovelty(_ missing: [Job], former: [Double?]) -> Int {
    missing.count { job in
      guard let entry = ledger[job.id], entry.state == .done, entry.model == modelHash else { return false }
      return former.contains { $0 != novelty(job.request) && isOf(job, entry.parameters, novelty: $0) }
    }
  }

  /// Whether the ledger knows the clip as this job's and this model's, and the file is there as it was written.
  private func isDone(_ job: Job, verifying: Bool) -> Bool {
    guard let entry = ledger[job.id], entry.state == .done, entry.model == modelHash,
      isOf(job, entry.parameters)
    else { return false }
    let url = url(of: job)
    if verifying {
      guard let found = DurableFile.fingerprint(of: url) else { return false }
      return StableHash.hexadecimal(found.hash) == entry.hash && found.byteCount == entry.bytes
    }
    var status = stat()
    return stat(url.path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && Int(status.st_size) == entry.bytes
  }

  /// What differs between here and where clips were made that are there, each in a few words, and of how many clips. They
  /// are done: made here they would have other bytes.
  public func differences() -> [(what: String, clipCount: Int)] {
    let found = jobs.compactMap { isDone($0, verifying: false) ? ledger[$0.id] : nil }.flatMap { entry in
      ClipEnvironment(storedTextEncoder: entry.textEncoder, processor: entry.processor).differences(here: environment)
    }
    return Dictionary(found.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
      .map { (what: $0.key, clipCount: $0.value) }
  }

  /// The clip's file.
  public func url(of job: Job) -> URL { job.file(in: folder, fileExtension: fileExtension) }
}
