import Foundation
import GRDB

/// A clip's place on the map of all by likeness.
public struct MapPoint: Codable, Sendable, Equatable {
  public var id: String
  /// −1 … 1.
  public var x: Double
  public var y: Double
}

extension ClipLibrary {
  /// All clips in two dimensions: what sounds alike lies near. Directions mean nothing, and change with the clips.
  /// - Throws: `LibraryError`.
  public func map(_ state: ClipQuery.State = .all) throws(LibraryError) -> [MapPoint] {
    let (ids, features) = try features(state)
    let places = LikenessMap(features).places
    return zip(ids, places).map { MapPoint(id: $0, x: $1.x, y: $1.y) }
  }

  /// The clips that sound most like one, the nearest first, with the distance of their fingerprints.
  /// - Throws: `LibraryError.noClip`.
  public func alike(_ id: String, count: Int = 8) throws(LibraryError) -> [(clip: LibraryClip, distance: Double)] {
    _ = try clip(id)
    let (ids, features) = try features(.all)
    guard
      let own = try read({ db in
        try Data.fetchOne(
          db, sql: "SELECT features FROM details JOIN clips USING (serial) WHERE id = ?", arguments: [id])
      }), own.count == LikenessMap.dimension
    else { return [] }
    let values = Array(own)
    let near = zip(ids, features).filter { $0.0 != id }
      .map { (id: $0.0, distance: LikenessMap.distance($0.1, values)) }
      .sorted { ($0.distance, $0.id) < ($1.distance, $1.id) }.prefix(max(0, count))
    let distances = Dictionary(near.map { ($0.id, $0.distance) }) { first, _ in first }
    return try clips(near.map(\.id)).map { ($0, distances[$0.id] ?? 0) }
  }

  private func features(_ state: ClipQuery.State) throws(LibraryError) -> (ids: [String], features: [[UInt8]]) {
    let condition =
      switch state {
      case .bin: "isBinned = 1"
      case .all: "isBinned = 0"
      case .new, .picked, .rejected: "isBinned = 0 AND state = '\(state.rawValue)'"
      }
    return try read { db in
      var (ids, features) = ([String](), [[UInt8]]())
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT id, features FROM clips JOIN details USING (serial)
          WHERE isPurged = 0 AND \(condition) AND length(features) = \(LikenessMap.dimension) ORDER BY serial
          """)
      while let row = try rows.next() {
        ids.append(row["id"])
        features.append(Array(row["features"] as Data))
      }
      return (ids, features)
    }
  }
}
