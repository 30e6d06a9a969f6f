import Foundation
import GRDB

extension QueuedJob {
  init(_ row: Row, _ db: Database) throws {
    (id, kind, request, group) = (row["id"], row["kind"], row["request"], row["groupID"])
    (count, secondsLeft, error, isCancelled) = (row["count"], row["secondsLeft"], row["error"], row["isCancelled"])
    state = State(rawValue: row["state"]) ?? .waiting
    notices = LibraryJSON.list(row["notices"])
    createdAt = Date(timeIntervalSince1970: row["createdAt"])
    let made = try Row.fetchAll(
      db, sql: "SELECT id, take, stage, isPurged FROM clips WHERE job = ? ORDER BY take", arguments: [id])
    clips = made.filter { !($0["isPurged"] as Bool) }.map { $0["id"] }
    func takes(_ belongs: (Row) -> Bool) -> Set<Int> { Set(made.filter(belongs).map { $0["take"] }) }
    wholeTakes = takes { $0["stage"] as Int == ClipRow.Stage.whole.rawValue }
    droppedTakes = takes { $0["isPurged"] as Bool }.subtracting(wholeTakes)
    let share = count > 0 ? Double(wholeTakes.count + droppedTakes.count) / Double(count) : 0
    progress = max(share, row["progress"])
  }
}

extension LibraryTransaction {
  /// Adds a job that waits, and its prompt to the history.
  func insert(_ job: LibraryEvent.Job, at: Date) throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO jobs (id, kind, request, groupID, count, createdAt, state, error, endedAt, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        job.id, job.kind, job.request, job.group, job.count, at.timeIntervalSince1970,
        (job.state ?? .waiting).rawValue, job.error, job.state == nil ? nil : at.timeIntervalSince1970, revision,
      ])
    guard db.changesCount > 0, let prompt = job.prompt, !prompt.isEmpty else { return }
    try db.execute(
      sql: """
        INSERT INTO prompts (prompt, at, count) VALUES (?, ?, 1)
        ON CONFLICT (prompt) DO UPDATE SET at = max(at, excluded.at), count = count + 1
        """, arguments: [prompt, at.timeIntervalSince1970])
  }

  /// Ends a job, whoever is at it.
  func end(_ id: String, _ state: QueuedJob.State, error: String?) throws {
    try db.execute(
      sql: """
        UPDATE jobs SET state = ?, error = ?, endedAt = ?, worker = NULL, secondsLeft = NULL,
          progress = CASE ? WHEN 'done' THEN 1 ELSE progress END, revision = ? WHERE id = ?
        """,
      arguments: [state.rawValue, error, at.timeIntervalSince1970, state.rawValue, revision, id])
    guard let row = try Row.fetchOne(db, sql: "SELECT * FROM jobs WHERE id = ?", arguments: [id]) else { return }
    let job = LibraryEvent.Job(
      id: id, kind: row["kind"], request: "", group: row["groupID"], count: row["count"], state: state, error: error)
    try record(.ended) { $0.job = job }
  }

  /// Puts a job back whose worker is gone, if that is still so.
  /// - Parameter isAlive: whether the worker itself lets go of it, so that this attempt did not end its process.
  func release(_ id: String, from worker: String?, isAlive: Bool = false) throws {
    try db.execute(
      sql: """
        UPDATE jobs SET state = 'waiting', worker = NULL, secondsLeft = NULL, attempts = max(0, attempts - ?), revision = ?
        WHERE id = ? AND state = 'running' AND worker IS ?
        """, arguments: [isAlive ? 1 : 0, revision, id, worker])
  }
}
