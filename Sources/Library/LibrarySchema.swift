package import GRDB

/// The tables, by version. A version that was released is never changed: the next one changes what it made.
package enum LibrarySchema {
  package static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { db in
      try db.execute(sql: clips)
      try db.execute(sql: words)
      try db.execute(sql: events)
      try db.execute(sql: jobs)
    }
    migrator.registerMigration("2") { db in try db.execute(sql: lists) }
    return migrator
  }

  /// `stage` is 0 of a place that is reserved, 1 of a draft, 2 of a whole clip. Where its file lies follows from `state` and
  /// `isBinned`; `isUnsettled` says that it may not be there yet. Of a clip that is gone for good the row stays: what was
  /// thrown away tells taste too. Texts that are long and seldom wanted lie in `details`.
  private static let clips = """
    CREATE TABLE clips (
      serial INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, fileName TEXT NOT NULL COLLATE NOCASE,
      stage INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'new', isBinned INTEGER NOT NULL DEFAULT 0,
      isPurged INTEGER NOT NULL DEFAULT 0, isUnsettled INTEGER NOT NULL DEFAULT 0,
      job TEXT, take INTEGER NOT NULL DEFAULT 1, groupID TEXT NOT NULL DEFAULT '',
      prompt TEXT NOT NULL DEFAULT '', caption TEXT NOT NULL DEFAULT '', model TEXT NOT NULL DEFAULT '',
      voices TEXT NOT NULL DEFAULT '[]', seed INTEGER NOT NULL DEFAULT 0,
      seconds REAL NOT NULL DEFAULT 0, frames INTEGER NOT NULL DEFAULT 0, sampleRate INTEGER NOT NULL DEFAULT 44100,
      channels INTEGER NOT NULL DEFAULT 1, bpm REAL, key TEXT, chords TEXT, isLoop INTEGER NOT NULL DEFAULT 0, bars REAL,
      rating INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '[]',
      novelty REAL, loudness REAL, peak REAL NOT NULL DEFAULT 0, brightness REAL, kind TEXT NOT NULL DEFAULT 'generate',
      hasStems INTEGER NOT NULL DEFAULT 0, hasNotes INTEGER NOT NULL DEFAULT 0, parents TEXT NOT NULL DEFAULT '[]',
      distance REAL, createdAt REAL NOT NULL, byteCount INTEGER NOT NULL DEFAULT 0, hash TEXT NOT NULL DEFAULT '',
      revision INTEGER NOT NULL DEFAULT 0);
    CREATE UNIQUE INDEX clipsByFile ON clips (fileName) WHERE isPurged = 0;
    CREATE UNIQUE INDEX clipsByTake ON clips (job, take) WHERE job IS NOT NULL;
    CREATE INDEX clipsUnsettled ON clips (serial) WHERE isUnsettled = 1;
    CREATE INDEX clipsByTime ON clips (createdAt);
    CREATE INDEX clipsByState ON clips (isPurged, isBinned, stage, state, createdAt);
    CREATE INDEX clipsByGroup ON clips (groupID);
    CREATE INDEX clipsByTempo ON clips (bpm);
    CREATE INDEX clipsByHash ON clips (hash);
    CREATE INDEX clipsByRevision ON clips (revision);
    CREATE TABLE details (
      serial INTEGER PRIMARY KEY REFERENCES clips (serial) ON DELETE CASCADE, request TEXT, features BLOB);
    CREATE TABLE clipTags (
      serial INTEGER NOT NULL REFERENCES clips (serial) ON DELETE CASCADE, tag TEXT NOT NULL COLLATE NOCASE,
      PRIMARY KEY (tag, serial));
    CREATE INDEX clipTagsBySerial ON clipTags (serial);
    CREATE TABLE relations (
      child TEXT NOT NULL, parent TEXT NOT NULL, PRIMARY KEY (child, parent)) WITHOUT ROWID;
    CREATE INDEX relationsByParent ON relations (parent);
    """

  private static let words = """
    CREATE VIRTUAL TABLE words USING fts5 (
      prompt, name, note, tags, other, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
    CREATE TABLE prompts (prompt TEXT PRIMARY KEY, at REAL NOT NULL, count INTEGER NOT NULL);
    CREATE INDEX promptsByTime ON prompts (at);
    """

  /// Everything that was done, in order; `action` is one step of a user's, which may touch many clips.
  private static let events = """
    CREATE TABLE events (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, action TEXT NOT NULL, at REAL NOT NULL,
      kind TEXT NOT NULL, clip TEXT, page TEXT, line TEXT NOT NULL, isUndone INTEGER NOT NULL DEFAULT 0,
      isJournaled INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX eventsToJournal ON events (sequence) WHERE isJournaled = 0;
    CREATE INDEX eventsByAction ON events (action);
    CREATE INDEX eventsByClip ON events (clip);
    CREATE TABLE revision (only INTEGER PRIMARY KEY CHECK (only = 1), value INTEGER NOT NULL);
    INSERT INTO revision VALUES (1, 0);
    """

  private static let jobs = """
    CREATE TABLE jobs (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, request TEXT NOT NULL,
      groupID TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'waiting', count INTEGER NOT NULL, progress REAL NOT NULL DEFAULT 0,
      secondsLeft REAL, error TEXT, notices TEXT NOT NULL DEFAULT '[]', createdAt REAL NOT NULL, endedAt REAL,
      worker TEXT, isCancelled INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0,
      revision INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX jobsByState ON jobs (state, sequence);
    CREATE INDEX jobsByRevision ON jobs (revision);
    """

  /// All that lists are filtered and sorted by. Rows are wide: an index that holds these columns alone is a tenth to read.
  private static let lists = """
    CREATE INDEX clipsInLists ON clips (
      isPurged, isBinned, state, createdAt, bpm, key COLLATE NOCASE, seconds, loudness, novelty, rating, brightness, isLoop,
      model, kind, groupID, fileName);
    """
}
