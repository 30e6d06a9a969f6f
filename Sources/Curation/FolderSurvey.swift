import Audio
public import Foundation
import Novelty
public import Parallelism
import Pictures
import Spectra
import Storage
public import Taste
public import Training

/// Looks at and listens to every file of a folder of samples; changes none.
public struct FolderSurvey: Sendable {
  public let directory: URL
  public let report: FolderReport
  /// The clips, in the report's order.
  let clips: [CaptionedClip]
  /// The paths of the folders that have a manifest; "" is the folder itself.
  let manifests: [String]
  /// Spectrograms as PNG, where they were wanted.
  let pictures: [Data?]

  /// - Parameters:
  ///   - drawsPictures: whether there will be a page.
  ///   - taste: whose liking is to be told.
  ///   - progress: is told, from any thread, how many files are done, and of how many.
  /// - Throws: as `AudioFolder.scan`.
  public init(
    _ directory: URL, drawsPictures: Bool = false, taste: Taste? = nil, threads: Int = Parallel.coreCount,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(DatasetError) {
    let contents = try AudioFolder.contents(of: directory)
    // One file may have several records.
    var seen: Set<String> = []
    let clips = contents.clips.filter { seen.insert($0.name).inserted }
    let done = WorkCounter(total: clips.count, tell: progress)
    let listener = FileListener(drawsPictures: drawsPictures, taste: taste)
    let heard = Parallel.map(clips.count, threads: threads) { place in
      defer { done.advance() }
      return listener.listen(to: clips[place], contents.readings[clips[place].name])
    }
    let copies = SoundCopies(hashes: heard.map(\.hash), prints: heard.map(\.fingerprint), threads: threads)
    self.directory = directory
    self.clips = clips
    manifests = contents.manifests
    pictures = heard.map(\.picture)
    report = FolderReport(
      folder: directory.standardizedFileURL.lastPathComponent, files: heard.map(\.facts), copies: copies,
      // What stands in for captions is told in full.
      warnings: contents.warnings.filter { !$0.contains("their file names stand in") })
  }
}

/// Reads one file after another and measures it; any thread may.
struct FileListener: Sendable {
  struct Heard: Sendable {
    var facts: FileFacts
    var hash: UInt64?
    var fingerprint: SoundFingerprint?
    var picture: Data?
  }

  private let drawsPictures: Bool
  private let taste: Taste?
  private let tasting = TasteListener()
  private let spectrogram = MelSpectrogram()

  init(drawsPictures: Bool, taste: Taste? = nil) { (self.drawsPictures, self.taste) = (drawsPictures, taste) }

  func listen(to clip: CaptionedClip, _ reading: NameReading?) -> Heard {
    var facts = FileFacts(clip, reading)
    let (audio, mono): (AudioClip, AudioClip)
    let mel = spectrogram.configuration
    do {
      audio = try AudioFile.read(clip.audio)
      mono = try audio.converted(sampleRate: mel.sampleRate, channelCount: mel.channelCount, path: clip.audio.path)
    } catch {
      facts.fault = Self.reason(error, clip.audio)
      return Heard(facts: facts)
    }
    let measures = SoundMeasures(audio)
    facts.sound = measures
    guard !measures.isSilent else { return Heard(facts: facts) }
    let frames = spectrogram.analyze(mono.samples)
    facts.liking = taste.map { $0.score(tasting.clip(frames, captioned: facts.caption)).mean }
    if facts.isLoop || facts.key != nil || facts.note != nil {
      let heard = HeardMusic(
        mono, frames: frames, mel: mel, hearsTempo: facts.isLoop && measures.seconds >= 2, key: facts.key,
        note: facts.note)
      if heard.tempo != nil || heard.note != nil { facts.heard = heard }
    }
    return Heard(
      facts: facts, hash: Self.hash(audio), fingerprint: SoundFingerprint(frames, mel: mel),
      picture: drawsPictures ? draw(frames) : nil)
  }

  /// What is wrong with a file, without its path, which stands beside it.
  private static func reason(_ error: AudioFileError, _ url: URL) -> String {
    let text = "\(error)"
    return text.hasPrefix(url.path + ": ")
      ? String(text.dropFirst(url.path.count + 2)) : text.replacing(url.path, with: "it")
  }

  private static func hash(_ clip: AudioClip) -> UInt64 {
    let channels = clip.channels.map { channel in StableHash.hexadecimal(channel.withUnsafeBytes { StableHash.of($0) })
    }
    return StableHash.of("\(clip.sampleRate) \(channels.joined())")
  }

  private func draw(_ frames: MelFrames) -> Data? {
    try? SpectrogramThumbnail.draw(
      values: frames.values, melBandCount: frames.bandCount, width: 200, height: 64, levels: 24
    ).pngData()
  }
}
