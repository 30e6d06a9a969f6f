import Jobs

/// Something that is to be known of jobs of a batch.
struct BatchNote: Encodable {
  var text: String
  /// The first jobs of which it holds, by id; none where it is of the manifest's table.
  var jobs: [String]
  /// Of how many it holds.
  var count: Int
}

extension BatchNote {
  /// What is to be known of a manifest's jobs, and of how many remarks no text is kept.
  static func all(of manifest: Manifest) -> [BatchNote] {
    let notes = manifest.notes.map { BatchNote(text: $0.reason, jobs: $0.jobs, count: $0.lines.count) }
    guard manifest.lostNoteCount > 0 else { return notes }
    return notes + [BatchNote(text: "other remarks, which are not kept", jobs: [], count: manifest.lostNoteCount)]
  }
}

/// What `batch` says when it is done, for scripts.
struct BatchResult: Encodable {
  private struct Failure: Encodable {
    var id: String
    var reason: String
  }

  private var folder: String
  private var jobs: Int
  private var present: Int
  private var made: Int
  private var reseeded: Int
  private var madeByOthers: Int
  private var missing: Int
  private var failures: [Failure]
  private var notes: [BatchNote]

  init(_ summary: BatchSummary, folder: String, notes: [BatchNote]) {
    (self.folder, self.notes) = (folder, notes)
    (jobs, present, made) = (summary.jobCount, summary.present, summary.made)
    (reseeded, madeByOthers, missing) = (summary.reseeded, summary.madeByOthers, summary.missing)
    failures = summary.failures.map { Failure(id: $0.id, reason: $0.reason) }
  }
}
