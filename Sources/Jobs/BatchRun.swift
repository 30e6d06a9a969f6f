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

  let folder: URL
  private let jobs: [Job]
  let fileExtension: String
  let modelHash: String
  private let novelty: @Sendable (GenerationRequest) -> Double?
  let verifies: Bool
  let replacesUnknown: Bool
  let environment: ClipEnvironment
  let ledger: Ledger
  let claims: Claims

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
  ///   - siblings: what keeps the clips apart, of those that are there too; nil where near copies of each other may stay.
  ///   - shouldStop: is asked before each clip.
  ///   - tell: is told after each clip, from any thread, one call at a time.
  public func run(
    _ missing: [Job], threads: Int = Parallel.coreCount, siblings: Siblings? = nil,
    shouldStop: @escaping @Sendable () -> Bool = { false },
    tell: @escaping @Sendable (BatchProgress) -> Void = { _ in }, make: @escaping Maker
  ) -> BatchSummary {
    let tally = BatchTally(missing, jobCount: jobs.count, tell: tell)
    let crew = BatchCrew(
      JobQueue(missing), tally, threads: threads, siblings: siblings, shouldStop: shouldStop, make: make)
    let absent = Set(missing.map(\.id))
    for job in jobs where !absent.contains(job.id) { siblings?.add(job, ledger[job.id]) }
    crew.run { self.attempt($0, crew, $1) }
    claims.sweep()
    return tally.summary
  }

  func parametersHash(_ job: Job) -> String {
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
  func isDone(_ job: Job, verifying: Bool) -> Bool {
    guard let entry = ledger[job.id], entry.state == .done, entry.model == modelHash,
      isOf(job, entry.parameters)
    else { return false }
    let parts = entry.parts ?? []
    return isThere(url(of: job), bytes: entry.bytes, hash: entry.hash, verifying)
      && parts.allSatisfy { isThere(folder.appendingPathComponent($0.file), bytes: $0.bytes, hash: $0.hash, verifying) }
  }

  /// Whether a file has the length that the ledger says, and where that is asked the hash.
  private func isThere(_ url: URL, bytes: Int?, hash: String?, _ verifying: Bool) -> Bool {
    if verifying {
      guard let found = DurableFile.fingerprint(of: url) else { return false }
      return StableHash.hexadecimal(found.hash) == hash && found.byteCount == bytes
    }
    var status = stat()
    return stat(url.path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && Int(status.st_size) == bytes
  }

  /// What differs between here and where clips were made that are there, each in a few words, and of how many clips. They
  /// are done: made here they would have other bytes.
  public func differences() -> [(what: String, clipCount: Int)] {
    let found = jobs.filter { isDone($0, verifying: false) }.flatMap { job in
      ledger[job.id].map { entry in
        ClipEnvironment(storedTextEncoder: entry.textEncoder, processor: entry.processor, leaps: entry.leaps)
          .differences(here: environment.of(job.request))
      } ?? []
    }
    return Dictionary(found.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
      .map { (what: $0.key, clipCount: $0.value) }
  }

  /// The clip's file.
  public func url(of job: Job) -> URL { job.file(in: folder, fileExtension: fileExtension) }
}
