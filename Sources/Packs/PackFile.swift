import Audio
public import Foundation
import Instruments
public import Jobs
import Music
public import Parallelism
import Rendering
import Storage
import Synthesis

/// One thing in a pack, as its list tells programs: a clip, an instrument, or a composition in stems.
public struct PackFile: Encodable, Sendable {
  /// Its path in the pack; of an instrument that of its list, of stems that of their mix.
  public var file: String
  public var kind: String
  public var prompt: String
  /// As asked for, or as heard in the prompt.
  public var bpm: Double?
  public var key: String?
  public var note: String?
  /// Quarter notes from its beginning to its end, where both lie on beats.
  public var beats: Int?
  public var seed: UInt64
  public var seconds: Double?
  /// In LUFS and dBFS; nil of silence.
  public var loudness: Double?
  public var peak: Double?
  /// How new it is to the training set, 1 being as new as a real recording.
  public var novelty: Double?
  /// Of an instrument: its samples.
  public var samples: Int?
  /// Of a composition: the names of its stems' files, beside that of its mix.
  public var stems: [String]?

  /// Whether it has a folder of its own.
  var hasFolder: Bool { samples != nil || stems != nil }
}

extension PackFile {
  /// What is known of a job's file; nil where it cannot be read.
  init?(_ job: Job, _ entry: LedgerEntry, kind: PackKind, in folder: URL, fileExtension: String) {
    self.init(
      file: job.fileName(fileExtension: fileExtension), kind: kind.rawValue, prompt: job.request.prompt,
      seed: entry.seed ?? job.request.seed, novelty: entry.novelty)
    let waves = (entry.parts ?? []).map(\.file).filter { $0.hasSuffix(".wav") }
    switch job.product {
    case .instrument, .kit:
      samples = waves.count
      return
    case .stems: stems = waves.compactMap { $0.split(separator: "/").last.map(String.init) }
    case nil: break
    }
    guard let clip = try? AudioFile.read(folder.appendingPathComponent(file)) else { return nil }
    let (music, measured) = (Self.music(of: job), clip.loudness)
    (bpm, key, note) = (music.tempo, music.key?.name, job.request.controls?.note)
    beats = music.beats(frameCount: clip.frameCount, sampleRate: clip.sampleRate)
    seconds = Self.rounded(clip.duration, to: 1000)
    loudness = measured.integrated.isFinite ? Self.rounded(measured.integrated, to: 100) : nil
    peak = clip.peak > 0 ? Self.rounded(Double(clip.peakDecibels), to: 100) : nil
  }

  /// What a composition chose itself counts as asked for.
  private static func music(of job: Job) -> ClipMusic {
    guard case .stems(let plan) = job.product, let sketch = try? plan.sketch(of: job.request) else {
      return ClipMusic(job.request)
    }
    return ClipMusic(sketch.request)
  }

  private static func rounded(_ value: Double, to parts: Double) -> Double { (value * parts).rounded() / parts }
}

/// What there is of a pack in its folder.
public struct PackInventory: Sendable {
  public let plan: PackPlan
  public let files: [PackFile]
  /// The jobs whose files are not there.
  public let missing: [String]
  /// Files that were made here for other plans, or an earlier version of this one.
  public let strangers: [String]
  /// How many have another seed than the plan gives them, so as to be new.
  public let reseededCount: Int

  /// Looks at what the ledger knows, and measures the clips.
  /// - Throws: `StorageError` when the ledger cannot be read.
  public init(_ plan: PackPlan, _ jobs: [Job], in folder: URL, threads: Int = Parallel.coreCount) throws {
    let ledger = Ledger(folder: folder)
    try ledger.refresh()
    let kinds = Dictionary(plan.folders.map { ($0.path, $0.kind) }, uniquingKeysWith: { $1 })
    let found = Parallel.map(jobs.count, threads: threads) { index -> PackFile? in
      let job = jobs[index]
      guard let entry = ledger[job.id], entry.state == .done else { return nil }
      let kind = kinds[Self.folder(of: job.id)] ?? .phrase
      return PackFile(job, entry, kind: kind, in: folder, fileExtension: plan.format)
    }
    self.plan = plan
    files = found.compactMap(\.self)
    missing = zip(jobs, found).compactMap { $1 == nil ? $0.id : nil }
    let own = Set(jobs.map { $0.fileName(fileExtension: plan.format) })
    strangers = ledger.files.filter { name in
      name.contains("/") && !own.contains(name) && FileIdentity.isTaken(folder.appendingPathComponent(name))
    }.sorted()
    reseededCount = jobs.count { ledger[$0.id]?.seed != nil }
  }

  /// The path of the folder that a job lies in.
  static func folder(of id: String) -> String {
    id.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// The files of a folder.
  func files(in folder: PackFolder) -> [PackFile] {
    files.filter { file in
      let id = file.hasFolder ? Self.folder(of: file.file) : file.file
      return Self.folder(of: id) == folder.path
    }
  }
}
