public import Audio
import Foundation
import GRDB
import Storage

/// Takes jobs from the queue and does them: one at a time each, as many workers as there are threads and processes.
///
///     let worker = try library.worker()
///     while let job = try worker.claim() {
///       try worker.begin(job.id)
///       for take in job.openTakes {
///         if try worker.isCancelled(job.id) { break }
///         try worker.store(bytes, sound, facts, take: take, of: job)
///       }
///       try worker.end(job.id, .done)
///     }
///
/// A job whose worker is killed goes to the next one that asks, with the takes that are still open.
public final class QueueWorker: Sendable {
  private let library: ClipLibrary
  private let id = LibraryID.new()
  private let lock: FileLock
  /// Beginnings without a clip between them, after which a job is given up: it ends its process each time.
  private static let mostAttempts = 20

  init(_ library: ClipLibrary) throws(LibraryError) {
    self.library = library
    do throws(StorageError) {
      guard let lock = try FileLock.take(library.workerLock(id)) else {
        throw StorageError.cannotLock(path: library.workerLock(id).path, code: EWOULDBLOCK)
      }
      self.lock = lock
    } catch { throw library.told(error) }
  }

  deinit {
    // What it was at goes to the next.
    let running = try? library.read {
      try String.fetchAll($0, sql: "SELECT id FROM jobs WHERE worker = ? AND state = 'running'", arguments: [id])
    }
    for job in running ?? [] { try? library.transaction { try $0.release(job, from: id, isAlive: true) } }
    lock.remove()
  }

  /// The next job that nobody is at; nil where there is none.
  /// - Parameter kinds: nil for any.
  /// - Throws: `LibraryError`.
  public func claim(kinds: Set<String>? = nil) throws(LibraryError) -> QueuedJob? {
    try library.releaseOrphans()
    let (claimed, ended) = try library.transaction { step in
      var ended: [String] = []
      for row in try Row.fetchAll(step.db, sql: "SELECT * FROM jobs WHERE state = 'waiting' ORDER BY sequence") {
        let job: String = row["id"]
        if let kinds, !kinds.contains(row["kind"]) { continue }
        if row["isCancelled"] {
          try step.end(job, .cancelled, error: nil)
          ended.append(job)
        } else if row["attempts"] >= Self.mostAttempts {
          let error = "the program ended \(Self.mostAttempts) times while it made this, without a clip in between"
          try step.end(job, .failed, error: error)
          ended.append(job)
        } else {
          try step.db.execute(
            sql: "UPDATE jobs SET state = 'running', worker = ?, revision = ? WHERE id = ?",
            arguments: [id, step.revision, job])
          return (job as String?, ended)
        }
      }
      return (nil, ended)
    }
    for job in ended { try library.settleDrafts(of: job) }
    if !ended.isEmpty { library.writeJournal() }
    guard let claimed else { return nil }
    return try library.job(claimed)
  }

  /// Says that the making of a job begins: what ends the process from now on counts against it, until a clip is there. A job
  /// that was claimed only is not to blame.
  /// - Throws: `LibraryError.notHeld` where it is another worker's now.
  public func begin(_ job: String) throws(LibraryError) {
    try library.transaction { step in
      try check(job, step.db)
      try step.db.execute(sql: "UPDATE jobs SET attempts = attempts + 1 WHERE id = ?", arguments: [job])
    }
  }

  /// Whether a job is to stop: asked between two steps of making, it costs microseconds.
  /// - Throws: `LibraryError`.
  public func isCancelled(_ job: String) throws(LibraryError) -> Bool {
    try library.read {
      try Bool.fetchOne($0, sql: "SELECT isCancelled OR worker IS NOT ? FROM jobs WHERE id = ?", arguments: [id, job])
    } ?? true
  }

  /// Says how far a job is.
  /// - Parameters:
  ///   - progress: 0 … 1.
  ///   - notices: all lines that are to be shown with it; nil leaves them as they are.
  /// - Throws: `LibraryError.notHeld` where it is another worker's now.
  public func report(
    _ job: String, progress: Double? = nil, secondsLeft: Double? = nil, notices: [String]? = nil
  ) throws(LibraryError) {
    try library.transaction { step in
      try check(job, step.db)
      try step.db.execute(
        sql: """
          UPDATE jobs SET progress = coalesce(?, progress), secondsLeft = ?, notices = coalesce(?, notices), attempts = 0,
            revision = ? WHERE id = ?
          """,
        arguments: [progress, secondsLeft, notices.map { LibraryJSON.text($0) }, step.revision, job])
    }
  }

  /// Takes in a whole clip of a job (`ClipLibrary.store`).
  /// - Throws: `LibraryError.notHeld` where the job is another worker's now.
  @discardableResult
  public func store(
    _ bytes: [UInt8], _ sound: AudioClip, _ facts: ClipFacts, take: Int, of job: QueuedJob,
    fileExtension: String = "wav"
  ) throws(LibraryError) -> LibraryClip {
    try library.read { try check(job.id, $0) }
    let slot = ClipSlot(job: job.id, take: take, group: job.group)
    let clip = try library.store(bytes, sound, facts, in: slot, fileExtension: fileExtension)
    try library.transaction { step in
      try step.db.execute(
        sql: "UPDATE jobs SET attempts = 0, revision = ? WHERE id = ?", arguments: [step.revision, job.id])
    }
    return clip
  }

  /// Takes in a preview of a clip of a job.
  /// - Throws: `LibraryError.notHeld` where the job is another worker's now.
  @discardableResult
  public func storeDraft(
    _ bytes: [UInt8], _ sound: AudioClip, _ facts: ClipFacts, take: Int, of job: QueuedJob
  ) throws(LibraryError) -> LibraryClip {
    try library.read { try check(job.id, $0) }
    return try library.storeDraft(bytes, sound, facts, in: ClipSlot(job: job.id, take: take, group: job.group))
  }

  /// Ends a job: done, failed or cancelled. Drafts that nobody touched go with it.
  /// - Throws: `LibraryError.notHeld` where it is another worker's now.
  public func end(_ job: String, _ state: QueuedJob.State, error: String? = nil) throws(LibraryError) {
    precondition(state != .waiting && state != .running, "a job ends as \(state)")
    try library.transaction { step in
      try check(job, step.db)
      try step.end(job, state, error: error)
    }
    try library.settleDrafts(of: job)
    library.writeJournal()
  }

  private func check(_ job: String, _ db: Database) throws {
    let isMine = try Bool.fetchOne(
      db, sql: "SELECT worker IS ? AND state = 'running' FROM jobs WHERE id = ?", arguments: [id, job])
    guard isMine == true else { throw LibraryError.notHeld(job: job) }
  }
}
