public import Parallelism
public import Spectra
import Tensors

/// The fingerprints of a training set, and how near to it clips lie that were never learned from: what tells whether a
/// clip is new.
public struct NoveltyIndex: Sendable, Equatable {
  /// The name of the data set.
  public let dataset: String
  /// How the frames were made that the fingerprints are of.
  public let mel: MelConfiguration
  /// The median distance of real clips to the nearest training clip: of held-out ones, and where these are few, of the
  /// training clips to their neighbours, too.
  public let medianHeldOutDistance: Double
  /// `[clip, 128]` row-major.
  let values: [UInt8]
  /// What each of the training clips is; empty where that is not known, or was not read.
  public let clips: [TrainingClip]

  /// Training clips in the index.
  public var clipCount: Int { values.count / SoundFingerprint.count }

  /// Held-out clips with which the training clips need not help out.
  static let enoughHeldOut = 30

  /// An index of training clips, calibrated by held-out ones. A clip that sounds the same as another to the last byte,
  /// as one with two captions does, says nothing.
  /// - Parameter clips: what each of the training clips is; none where that is not known.
  /// - Precondition: there are training clips.
  public init(
    dataset: String, mel: MelConfiguration, training: [SoundFingerprint], heldOut: [SoundFingerprint],
    clips: [TrainingClip] = [], threads: Int = Parallel.coreCount
  ) {
    precondition(!training.isEmpty, "an index of no clips")
    precondition(clips.isEmpty || clips.count == training.count, "\(clips.count) names of \(training.count) clips")
    let raw = NoveltyIndex(
      dataset: dataset, mel: mel, medianHeldOutDistance: 1, values: training.flatMap(\.values))
    var distances = Parallel.map(heldOut.count, threads: threads) { raw.nearest(to: heldOut[$0]).distance }
    if heldOut.count < Self.enoughHeldOut, training.count > 1 {
      let alone = Parallel.map(training.count, threads: threads) { raw.nearest(to: training[$0], besides: $0).distance }
      distances += alone.filter { $0 > 0 }
    }
    let median = distances.isEmpty ? 0 : Statistics.median(distances)
    self.init(
      dataset: dataset, mel: mel, medianHeldOutDistance: max(median, Self.leastDistance), values: raw.values,
      clips: clips)
  }

  init(
    dataset: String, mel: MelConfiguration, medianHeldOutDistance: Double, values: [UInt8], clips: [TrainingClip] = []
  ) {
    self.clips = clips
    self.dataset = dataset
    self.mel = mel
    self.medianHeldOutDistance = medianHeldOutDistance
    self.values = values
  }

  /// The index with the clips of an earlier one that it lacks, for a model that has learned from both.
  /// - Parameter earlier: nil, or one of other mel frames, adds nothing.
  public func including(_ earlier: NoveltyIndex?) -> NoveltyIndex {
    guard let earlier, earlier.mel == mel else { return self }
    func rows(_ values: [UInt8]) -> [ArraySlice<UInt8>] {
      stride(from: 0, to: values.count, by: SoundFingerprint.count).map { values[$0..<$0 + SoundFingerprint.count] }
    }
    let known = Set(rows(values))
    let former = rows(earlier.values)
    let added = former.indices.filter { !known.contains(former[$0]) }
    return NoveltyIndex(
      dataset: dataset, mel: mel, medianHeldOutDistance: medianHeldOutDistance,
      values: values + added.flatMap { former[$0] }, clips: names(with: added, of: earlier))
  }

  /// What the clips are, and those of an earlier index at some places.
  private func names(with added: [Int], of earlier: NoveltyIndex) -> [TrainingClip] {
    guard !clips.isEmpty || !earlier.clips.isEmpty else { return [] }
    let own = clips.isEmpty ? [TrainingClip](repeating: .unknown, count: clipCount) : clips
    return own
      + added.map { place in
        guard !earlier.clips.isEmpty else { return .unknown }
        var clip = earlier.clips[place]
        if clip.dataset == nil, earlier.dataset != dataset { clip.dataset = earlier.dataset }
        if clip.dataset == dataset { clip.dataset = nil }
        return clip
      }
  }

  /// How far a fingerprint is from that of a training clip.
  public func distance(from fingerprint: SoundFingerprint, toClip clip: Int) -> Double {
    let squares = values.withUnsafeBufferPointer { values in
      fingerprint.values.withUnsafeBufferPointer { wanted -> Int32 in
        guard let values = values.baseAddress, let wanted = wanted.baseAddress else { return 0 }
        return SoundFingerprint.squaredDistance(values + clip * SoundFingerprint.count, wanted)
      }
    }
    return SoundFingerprint.distance(squared: squares)
  }

  /// What bytes cannot tell from 0: the calibration of a set whose held-out clips are copies.
  static let leastDistance = 1e-3

  /// A training clip, by its number among them, and how far away it is.
  public struct Neighbour: Sendable, Equatable {
    public let clip: Int
    public let distance: Double
  }

  /// The training clip nearest to a fingerprint; of several the first.
  /// - Parameter own: the training clip whose fingerprint it is, which does not count; there are others.
  public func nearest(to fingerprint: SoundFingerprint, besides own: Int? = nil) -> Neighbour {
    var (best, least) = (0, Int32.max)
    values.withUnsafeBufferPointer { values in
      fingerprint.values.withUnsafeBufferPointer { wanted in
        guard let values = values.baseAddress, let wanted = wanted.baseAddress else { return }
        for clip in 0..<clipCount where clip != own {
          let squares = SoundFingerprint.squaredDistance(values + clip * SoundFingerprint.count, wanted)
          if squares < least { (best, least) = (clip, squares) }
        }
      }
    }
    return Neighbour(clip: best, distance: SoundFingerprint.distance(squared: least))
  }

  /// The training clips nearest to a fingerprint, the nearest first.
  public func nearest(to fingerprint: SoundFingerprint, count: Int) -> [Neighbour] {
    var found: [(clip: Int, squares: Int32)] = []
    values.withUnsafeBufferPointer { values in
      fingerprint.values.withUnsafeBufferPointer { wanted in
        guard let values = values.baseAddress, let wanted = wanted.baseAddress, count > 0 else { return }
        for clip in 0..<clipCount {
          let squares = SoundFingerprint.squaredDistance(values + clip * SoundFingerprint.count, wanted)
          guard found.count < count || squares < found[found.count - 1].squares else { continue }
          let place = found.firstIndex { squares < $0.squares } ?? found.count
          found.insert((clip, squares), at: place)
          if found.count > count { found.removeLast() }
        }
      }
    }
    return found.map { Neighbour(clip: $0.clip, distance: SoundFingerprint.distance(squared: $0.squares)) }
  }

  /// The novelty ratio: the distance to the nearest training clip, over the median of held-out real clips. 1 is as new as
  /// a real recording that the model has never heard, 0 is a copy.
  public func ratio(of fingerprint: SoundFingerprint) -> Double {
    nearest(to: fingerprint).distance / medianHeldOutDistance
  }
}
