import Audio
public import Foundation
public import Parallelism
import Storage
import Training

/// A copy of a folder of samples without its faults: offsets taken out, silence cut off, what is above full scale made
/// softer; what is the same twice, silent or cannot be read is left out. Nothing is resampled, and files without a fault
/// are copied as they are.
public struct CleanedCopy: Sendable {
  public private(set) var copied = 0
  public private(set) var cleaned = 0
  /// The names of those that were left out, with the reason.
  public private(set) var leftOut: [(file: String, reason: String)] = []

  /// Seconds of silence that stay before and after a sound.
  private static let margin = 0.005

  /// Writes the copy, with its captions as `metadata.csv`.
  /// - Parameter progress: is told, from any thread, how many files are done, and of how many.
  /// - Throws: `StorageError` or `AudioFileError` of the first file that cannot be written.
  public init(
    of survey: FolderSurvey, to folder: URL, threads: Int = Parallel.coreCount,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws {
    try DurableFile.makeFolder(folder)
    let reasons = Self.reasons(survey)
    let kept = survey.clips.indices.filter { reasons[$0] == nil }
    leftOut = survey.clips.indices.compactMap { place in reasons[place].map { (survey.clips[place].name, $0) } }
    let names = Self.names(kept.map { survey.clips[$0] }, facts: kept.map { survey.report.files[$0] })
    let done = WorkCounter(total: kept.count, tell: progress)
    let results = Parallel.map(kept.count, threads: threads) { place in
      defer { done.advance() }
      let number = kept[place]
      return Result {
        try Self.write(
          survey.clips[number], survey.report.files[number], to: folder.appendingPathComponent(names[place]))
      }
    }
    for result in results { if try result.get() { cleaned += 1 } else { copied += 1 } }
    _ = try MetadataTable(zip(names, kept).map { ($0, survey.clips[$1]) }).write(to: folder)
  }

  /// Checks that a copy can be put in a folder: elsewhere than the samples, and where nothing is.
  /// - Parameter replaces: whether what is there may be replaced.
  /// - Throws: `CurationError`.
  public static func check(_ copy: URL, of folder: URL, replaces: Bool) throws(CurationError) {
    func path(_ url: URL) -> String { url.standardizedFileURL.resolvingSymlinksInPath().path + "/" }
    guard !path(copy).hasPrefix(path(folder)), !path(folder).hasPrefix(path(copy)) else {
      throw .copyAmongSamples(path: copy.path)
    }
    let there = (try? FileManager.default.contentsOfDirectory(atPath: copy.path)) ?? []
    guard replaces || there.isEmpty else { throw .notEmpty(path: copy.path) }
  }

  /// Why files are left out, by number.
  private static func reasons(_ survey: FolderSurvey) -> [Int: String] {
    var reasons: [Int: String] = [:]
    for (place, file) in survey.report.files.enumerated() {
      if file.fault != nil { reasons[place] = "it cannot be read" }
      if file.sound?.isSilent == true { reasons[place] = "it is silent" }
    }
    for group in survey.report.sameFiles {
      for place in group.dropFirst() { reasons[place] = "it sounds the same as \(survey.clips[group[0]].name)" }
    }
    return reasons
  }

  /// The paths in the copy: as they were, but that cleaned sounds of lossy formats become FLAC.
  private static func names(_ clips: [CaptionedClip], facts: [FileFacts]) -> [String] {
    let taken = Set(clips.map(\.name))
    return zip(clips, facts).map { clip, facts in
      guard !facts.canBeWritten, needsCleaning(facts) else { return clip.name }
      let plain = (clip.name as NSString).deletingPathExtension + ".flac"
      return taken.contains(plain) ? clip.name + ".flac" : plain
    }
  }

  static func needsCleaning(_ facts: FileFacts) -> Bool {
    guard let sound = facts.sound else { return false }
    return abs(sound.offset) > FindingRules.leastOffset || FindingRules.isTooLoud(facts, sound)
      || !facts.isLoop
        && (sound.silenceBefore > FindingRules.longestSilenceBefore
          || sound.silenceAfter > FindingRules.longestSilenceAfter)
  }

  /// - Returns: whether it was cleaned.
  private static func write(_ clip: CaptionedClip, _ facts: FileFacts, to target: URL) throws -> Bool {
    try DurableFile.makeFolder(target.deletingLastPathComponent())
    // Notes belong to their sound as long as it begins when they do.
    let cutsBeginning = !facts.isLoop && facts.sound?.silenceBefore ?? 0 > FindingRules.longestSilenceBefore
    if !cutsBeginning { try copyMIDI(of: clip, beside: target) }
    guard needsCleaning(facts) else {
      try DurableFile.writeShared(Array(try Data(contentsOf: clip.audio)), to: target)
      return false
    }
    let audio = try AudioFile.read(clip.audio)
    try AudioFile.write(cleaned(audio, facts), to: target)
    return true
  }

  private static func copyMIDI(of clip: CaptionedClip, beside target: URL) throws {
    let stem = clip.audio.deletingPathExtension().lastPathComponent
    let named = clip.labels["midi"].flatMap { $0.contains("/") ? nil : $0 }
    for name in Set([named, "\(stem).mid", "\(stem).midi"].compactMap(\.self)) {
      let source = clip.audio.deletingLastPathComponent().appendingPathComponent(name)
      guard let data = try? Data(contentsOf: source) else { continue }
      try DurableFile.writeShared(Array(data), to: target.deletingLastPathComponent().appendingPathComponent(name))
    }
  }

  static func cleaned(_ clip: AudioClip, _ facts: FileFacts) -> AudioClip {
    var clip = clip
    for place in clip.channels.indices {
      let offset = Float(SoundMeasures.offset(of: clip.channels[place]))
      if abs(Double(offset)) > FindingRules.leastOffset {
        clip.channels[place] = clip.channels[place].map { $0 - offset }
      }
    }
    if !facts.isLoop {
      let heard = SoundMeasures.heardRange(of: clip)
      let margin = Int(margin * Double(clip.sampleRate))
      var range = 0..<clip.frameCount
      if Double(heard.lowerBound) / Double(clip.sampleRate) > FindingRules.longestSilenceBefore {
        range = max(0, heard.lowerBound - margin)..<range.upperBound
      }
      if Double(clip.frameCount - heard.upperBound) / Double(clip.sampleRate) > FindingRules.longestSilenceAfter {
        range = range.lowerBound..<min(clip.frameCount, heard.upperBound + margin)
      }
      if range.count < clip.frameCount {
        clip = AudioClip(channels: clip.channels.map { Array($0[range]) }, sampleRate: clip.sampleRate)
      }
    }
    // Integers hold nothing above.
    return clip.peak > 1 ? clip.normalized(peak: 1) : clip
  }
}
