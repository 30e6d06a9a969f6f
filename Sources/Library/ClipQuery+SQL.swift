import GRDB

extension ClipQuery {
  /// The condition on rows of `clips`, with its values, but for the words.
  private var condition: (sql: String, arguments: StatementArguments) {
    var (terms, values) = (["isPurged = 0"], StatementArguments())
    func add(_ term: String, _ more: any DatabaseValueConvertible...) {
      terms.append(term)
      values += StatementArguments(more)
    }
    switch state {
    case .bin: add("isBinned = 1")
    case .all: add("isBinned = 0")
    case .new, .picked, .rejected: add("isBinned = 0 AND state = ?", state.rawValue)
    }
    if let bpm { add("bpm BETWEEN ? AND ?", bpm.lowerBound, bpm.upperBound) }
    if let seconds { add("seconds BETWEEN ? AND ?", seconds.lowerBound, seconds.upperBound) }
    if let loudness { add("loudness BETWEEN ? AND ?", loudness.lowerBound, loudness.upperBound) }
    if let model { add("model = ?", model) }
    if let key { add("key = ? COLLATE NOCASE", key) }
    if let minimumNovelty { add("novelty >= ?", minimumNovelty) }
    if let rating { add("rating >= ?", rating) }
    if let isLoop { add("isLoop = ?", isLoop) }
    if let group { add("groupID = ?", group) }
    if let kind { add("kind = ?", kind) }
    if let tag { add("serial IN (SELECT serial FROM clipTags WHERE tag = ?)", tag) }
    return (terms.joined(separator: " AND "), values)
  }

  private var words: String? { SearchText.expression(text) }

  /// The newest stand first where all else is alike.
  private var order: String {
    let direction = isAscending ? "ASC" : "DESC"
    func by(_ column: String) -> String { "\(column) \(direction) NULLS LAST, serial DESC" }
    return switch sort {
    case .created: "createdAt \(direction), serial \(direction)"
    case .bpm: by("bpm")
    case .key: by("key COLLATE NOCASE")
    case .seconds: by("seconds")
    case .loudness: by("loudness")
    case .novelty: by("novelty")
    case .rating: by("rating")
    case .brightness: by("brightness")
    case .name: by("fileName")
    case .relevance: "createdAt \(direction), serial \(direction)"
    }
  }

  /// What rows are asked for, and in which order.
  private var selection: (source: String, condition: String, values: StatementArguments, order: String) {
    var (source, (condition, values), order) = ("clips", self.condition, self.order)
    if let words {
      if sort == .relevance {
        // Without CROSS, SQLite may look every clip up in the words.
        source = "words CROSS JOIN clips ON serial = words.rowid"
        condition += " AND words MATCH ?"
        order = "rank \(isAscending ? "DESC" : "ASC"), serial DESC"
      } else {
        condition += " AND serial IN (SELECT rowid FROM words WHERE words MATCH ?)"
      }
      values += [words]
    }
    return (source, condition, values, order)
  }

  /// All that are found.
  /// - Throws: `DatabaseError`.
  func ids(_ db: Database) throws -> [String] {
    let (source, condition, values, order) = selection
    return try String.fetchAll(
      db, sql: "SELECT id FROM \(source) WHERE \(condition) ORDER BY \(order)", arguments: values)
  }

  /// - Throws: `DatabaseError`.
  func page(_ db: Database) throws -> ClipPage {
    let (source, condition, values, order) = selection
    let total = try Int.fetchOne(db, sql: "SELECT count(*) FROM \(source) WHERE \(condition)", arguments: values) ?? 0
    let offset = max(0, offset)
    // Sorting numbers of rows is quicker than sorting rows.
    let serials = try Int64.fetchAll(
      db, sql: "SELECT serial FROM \(source) WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?",
      arguments: values + [max(0, min(limit, Self.mostClips)), offset])
    let list = serials.map { "\($0)" }.joined(separator: ", ")
    let rows = try Row.fetchAll(db, sql: "SELECT \(ClipRow.columns) FROM clips WHERE serial IN (\(list))")
    let clips = Dictionary(rows.map { ($0["serial"] as Int64, ClipRow($0).clip) }) { first, _ in first }
    return ClipPage(total: total, offset: offset, clips: serials.compactMap { clips[$0] })
  }
}

extension ClipLibrary {
  /// The clips that a query finds.
  /// - Throws: `LibraryError`.
  public func clips(_ query: ClipQuery = ClipQuery()) throws(LibraryError) -> ClipPage { try read(query.page) }

  /// - Throws: `LibraryError.noClip`.
  public func clip(_ id: String) throws(LibraryError) -> LibraryClip { try read { try ClipRow.clip(id, $0).clip } }

  /// Clips of these ids, in their order; those that are not there are left out.
  /// - Throws: `LibraryError`.
  public func clips(_ ids: [String]) throws(LibraryError) -> [LibraryClip] {
    try read { db in try ids.compactMap { try ClipRow.find($0, db) }.filter { !$0.isPurged }.map(\.clip) }
  }

  /// All clips of a state, the newest first.
  /// - Throws: `LibraryError`.
  public func allClips(_ state: ClipQuery.State) throws(LibraryError) -> [LibraryClip] {
    var (query, clips) = (ClipQuery(), [LibraryClip]())
    (query.state, query.limit) = (state, ClipQuery.mostClips)
    while true {
      query.offset = clips.count
      let page = try self.clips(query)
      clips += page.clips
      if page.clips.isEmpty || clips.count >= page.total { return clips }
    }
  }
}
