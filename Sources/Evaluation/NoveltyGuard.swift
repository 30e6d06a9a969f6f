public import Audio
import Foundation
import Spectra
public import Synthesis

/// Makes clips that are new: one that lies too near to the training set is made again with another seed.
public struct NoveltyGuard: Sendable {
  /// The least novelty ratio that is kept.
  public let threshold: Double
  /// Seeds that are tried for a clip, its own included.
  public let tries: Int
  private let index: NoveltyIndex
  private let spectrogram: MelSpectrogram

  /// - Precondition: the threshold is positive and finite, and there is a try.
  public init(index: NoveltyIndex, threshold: Double, tries: Int = 8) {
    precondition(threshold > 0 && threshold.isFinite && tries > 0, "a threshold of \(threshold), \(tries) tries")
    self.index = index
    self.threshold = threshold
    self.tries = tries
    spectrogram = MelSpectrogram(index.mel)
  }

  /// The novelty ratio of a clip at the index's sample rate.
  public func ratio(of clip: AudioClip) -> Double {
    index.ratio(of: SoundFingerprint(spectrogram.analyze(clip.samples), mel: index.mel))
  }

  /// What came of a request.
  public struct Outcome: Sendable {
    /// With the seed that was kept, or the last that was tried.
    public let request: GenerationRequest
    public let clip: AudioClip
    public let ratio: Double
    public let isNovel: Bool
  }

  /// A clip that was not kept.
  public struct Rejection: Sendable, Equatable {
    public let seed: UInt64
    public let ratio: Double
    /// The seed that is tried instead; nil when no more are.
    public let next: UInt64?
  }

  /// Makes a clip of each request, trying seed, seed + stride, seed + 2·stride, … where clips are not new.
  /// - Parameters:
  ///   - stride: how many seeds the user asked for in a row, so that no two clips come to share one.
  ///   - reject: is told, on the calling thread, of each clip that is not kept.
  ///   - make: makes the clips of some requests.
  public func generate(
    _ requests: [GenerationRequest], stride: UInt64, reject: (Rejection) -> Void,
    make: ([GenerationRequest]) throws -> [AudioClip]
  ) throws -> [Outcome] {
    var outcomes: [Outcome?] = Array(repeating: nil, count: requests.count)
    var open = requests.enumerated().map { (place: $0, request: $1) }
    for attempt in 1...tries where !open.isEmpty {
      var next: [(place: Int, request: GenerationRequest)] = []
      for (job, clip) in zip(open, try make(open.map(\.request))) {
        let ratio = ratio(of: clip)
        outcomes[job.place] = Outcome(
          request: job.request, clip: clip, ratio: ratio, isNovel: ratio >= threshold)
        guard ratio < threshold else { continue }
        var again = job.request
        again.seed = job.request.seed &+ stride
        reject(Rejection(seed: job.request.seed, ratio: ratio, next: attempt < tries ? again.seed : nil))
        next.append((job.place, again))
      }
      open = next
    }
    return outcomes.compactMap(\.self)
  }
}
