public import Foundation

/// One thing to be made, as the queue knows it.
public struct QueuedJob: Sendable, Equatable, Identifiable {
  public enum State: String, Codable, Sendable, CaseIterable { case waiting, running, done, failed, cancelled }

  public let id: String
  public let kind: String
  /// What is asked for, as JSON: the queue does not look into it.
  public let request: String
  public let state: State
  /// Of all its clips.
  public let group: String
  /// How many clips it makes.
  public let count: Int
  /// The clips that are there, in the order of their takes, drafts too.
  public let clips: [String]
  /// The takes, from 1 on, whose clips are whole.
  public let wholeTakes: Set<Int>
  /// The takes whose previews are gone for good: they are not made again.
  public let droppedTakes: Set<Int>
  /// 0 … 1 of what is not counted in clips (training); else the share of clips.
  public let progress: Double
  public let secondsLeft: Double?
  public let error: String?
  public let notices: [String]
  public let createdAt: Date
  /// Whether it is to stop.
  public let isCancelled: Bool

  /// Clips that are whole.
  public var done: Int { wholeTakes.count }
  /// The takes that are still to be made, in order: none of them twice, whoever was killed when.
  public var openTakes: [Int] {
    let settled = wholeTakes.union(droppedTakes)
    return (0..<count).map { $0 + 1 }.filter { !settled.contains($0) }
  }
}

/// A job that is to be done.
public struct NewJob: Sendable, Equatable {
  public var kind: String
  /// JSON.
  public var request: String
  /// Clips that it makes; 0 of one that makes none.
  public var count: Int
  /// For the history of prompts; nil of a job without one.
  public var prompt: String?

  public init(kind: String, request: String, count: Int, prompt: String? = nil) {
    (self.kind, self.request, self.count, self.prompt) = (kind, request, count, prompt)
  }

  static let mostClips = 10_000
  static let longestRequest = 1 << 20
}
