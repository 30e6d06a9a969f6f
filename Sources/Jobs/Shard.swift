import Storage

/// One of several parts of a manifest: which jobs are in it depends on their ids alone.
public struct Shard: Sendable, Equatable, CustomStringConvertible {
  /// From 1 to `count`.
  public let index: Int
  public let count: Int

  /// The only shard: everything.
  public static let whole = Shard(index: 1, count: 1)

  private init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// Reads "2/3"; nil for what is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], (1...1_000_000).contains(count),
      (1...count).contains(index)
    else { return nil }
    self.init(index: index, count: count)
  }

  public func contains(_ id: String) -> Bool {
    StableHash.of(id) % UInt64(count) == UInt64(index - 1)
  }

  public var description: String { "\(index)/\(count)" }
}
