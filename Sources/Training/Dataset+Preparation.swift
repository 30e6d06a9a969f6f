import Audio
public import Foundation
import Music
public import Spectra
import Storage
import Tensors
public import Text

/// How a data set is made.
///
/// The cache folder gets one subfolder for each folder of samples. In it, frames are stored by the configuration of the
/// mel and the name, size and time of change of their file, embeddings by encoder and caption. So a folder that has not
/// changed is read back, and of one that has, only the changed files are analysed. See `FeatureCache` for what happens
/// to a preparation that is killed and to files that are damaged.
extension Dataset {
  /// Prepares the folder with a sentence encoder.
  ///
  /// See `prepare(directory:cache:mel:heldOutFraction:captionLimit:threads:progress:encode:)`.
  public static func prepare(
    directory: URL, cache: URL, mel: MelConfiguration = .standard, encoder: SentenceEncoder,
    heldOutFraction: Double = 0.05, captionLimit: Int = .max, threads: Int = 2,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(DatasetError) -> Dataset {
    try prepare(
      directory: directory, cache: cache, mel: mel, heldOutFraction: heldOutFraction, captionLimit: captionLimit,
      threads: threads, progress: progress
    ) { encoder.encode($0) }
  }

  /// Scans a folder of samples (see `AudioFolder`), decodes and analyses what the cache does not hold, and opens it.
  ///
  /// Audio that cannot be decoded is left out, with a warning for each file. The result does not depend on `threads`.
  /// - Parameters:
  ///   - cache: a folder for what is made; it is created, and may be shared or deleted at any time.
  ///   - heldOutFraction: about how much of the clips to keep apart, in 0..<1. A clip's name decides, so it keeps its
  ///     side when others are added; of more than ten clips at least one is kept apart, of fewer none.
  ///   - captionLimit: how many captions of a clip are wanted, its first ones.
  ///   - progress: is told, on the calling thread, how many files and captions are done of how many that the cache did
  ///     not hold; not called when it held all.
  ///   - encode: gives the embedding of a caption; is called from several threads.
  public static func prepare(
    directory: URL, cache: URL, mel: MelConfiguration = .standard, heldOutFraction: Double = 0.05,
    captionLimit: Int = .max, threads: Int = 2, progress: (Int, Int) -> Void = { _, _ in },
    encode: @Sendable (String) -> TextEmbedding
  ) throws(DatasetError) -> Dataset {
    precondition(threads > 0 && captionLimit > 0, "\(threads) threads, \(captionLimit) captions a clip")
    let (found, notes) = try AudioFolder.scan(directory)
    let clips = found.map { $0.withCaptions(upTo: captionLimit) }
    let folder = cacheFolder(for: directory, in: cache)
    let probe = encode(probeCaption)
    var frames = try FeatureCache(
      directory: folder, prefix: framesPrefix(mel), width: mel.bandCount, threads: threads)
    var tracks = try FeatureCache(
      directory: folder, prefix: tracksPrefix(mel), width: ControlTrack.valueCount, threads: threads)
    var texts = try FeatureCache(
      directory: folder, prefix: textPrefix(probe), width: probe.sentence.count, threads: threads)

    let frameKeys = clips.map(frameKey)
    let controls = ControlSource(mel: mel)
    let trackKeys = zip(clips, frameKeys).map { "\($1)|\(controls.key(of: $0))" }
    let captions = clips.flatMap(\.captions)
    let total =
      Set(frameKeys.filter { frames[$0] == nil }).count + Set(trackKeys.filter { tracks[$0] == nil }).count
      + Set(captions.filter { texts[$0] == nil }).count
    var done = 0
    let advance = { (count: Int) in
      done += count
      progress(done, total)
    }
    let analysis = ClipAnalysis(mel: mel)
    try frames.add(frameKeys, make: { analysis.frames(of: clips[$0]) }, progress: advance)
    let made = frames
    try tracks.add(
      trackKeys,
      make: { index in made[frameKeys[index]].flatMap { controls.rows(of: clips[index], frameCount: $0.rowCount) } },
      progress: advance)
    try texts.add(captions, make: { halves(encode(captions[$0])) }, progress: advance)
    try frames.dropUnused(frameKeys)
    try tracks.dropUnused(trackKeys)
    // Another preparation may want the captions that this one does not.
    try texts.dropUnused(found.lazy.flatMap(\.captions))
    return try assemble(
      clips, frames: frameKeys.map { frames[$0] }, texts: clips.map { $0.captions.compactMap { texts[$0] } },
      tracks: trackKeys.map { tracks[$0] }, mel: mel,
      warnings: notes + analysis.failures.map(\.warning), heldOutFraction: heldOutFraction,
      nothingDecoded: .nothingDecoded(
        path: directory.path, count: clips.count, firstReason: analysis.failures.first?.warning ?? ""))
  }

  private static func assemble(
    _ clips: [CaptionedClip], frames: [FeatureRows?], texts: [[FeatureRows]], tracks: [FeatureRows?],
    mel: MelConfiguration, warnings: [String], heldOutFraction: Double, nothingDecoded: DatasetError
  ) throws(DatasetError) -> Dataset {
    let whole = clips.indices.compactMap { index -> Whole? in
      guard let frames = frames[index], let track = tracks[index], texts[index].count == clips[index].captions.count
      else { return nil }
      return Whole(clip: clips[index], frames: frames, texts: texts[index], track: track)
    }
    guard !whole.isEmpty else { throw nothingDecoded }
    return Dataset(
      clips: whole.map(\.clip), mel: mel, warnings: warnings,
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

  // MARK: What the cache is keyed by

  /// Raise when the analysis of the same audio under the same configuration comes to give other values.
  private static let analysisVersion = 1

  /// An encoder is known by what it makes of this.
  private static let probeCaption = "a warm analog pad in D minor, 92 bpm"

  private static func cacheFolder(for directory: URL, in cache: URL) -> URL {
    let path = directory.standardizedFileURL.path
    let hash = StableHash.hexadecimal(StableHash.of(path)).prefix(8)
    return cache.appendingPathComponent("\(directory.standardizedFileURL.lastPathComponent)-\(hash)")
  }

  private static func framesPrefix(_ mel: MelConfiguration) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let configuration = (try? encoder.encode(mel)).map { String(decoding: $0, as: UTF8.self) } ?? "\(mel)"
    return "frames-" + StableHash.hexadecimal(StableHash.of("\(analysisVersion) \(configuration)"))
  }

  private static func tracksPrefix(_ mel: MelConfiguration) -> String {
    "controls-" + StableHash.hexadecimal(StableHash.of("\(ControlSource.version) \(mel.framesPerSecond)"))
  }

  private static func textPrefix(_ probe: TextEmbedding) -> String {
    "text-" + StableHash.hexadecimal(halves(probe).withUnsafeBytes { StableHash.of($0) })
  }

  private static func frameKey(_ clip: CaptionedClip) -> String {
    let status = FileStatus(clip.audio.path)
    return "\(clip.name)|\(status?.byteCount ?? 0)|\(status?.modifiedNanoseconds ?? 0)"
  }

  /// An embedding as rows: the sentence, then its tokens.
  private static func halves(_ embedding: TextEmbedding) -> [Float16] {
    [embedding.sentence, embedding.tokens].flatMap { tensor in
      tensor.withUnsafe { values in (0..<tensor.count).map { Float16(values[$0]) } }
    }
  }
}
