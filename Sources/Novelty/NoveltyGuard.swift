public import Audio
import Foundation
import Parallelism
import Spectra
public import Synthesis

/// Makes clips that are new: one that lies too near to the training set is made again with another seed.
public struct NoveltyGuard: Sendable {
  /// The ratio below which a clip is not kept, where nothing else is said: nearer than real recordings of the same kind
  /// come by chance, though some do.
  public static let standardThreshold = 0.3
  /// How far apart the seeds lie that are tried for a clip: more than people ask for in a row, so that no two clips come
  /// to share one.
  public static let seedStride: UInt64 = 1_000_000

  /// Seeds that are tried for a clip, its own included, where nothing else is said.
  public static let mostTries = 8

  /// The least novelty ratio that is kept.
  public let threshold: Double
  /// Seeds that are tried for a clip, its own included.
  public let tries: Int
  private let indexes: [NoveltyIndex]
  private let spectrogram: MelSpectrogram

  /// - Precondition: the threshold is positive and finite, and there is a try.
  public init(index: NoveltyIndex, threshold: Double = standardThreshold, tries: Int = mostTries) {
    self.init(indexes: [index], threshold: threshold, tries: tries)
  }

  /// A guard of a model that has learned from several training sets: a clip is as new as it is to the least of them.
  /// - Precondition: there are indexes, all of the same mel frames; and as above.
  public init(indexes: [NoveltyIndex], threshold: Double = standardThreshold, tries: Int = mostTries) {
    precondition(threshold > 0 && threshold.isFinite && tries > 0, "a threshold of \(threshold), \(tries) tries")
    precondition(!indexes.isEmpty && indexes.allSatisfy { $0.mel == indexes[0].mel }, "indexes of different mel frames")
    self.indexes = indexes
    self.threshold = threshold
    self.tries = tries
    spectrogram = MelSpectrogram(indexes[0].mel)
  }

  /// The distance of fingerprints below which a clip is not kept, by the index that knows the least difference.
  public var nearCopyDistance: Double { threshold * (indexes.map(\.medianHeldOutDistance).min() ?? 0) }

  /// The novelty ratio of a clip at the index's sample rate.
  public func ratio(of clip: AudioClip) -> Double {
    let fingerprint = SoundFingerprint(spectrogram.analyze(clip.samples), mel: indexes[0].mel)
    return indexes.map { $0.ratio(of: fingerprint) }.min() ?? .infinity
  }

  /// What came of a request.
  public struct Outcome: Sendable {
    /// With the seed that was kept, or the last that was tried.
    public let request: GenerationRequest
    public let clip: AudioClip
    /// nil where nobody watched.
    public let ratio: Double?
    public let isNovel: Bool

    /// A clip that nobody watched over.
    public init(unwatched clip: AudioClip, of request: GenerationRequest) {
      self.init(request: request, clip: clip, ratio: nil, isNovel: true)
    }

    init(request: GenerationRequest, clip: AudioClip, ratio: Double?, isNovel: Bool) {
      (self.request, self.clip, self.ratio, self.isNovel) = (request, clip, ratio, isNovel)
    }
  }

  /// A clip that was not kept.
  public struct Rejection: Sendable, Equatable, CustomStringConvertible {
    public let seed: UInt64
    public let ratio: Double
    /// The ratio that it had to reach.
    public let threshold: Double
    /// The seed that is tried instead; nil when no more are.
    public let next: UInt64?

    public var description: String {
      String(format: "seed %llu: novelty %.2f is below %g", seed, ratio, threshold)
        + (next.map { "; trying seed \($0)" } ?? "")
    }
  }

  /// Makes a clip of each request, trying seed, seed + 1,000,000, seed + 2,000,000, … where clips are not new.
  /// - Parameters:
  ///   - reject: is told, on the calling thread, of each clip that is not kept.
  ///   - make: makes the clips of some requests.
  public func generate<Failure: Error>(
    _ requests: [GenerationRequest], reject: (Rejection) -> Void = { _ in },
    make: ([GenerationRequest]) throws(Failure) -> [AudioClip]
  ) throws(Failure) -> [Outcome] {
    var outcomes: [Outcome?] = Array(repeating: nil, count: requests.count)
    var open = Array(requests.indices)
    var requests = requests
    for attempt in 1...tries where !open.isEmpty {
      let clips = try make(open.map { requests[$0] })
      let ratios = Parallel.map(clips.count) { ratio(of: clips[$0]) }
      var rejected: [Int] = []
      for (place, (clip, ratio)) in zip(open, zip(clips, ratios)) {
        outcomes[place] = Outcome(request: requests[place], clip: clip, ratio: ratio, isNovel: ratio >= threshold)
        guard ratio < threshold else { continue }
        let seed = requests[place].seed
        let next = attempt < tries ? seed &+ Self.seedStride : nil
        reject(Rejection(seed: seed, ratio: ratio, threshold: threshold, next: next))
        requests[place].seed = next ?? seed
        rejected.append(place)
      }
      open = rejected
    }
    return outcomes.compactMap(\.self)
  }
}
