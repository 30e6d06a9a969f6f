import Foundation
import GRDB
import Storage

extension ClipLibrary {
  /// Puts a job at the queue's end.
  /// - Throws: `LibraryError.invalid` for a job that is too large, or no JSON.
  public func enqueue(_ new: NewJob) throws(LibraryError) -> QueuedJob {
    guard (0...NewJob.mostClips).contains(new.count) else {
      throw .invalid("\(new.count) clips are not between 0 and \(NewJob.mostClips)")
    }
    guard new.request.utf8.count <= NewJob.longestRequest else {
      throw .invalid("a request of \(new.request.utf8.count) bytes is longer than \(NewJob.longestRequest)")
    }
    guard (try? JSONSerialization.jsonObject(with: Data(new.request.utf8), options: .fragmentsAllowed)) != nil else {
      throw .invalid("the request is no JSON")
    }
    let record = LibraryEvent.Job(
      id: LibraryID.new(), kind: new.kind, request: new.request, group: LibraryID.new(), count: new.count,
      prompt: new.prompt)
    try transaction { step in
      try step.insert(record, at: step.at)
      try step.record(.asked) { $0.job = record }
    }
    writeJournal()
    return try job(record.id)
  }

  /// - Throws: `LibraryError.noJob`.
  public func job(_ id: String) throws(LibraryError) -> QueuedJob {
    try read { db in
      let row = try Row.fetchOne(db, sql: "SELECT * FROM jobs WHERE id = ?", arguments: [id])
      guard let row else { throw LibraryError.noJob(id: id) }
      return try QueuedJob(row, db)
    }
  }

  /// The newest jobs, the newest first.
  /// - Throws: `LibraryError`.
  public func jobs(_ states: Set<QueuedJob.State>? = nil, limit: Int = 100) throws(LibraryError) -> [QueuedJob] {
    try read { db in
      let names = (states ?? Set(QueuedJob.State.allCases)).map { "'\($0.rawValue)'" }.joined(separator: ", ")
      return try Row.fetchAll(
        db, sql: "SELECT * FROM jobs WHERE state IN (\(names)) ORDER BY sequence DESC LIMIT ?",
        arguments: [max(0, limit)]
      ).map { try QueuedJob($0, db) }
    }
  }

  /// Cancels a job: at once while it waits; while it runs, its worker sees it at its next step.
  /// - Throws: `LibraryError.noJob`.
  public func cancel(_ id: String) throws(LibraryError) {
    let ends = try transaction { step in
      guard let row = try Row.fetchOne(step.db, sql: "SELECT * FROM jobs WHERE id = ?", arguments: [id]) else {
        throw LibraryError.noJob(id: id)
      }
      let state: String = row["state"]
      if state == "waiting" || state == "running" && !isAlive(row["worker"]) {
        try step.end(id, .cancelled, error: nil)
        return true
      }
      if state == "running" {
        try step.db.execute(
          sql: "UPDATE jobs SET isCancelled = 1, revision = ? WHERE id = ?", arguments: [step.revision, id])
      }
      return false
    }
    if ends { try settleDrafts(of: id) }
    writeJournal()
  }

  /// One who works on the queue; others see that it is alive until it is let go of, or its process ends.
  /// - Throws: `LibraryError`.
  public func worker() throws(LibraryError) -> QueueWorker { try QueueWorker(self) }

  /// Whether a worker's process lives: it holds its lock.
  func isAlive(_ worker: String?) -> Bool {
    guard let worker, LibraryID.isOne(worker) else { return false }
    let url = workerLock(worker)
    guard FileIdentity.isTaken(url) else { return false }
    do throws(StorageError) {
      guard let lock = try FileLock.take(url) else { return true }
      lock.remove()
      return false
    } catch {
      // Where that cannot be told, it is left to its worker.
      return true
    }
  }

  func workerLock(_ id: String) -> URL { folder.folder(.workers).appendingPathComponent(id + ".lock") }

  /// Puts jobs back whose workers were killed: they go on where they stood.
  func releaseOrphans() throws(LibraryError) {
    let running = try read { try Row.fetchAll($0, sql: "SELECT id, worker FROM jobs WHERE state = 'running'") }
    for row in running where !isAlive(row["worker"]) {
      try transaction { try $0.release(row["id"], from: row["worker"]) }
    }
  }

  /// Drafts of a job that will not be made whole: those that a user picked or rated, and those that other jobs are to change,
  /// become clips as they are; others go.
  func settleDrafts(of job: String) throws(LibraryError) {
    guard try !read({ try Self.drafts(of: job, $0) }).isEmpty else { return }
    try purge { db in
      let named = try Self.namedByJobs(db)
      return try Self.drafts(of: job, db).map(\.clip).filter { $0.isUntouched && !named.contains($0.id) }.map(\.id)
    }
    for row in try read({ try Self.drafts(of: job, $0) }) { try promote(row) }
  }

  private static func drafts(of job: String, _ db: Database) throws -> [ClipRow] {
    try Row.fetchAll(
      db, sql: "SELECT \(ClipRow.columns) FROM clips WHERE job = ? AND stage = 1 AND isPurged = 0", arguments: [job]
    ).map(ClipRow.init)
  }

  /// The ids that requests of jobs hold which have not ended.
  private static func namedByJobs(_ db: Database) throws -> Set<String> {
    try String.fetchSet(
      db,
      sql: """
        SELECT CAST(value AS TEXT) FROM jobs, json_tree(jobs.request)
        WHERE state IN ('waiting', 'running') AND json_tree.type = 'text' AND length(value) = 10
        """)
  }

  /// Makes a clip of its draft.
  private func promote(_ row: ClipRow) throws(LibraryError) {
    let id = row.clip.id
    guard let found = DurableFile.fingerprint(of: draft(id)) else {
      try purge { _ in [id] }
      return
    }
    try transaction { step in
      guard var row = try ClipRow.find(id, step.db), row.stage == .draft else { return }
      (row.stage, row.isUnsettled) = (.whole, true)
      (row.hash, row.byteCount) = (StableHash.hexadecimal(found.hash), found.byteCount)
      try step.write(row)
      let details = try Row.fetchOne(
        step.db, sql: "SELECT request, features FROM details WHERE serial = ?", arguments: [row.serial])
      try step.record(.made, clip: id) {
        $0.made = LibraryEvent.Made(
          clip: row.clip, request: details?["request"], features: details?["features"], hash: row.hash,
          byteCount: row.byteCount, job: row.job)
      }
    }
    try settle([id])
    writeJournal()
  }
}

extension LibraryClip {
  /// Whether no user has said anything of it.
  var isUntouched: Bool { state == .new && rating == 0 && note.isEmpty && tags.isEmpty }
}
