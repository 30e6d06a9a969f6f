import Foundation
import Music
import Spectra
import Tensors
import Text

/// The steps from the clips of a folder to their data set: what the caches do not hold is made, what nobody wants any
/// more is dropped, and the clips of which nothing is missing are opened.
struct DatasetPreparation {
  private let clips: [CaptionedClip]
  private let directory: URL
  private let mel: MelConfiguration
  private let parts: FrameParts
  private let analysis: ClipAnalysis
  private let controls: ControlSource
  private let threads: Int
  private var frames: FeatureCache
  private var tracks: FeatureCache
  private var texts: FeatureCache
  /// A clip each.
  private let frameKeys: [String]
  private let trackKeys: [String]

  /// - Parameters:
  ///   - directory: where the clips come from.
  ///   - cache: the folder of all caches.
  ///   - probe: what the encoder makes of `probeCaption`.
  init(
    _ clips: [CaptionedClip], directory: URL, cache: URL, mel: MelConfiguration, parts: FrameParts,
    probe: TextEmbedding, threads: Int
  ) throws(DatasetError) {
    self.clips = clips
    self.directory = directory
    (self.mel, self.parts) = (mel, parts)
    self.threads = threads
    analysis = ClipAnalysis(mel: mel, parts: parts)
    let controls = ControlSource(mel: mel)
    self.controls = controls
    let folder = Self.cacheFolder(for: directory, in: cache)
    frames = try FeatureCache(
      directory: folder, prefix: Self.framesPrefix(mel, parts), width: analysis.valueCount, threads: threads)
    tracks = try FeatureCache(
      directory: folder, prefix: Self.tracksPrefix(mel), width: ControlTrack.valueCount, threads: threads)
    texts = try FeatureCache(
      directory: folder, prefix: Self.textPrefix(probe), width: probe.sentence.count, threads: threads)
    frameKeys = clips.map(Self.frameKey)
    trackKeys = zip(clips, frameKeys).map { "\($1)|\(controls.key(of: $0))" }
  }

  /// Analyses and encodes what the caches do not hold.
  /// - Parameter progress: is told how much is done, and of how much.
  mutating func makeMissing(
    progress: (Int, Int) -> Void, encode: @Sendable (String) -> TextEmbedding
  ) throws(DatasetError) {
    let (clips, frameKeys, captions) = (clips, frameKeys, clips.flatMap(\.captions))
    let (analysis, controls) = (analysis, controls)
    let total = frames.missing(frameKeys) + tracks.missing(trackKeys) + texts.missing(captions)
    var done = 0
    func advance(_ count: Int) {
      done += count
      progress(done, total)
    }
    try frames.add(frameKeys, make: { analysis.frames(of: clips[$0]) }, progress: advance)
    let made = frames
    try tracks.add(
      trackKeys,
      make: { index in made[frameKeys[index]].flatMap { controls.rows(of: clips[index], frameCount: $0.rowCount) } },
      progress: advance)
    try texts.add(captions, make: { Self.halves(encode(captions[$0])) }, progress: advance)
  }

  /// Drops what neither the clips nor these captions need, where it is worth it.
  mutating func dropUnused(keepingCaptions captions: some Sequence<String>) throws(DatasetError) {
    try frames.dropUnused(frameKeys)
    try tracks.dropUnused(trackKeys)
    try texts.dropUnused(captions)
  }

  /// The clips of which nothing is missing.
  /// - Parameter notes: what there was to say of the folder.
  func dataset(notes: [String], heldOutFraction: Double) throws(DatasetError) -> Dataset {
    let whole = clips.indices.compactMap(whole)
    let failures = analysis.failures.map(\.warning)
    guard !whole.isEmpty else {
      throw .nothingDecoded(path: directory.path, count: clips.count, firstReason: failures.first ?? "")
    }
    let quiet = QuietClips.warnings(
      whole.map(\.clip), frames: whole.map(\.frames), mel: mel, parts: parts, threads: threads)
    return Dataset(
      clips: whole.map(\.clip), mel: mel, parts: parts, warnings: notes + failures + quiet,
      split: HeldOutSplit(names: whole.map(\.clip.name), heldOutFraction: heldOutFraction),
      frames: whole.map(\.frames), texts: whole.map(\.texts), tracks: whole.map(\.track))
  }

  /// A clip of which nothing is missing.
  private struct Whole {
    let clip: CaptionedClip
    let frames: FeatureRows
    let texts: [FeatureRows]
    let track: FeatureRows
  }

  private func whole(_ index: Int) -> Whole? {
    let clip = clips[index]
    let embeddings = clip.captions.compactMap { texts[$0] }
    guard let frames = frames[frameKeys[index]], let track = tracks[trackKeys[index]],
      embeddings.count == clip.captions.count
    else { return nil }
    return Whole(clip: clip, frames: frames, texts: embeddings, track: track)
  }
}
