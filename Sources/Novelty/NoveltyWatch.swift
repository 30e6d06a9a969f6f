public import Audio
public import Foundation
public import Synthesis

/// Watches, where there is a guard, that clips are new.
public struct NoveltyWatch: Sendable {
  private let guardian: NoveltyGuard?
  private let watchesEdits: Bool

  /// - Parameter watchesEdits: whether clips are watched too that start from a recording, and may well resemble it.
  public init(guardian: NoveltyGuard?, watchesEdits: Bool) {
    (self.guardian, self.watchesEdits) = (guardian, watchesEdits)
  }

  /// What watches over the clips of a model. Only what is asked for has to be there: an index that is not whole stops nobody
  /// who names neither one nor a ratio.
  /// - Parameters:
  ///   - threshold: the ratio that clips have to reach, 0 for none; nil for as usual.
  ///   - index: the fingerprints of training clips; nil for those beside the model and its voices.
  ///   - warn: is told what is not as it should be, in a line.
  /// - Throws: `NoveltyError`.
  public init(
    of source: ModelSource, threshold: Double? = nil, index: URL? = nil, warn: (String) -> Void
  ) throws(NoveltyError) {
    guard threshold != 0 else {
      self = .none
      return
    }
    let isAsked = threshold != nil || index != nil
    var indexes: [NoveltyIndex] = []
    for url in index.map({ [$0] }) ?? source.learnedFolders.map(NoveltyIndex.url(inModel:)) {
      do throws(NoveltyError) {
        let index = try NoveltyIndex(reading: url)
        guard index.mel == source.configuration.mel else { throw .indexOfOtherMel(path: url.path) }
        indexes.append(index)
      } catch {
        if isAsked { throw error }
        if case .indexMissing = error { continue }
        warn("\(error); clips are not compared with the training set")
      }
    }
    guard !indexes.isEmpty else {
      self = .none
      return
    }
    self.init(
      guardian: NoveltyGuard(indexes: indexes, threshold: threshold ?? NoveltyGuard.standardThreshold),
      watchesEdits: isAsked)
  }

  /// Nobody watches.
  public static let none = NoveltyWatch(guardian: nil, watchesEdits: false)

  /// The distance within which a clip is a near copy of another; nil where nobody watches.
  public var nearCopyDistance: Double? { guardian?.nearCopyDistance }

  /// The ratio that a request's clip has to reach; nil where nobody watches.
  public func threshold(for request: GenerationRequest) -> Double? { guardian(for: request)?.threshold }

  private func guardian(for request: GenerationRequest) -> NoveltyGuard? {
    watchesEdits || request.edit == nil ? guardian : nil
  }

  /// The clips of some requests, which are edits all or none, and the seeds that they came to have.
  /// - Parameters:
  ///   - reject: is told, on the calling thread, of each clip that is not kept.
  ///   - make: makes the clips of some requests.
  public func generate<Failure: Error>(
    _ requests: [GenerationRequest], reject: (NoveltyGuard.Rejection) -> Void = { _ in },
    make: ([GenerationRequest]) throws(Failure) -> [AudioClip]
  ) throws(Failure) -> [NoveltyGuard.Outcome] {
    guard let guardian = requests.first.flatMap(guardian(for:)) else {
      return zip(requests, try make(requests)).map { NoveltyGuard.Outcome(unwatched: $1, of: $0) }
    }
    return try guardian.generate(requests, reject: reject, make: make)
  }

  /// The error to end with when so many clips are missing; nil when none are, or nobody watches.
  public func shortfall(_ clipCount: Int) -> NoveltyError? {
    guard let guardian, clipCount > 0 else { return nil }
    return .notNovel(clipCount: clipCount, tries: guardian.tries, threshold: guardian.threshold)
  }
}
