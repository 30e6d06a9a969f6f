public import Foundation

/// One clip that was picked over others that were shown beside it.
public struct TastePick: Sendable, Equatable, Codable {
  /// Most clips that one pick tells of.
  public static let most = 64

  /// Ids of clips.
  public let picked: String
  public let over: [String]
  public let at: Date

  public init(picked: String, over: [String], at: Date = Date()) {
    (self.picked, self.at) = (picked, at)
    self.over = Array(over.filter { $0 != picked }.prefix(Self.most))
  }
}
