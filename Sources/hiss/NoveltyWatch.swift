import Audio
import Evaluation
import Foundation
import Synthesis

/// Watches, where there is a guard, that the clips of a command are new.
struct NoveltyWatch: Sendable {
  private let guardian: NoveltyGuard?
  private let watchesEdits: Bool

  /// - Parameter watchesEdits: whether clips are watched too that start from a recording, and may well resemble it.
  init(guardian: NoveltyGuard?, watchesEdits: Bool) {
    (self.guardian, self.watchesEdits) = (guardian, watchesEdits)
  }

  /// Nobody watches.
  static let none = NoveltyWatch(guardian: nil, watchesEdits: false)

  /// The ratio that a request's clip has to reach; nil where nobody watches.
  func threshold(for request: GenerationRequest) -> Double? { guardian(for: request)?.threshold }

  private func guardian(for request: GenerationRequest) -> NoveltyGuard? {
    watchesEdits || request.edit == nil ? guardian : nil
  }

  /// The clips of some requests, which are edits all or none, and the seeds that they came to have.
  /// - Parameters:
  ///   - tell: is told of each clip that is not kept.
  ///   - make: makes clips.
  func generate(
    _ requests: [GenerationRequest], tell: (String) -> Void, make: ([GenerationRequest]) throws -> [AudioClip]
  ) rethrows -> [NoveltyGuard.Outcome] {
    guard let guardian = requests.first.flatMap(guardian(for:)) else {
      return zip(requests, try make(requests)).map { NoveltyGuard.Outcome(unwatched: $1, of: $0) }
    }
    return try guardian.generate(
      requests,
      reject: { rejection in
        let next = rejection.next.map { "; trying seed \($0)" } ?? ""
        let words = String(
          format: "seed %llu: novelty %.2f is below %g", rejection.seed, rejection.ratio, guardian.threshold)
        tell(words + next)
      }, make: make)
  }

  /// What to say when so many clips are missing.
  func shortfall(_ clipCount: Int) -> EvaluationError? {
    guard let guardian, clipCount > 0 else { return nil }
    return .notNovel(clipCount: clipCount, tries: guardian.tries, threshold: guardian.threshold)
  }
}
