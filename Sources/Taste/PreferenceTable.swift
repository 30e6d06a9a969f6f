public import Foundation
import Storage

/// Picks as a table (CSV): `file,rating`, or `winner,loser` and perhaps `at`, a row for each pair; rows that follow each
/// other with the same winner and time are one pick.
public struct PreferenceTable: Sendable, Equatable {
  /// A pick among files, as the table names them.
  public struct Pick: Sendable, Equatable {
    public var winner: String
    public var losers: [String]
    public var at: Date?

    public init(winner: String, losers: [String], at: Date?) {
      (self.winner, self.losers, self.at) = (winner, losers, at)
    }
  }

  public var picks: [Pick] = []

  /// Beside a rated file so many that were rated lower are taken as shown.
  private static let mostBeside = 7

  public init(picks: [Pick]) { self.picks = picks }

  /// Most bytes of a table.
  private static let largest = 64 << 20

  /// - Throws: `TasteError` where it cannot be read.
  public init(reading url: URL) throws(TasteError) {
    let bytes: Data
    do { bytes = try SmallFile.read(url, limit: Self.largest) } catch {
      if error == .missing { throw .missing(path: url.relativePath) }
      throw .cannotRead(path: url.relativePath, reason: "\(error)")
    }
    try self.init(bytes, path: url.relativePath)
  }

  /// - Throws: `TasteError.badTable` with the line.
  public init(_ text: some Sequence<UInt8>, path: String) throws(TasteError) {
    let records: [CommaSeparatedValues.Record]
    do { records = try CommaSeparatedValues.parse(text) } catch {
      throw .badTable(path: path, line: error.line, reason: error.reason)
    }
    let head = records.first?.fields.map { $0.trimmingCharacters(in: .whitespaces).lowercased() } ?? []
    let rows = records.dropFirst()
    if let winner = head.firstIndex(of: "winner"), let loser = head.firstIndex(of: "loser") {
      picks = try Self.pairs(rows, winner, loser, at: head.firstIndex(of: "at"), path: path)
    } else if let file = head.firstIndex(of: "file"), let rating = head.firstIndex(of: "rating") {
      picks = Self.picks(try Self.ratings(rows, file, rating, path: path))
    } else {
      throw .badTable(path: path, line: 1, reason: "wants a header with file,rating or winner,loser")
    }
  }

  /// Those of files with ratings: of each, it beside some that are rated lower, spread over all of these.
  public init(ratings: [(file: String, rating: Double)]) { picks = Self.picks(ratings) }

  private static func field(_ record: CommaSeparatedValues.Record, _ place: Int, path: String) throws(TasteError)
    -> String
  {
    guard place < record.fields.count, !record.fields[place].isEmpty else {
      throw .badTable(path: path, line: record.line, reason: "has no field \(place + 1)")
    }
    return record.fields[place]
  }

  private static func pairs(
    _ rows: ArraySlice<CommaSeparatedValues.Record>, _ winner: Int, _ loser: Int, at: Int?, path: String
  ) throws(TasteError) -> [Pick] {
    var picks: [Pick] = []
    for row in rows {
      let (won, lost) = (try field(row, winner, path: path), try field(row, loser, path: path))
      guard won != lost else { throw .badTable(path: path, line: row.line, reason: "winner and loser are one file") }
      let text = at.flatMap { $0 < row.fields.count && !row.fields[$0].isEmpty ? row.fields[$0] : nil }
      let time = text.flatMap { try? Date($0, strategy: .iso8601) }
      if let text, time == nil {
        throw .badTable(path: path, line: row.line, reason: "\"\(text)\" is no time such as 2026-11-29T12:00:00Z")
      }
      if let last = picks.last, last.winner == won, last.at == time, !last.losers.contains(lost) {
        picks[picks.count - 1].losers.append(lost)
      } else {
        picks.append(Pick(winner: won, losers: [lost], at: time))
      }
    }
    return picks
  }

  private static func ratings(
    _ rows: ArraySlice<CommaSeparatedValues.Record>, _ file: Int, _ rating: Int, path: String
  ) throws(TasteError) -> [(file: String, rating: Double)] {
    var ratings: [(file: String, rating: Double)] = []
    for row in rows {
      let text = try field(row, rating, path: path)
      guard let value = Double(text), value.isFinite else {
        throw .badTable(path: path, line: row.line, reason: "\"\(text)\" is no rating: a number is")
      }
      ratings.append((try field(row, file, path: path), value))
    }
    return ratings
  }

  private static func picks(_ ratings: [(file: String, rating: Double)]) -> [Pick] {
    ratings.enumerated().compactMap { place, rated in
      let lower = ratings.filter { $0.rating < rated.rating && $0.file != rated.file }.map(\.file)
      guard !lower.isEmpty else { return nil }
      let count = min(mostBeside, lower.count)
      // Not the same few each time.
      let losers = (0..<count).map { lower[($0 * lower.count / count + place) % lower.count] }
      return Pick(winner: rated.file, losers: Array(Set(losers)).sorted(), at: nil)
    }
  }

  /// A table of what a taste holds.
  public static func text(_ contents: TasteContents) -> String {
    let names = Dictionary(contents.clips.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    func field(_ id: String) -> String {
      CommaSeparatedValues.field(names[id] ?? id)
    }
    let rows = contents.picks.flatMap { pick in
      pick.over.map { "\(field(pick.picked)),\(field($0)),\(pick.at.formatted(.iso8601))\n" }
    }
    return "winner,loser,at\n" + rows.joined()
  }
}
