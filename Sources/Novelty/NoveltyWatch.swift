public import Audio
public import Synthesis

/// Watches, where there is a guard, that clips are new.
public struct NoveltyWatch: Sendable {
  private let guardian: NoveltyGuard?
  private let watchesEdits: Bool

  /// - Parameter watchesEdits: whether clips are watched too that start from a recording, and may well resemble it.
  public init(guardian: NoveltyGuard?, watchesEdits: Bool) {
    (self.guardian, self.watchesEdits) = (guardian, watchesEdits)
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
