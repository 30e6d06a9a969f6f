public import Foundation
public import Spectra
public import Text

/// How a data set is made; `DatasetPreparation` has the steps.
///
/// The cache folder gets one subfolder for each folder of samples. In it, frames are stored by the configuration of the
/// mel, the frames' other parts and the name, size and time of change of their file, embeddings by encoder and caption.
/// So a folder that has not changed is read back, and of one that has, only the changed files are analysed. See
/// `FeatureCache` for what happens to a preparation that is killed and to files that are damaged.
extension Dataset {
  /// Prepares the folder with a sentence encoder.
  ///
  /// See `prepare(directory:cache:mel:parts:heldOutFraction:captionLimit:threads:progress:encode:)`.
  public static func prepare(
    directory: URL, cache: URL, mel: MelConfiguration = .standard, parts: FrameParts = .mel, encoder: SentenceEncoder,
    heldOutFraction: Double = 0.05, captionLimit: Int = .max, threads: Int = 2,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(DatasetError) -> Dataset {
    try prepare(
      directory: directory, cache: cache, mel: mel, parts: parts, heldOutFraction: heldOutFraction,
      captionLimit: captionLimit, threads: threads, progress: progress
    ) { encoder.encode($0) }
  }

  /// Scans a folder of samples (see `AudioFolder`), decodes and analyses what the cache does not hold, and opens it.
  ///
  /// Audio that cannot be decoded is left out, with a warning for each file. The result does not depend on `threads`.
  /// - Parameters:
  ///   - cache: a folder for what is made; it is created, and may be shared or deleted at any time.
  ///   - parts: what frames have beside mel bands. Of files with one channel the sound lies in the middle; of more than two, left
  ///     and right are mixed as `AudioClip.mixed` says.
  ///   - heldOutFraction: about how much of the clips to keep apart, in 0..<1. A clip's name decides, so it keeps its
  ///     side when others are added; of more than ten clips at least one is kept apart, of fewer none.
  ///   - captionLimit: how many captions of a clip are wanted, its first ones.
  ///   - progress: is told, on the calling thread, how many files and captions are done of how many that the cache did
  ///     not hold; not called when it held all.
  ///   - encode: gives the embedding of a caption; is called from several threads.
  public static func prepare(
    directory: URL, cache: URL, mel: MelConfiguration = .standard, parts: FrameParts = .mel,
    heldOutFraction: Double = 0.05, captionLimit: Int = .max, threads: Int = 2,
    progress: (Int, Int) -> Void = { _, _ in },
    encode: @Sendable (String) -> TextEmbedding
  ) throws(DatasetError) -> Dataset {
    precondition(threads > 0 && captionLimit > 0, "\(threads) threads, \(captionLimit) captions a clip")
    let (scanned, notes) = try AudioFolder.scan(directory)
    let found = scanned.map(\.sayingItsCategory)
    var preparation = try DatasetPreparation(
      found.map { $0.withCaptions(upTo: captionLimit) }, directory: directory, cache: cache, mel: mel,
      parts: parts, probe: encode(DatasetPreparation.probeCaption), threads: threads)
    try preparation.makeMissing(progress: progress, encode: encode)
    // Another preparation may want the captions that this one does not.
    try preparation.dropUnused(keepingCaptions: found.lazy.flatMap(\.captions))
    return try preparation.dataset(notes: notes, heldOutFraction: heldOutFraction)
  }
}
