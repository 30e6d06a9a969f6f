/// Which clips are wanted, and in which order.
public struct ClipQuery: Sendable, Equatable {
  public enum State: String, Sendable, CaseIterable {
    case new, picked, rejected, bin
    /// All but those in the bin.
    case all
  }

  public enum Sort: String, Sendable, CaseIterable {
    case created, bpm, key, seconds, loudness, novelty, rating, brightness, name
    /// Nearest to the words first; as `created` where there are none.
    case relevance
  }

  /// Words of prompts, names, notes, tags, models and keys: all of them, each also as a beginning. Signs mean nothing.
  public var text = ""
  public var state = State.all
  public var sort = Sort.created
  /// Falling, as the newest and the best are wanted first; clips without a value come last either way.
  public var isAscending = false
  public var model: String?
  public var bpm: ClosedRange<Double>?
  public var seconds: ClosedRange<Double>?
  /// In LUFS.
  public var loudness: ClosedRange<Double>?
  public var key: String?
  public var minimumNovelty: Double?
  /// The least.
  public var rating: Int?
  public var tag: String?
  public var isLoop: Bool?
  public var group: String?
  public var kind: String?
  public var offset = 0
  /// At most `mostClips`.
  public var limit = 100

  /// Clips of one page.
  public static let mostClips = 1000

  public init() {}
}

/// A part of the clips that a query finds.
public struct ClipPage: Codable, Sendable, Equatable {
  /// All that it finds.
  public var total: Int
  public var offset: Int
  public var clips: [LibraryClip]

  package init(total: Int, offset: Int, clips: [LibraryClip]) {
    (self.total, self.offset, self.clips) = (total, offset, clips)
  }
}
