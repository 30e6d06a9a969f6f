import Foundation
import GRDB

/// What a preference for a clip may go by.
public struct ClipTraits: Sendable, Equatable {
  public var id: String
  public var prompt: String
  public var seconds: Double
  /// In hertz.
  public var brightness: Double?
  public var bpm: Double?
  public var key: String?
  /// The fingerprint's numbers.
  public var features: [UInt8]
}

extension ClipLibrary {
  /// The traits of all clips that are new or changed since a revision, also of those that were thrown away: what is not liked
  /// tells too.
  /// - Throws: `LibraryError`.
  public func traits(since revision: Int = -1) throws(LibraryError) -> [ClipTraits] {
    try read { db in
      var traits: [ClipTraits] = []
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT id, prompt, seconds, brightness, bpm, key, features FROM clips JOIN details USING (serial)
          WHERE revision > ? AND length(features) = \(LikenessMap.dimension) ORDER BY serial
          """, arguments: [revision])
      while let row = try rows.next() {
        traits.append(
          ClipTraits(
            id: row["id"], prompt: row["prompt"], seconds: row["seconds"], brightness: row["brightness"],
            bpm: row["bpm"],
            key: row["key"], features: Array(row["features"] as Data)))
      }
      return traits
    }
  }

  /// The ids of all clips that a query finds, in its order, whatever its page.
  /// - Throws: `LibraryError`.
  public func ids(_ query: ClipQuery) throws(LibraryError) -> [String] { try read(query.ids) }
}
