public import Spectra
public import Tensors

/// The fingerprints of a training set, and how near to it clips lie that were never learned from: what tells whether a
/// clip is new.
public struct NoveltyIndex: Sendable, Equatable {
  /// The name of the data set.
  public let dataset: String
  /// How the frames were made that the fingerprints are of.
  public let mel: MelConfiguration
  /// The median distance of held-out real clips to the nearest training clip.
  public let medianHeldOutDistance: Double
  /// `[clip, 128]` row-major.
  let values: [Float]

  /// Training clips in the index.
  public var clipCount: Int { values.count / SoundFingerprint.count }

  /// An index of training clips, calibrated by held-out ones.
  /// - Precondition: there are some of each.
  public init(
    dataset: String, mel: MelConfiguration, training: [SoundFingerprint], heldOut: [SoundFingerprint],
    threads: Int = Parallel.coreCount
  ) {
    precondition(!training.isEmpty && !heldOut.isEmpty, "\(training.count) clips, \(heldOut.count) held out")
    let raw = NoveltyIndex(
      dataset: dataset, mel: mel, medianHeldOutDistance: 1, values: training.flatMap(\.values))
    let distances = Parallel.map(heldOut.count, threads: threads) { raw.nearest(to: heldOut[$0]).distance }
    self.init(
      dataset: dataset, mel: mel, medianHeldOutDistance: max(Statistics.median(distances), Self.leastDistance),
      values: raw.values)
  }

  init(dataset: String, mel: MelConfiguration, medianHeldOutDistance: Double, values: [Float]) {
    self.dataset = dataset
    self.mel = mel
    self.medianHeldOutDistance = medianHeldOutDistance
    self.values = values
  }

  /// What bytes cannot tell from 0: the calibration of a set whose held-out clips are copies.
  static let leastDistance = 1e-3

  /// A training clip, by its number among them, and how far away it is.
  public struct Neighbour: Sendable, Equatable {
    public let clip: Int
    public let distance: Double
  }

  /// The training clip nearest to a fingerprint; of several the first.
  public func nearest(to fingerprint: SoundFingerprint) -> Neighbour {
    var (best, least) = (0, Float.infinity)
    values.withUnsafeBufferPointer { values in
      fingerprint.values.withUnsafeBufferPointer { wanted in
        guard let values = values.baseAddress, let wanted = wanted.baseAddress else { return }
        for clip in 0..<clipCount {
          let squares = SoundFingerprint.squaredDistance(values + clip * SoundFingerprint.count, wanted)
          if squares < least { (best, least) = (clip, squares) }
        }
      }
    }
    return Neighbour(clip: best, distance: Double(least).squareRoot())
  }

  /// The novelty ratio: the distance to the nearest training clip, over the median of held-out real clips. 1 is as new as
  /// a real recording that the model has never heard, 0 is a copy.
  public func ratio(of fingerprint: SoundFingerprint) -> Double {
    nearest(to: fingerprint).distance / medianHeldOutDistance
  }
}
