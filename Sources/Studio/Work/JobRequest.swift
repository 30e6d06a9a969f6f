import Foundation
import Synthesis

/// What a page or a program asks to be made: a field of the API's `JobRequest`, each of which may be wanting.
struct JobRequest: Codable, Sendable, Equatable {
  enum Kind: String, Codable, CaseIterable, Sendable {
    case generate, vary, redo, `continue`, loop, morph, stems, train, evaluate

    /// Those that make no clips, and that another process does.
    static let ofLearning: Set<Kind> = [.train, .evaluate]
  }

  struct Voice: Codable, Sendable, Equatable {
    var name: String
    var weight: Double?
  }

  /// A stretch of a clip, in seconds.
  struct Region: Codable, Sendable, Equatable {
    var start: Double
    var end: Double
  }

  var kind: Kind
  var prompt: String?
  var negativePrompt: String?
  var model: String?
  var voices: [Voice]?
  var count: Int?
  var seed: UInt64?
  var seconds: Double?
  var bars: Int?
  var bpm: Double?
  var key: String?
  var chords: String?
  var note: String?
  var timeSignature: String?
  var loop: Bool?
  var steps: Int?
  var guidanceScale: Double?
  var draft: Bool?
  var lufs: Double?
  /// One channel; where a clip lies, −1 … 1; how wide it is, 0 … 2.
  var mono: Bool?
  var pan: Double?
  var width: Double?
  /// Uploads.
  var midi: String?
  var follow: String?
  /// A clip or an upload.
  var source: String?
  var sources: [String]?
  var region: Region?
  var distance: Double?
  /// Seeds of relatives of the source that were liked.
  var liked: [UInt64]?
  var strength: Double?
  var novelty: Double?
  /// Of a training or an evaluation: the folder of samples, the model's name, and how long.
  var path: String?
  var output: String?
  var minutes: Double?
  /// The page that asks, whose own steps `undo` takes back.
  var page: String?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case kind, prompt, negativePrompt, model, voices, count, seed, seconds, bars, bpm, key, chords, note, timeSignature
    case loop, steps, guidanceScale, draft, lufs, midi, follow, source, sources, region, distance, strength, novelty
    case path, output, minutes, page, mono, pan, width, liked
  }

  init(_ kind: Kind) { self.kind = kind }

  static let counts = 1...64
  static let likedCounts = 1...16
  /// JavaScript knows no larger whole numbers.
  static let seeds: ClosedRange<UInt64> = 0...(1 << 53 - 1)

  /// What no job can have, in a sentence; nil if nothing. What clips cannot have, `RequestDraft` says.
  var problem: String? {
    if let count, !Self.counts.contains(count) { return "count is not between 1 and 64." }
    if let seed, !Self.seeds.contains(seed) { return "seed is not between 0 and 2^53 - 1." }
    if let distance, !(0...1).contains(distance) { return "distance is not between 0 and 1." }
    if let liked, !Self.likedCounts.contains(liked.count) || !liked.allSatisfy(Self.seeds.contains) {
      return "liked is not of 1 to 16 seeds."
    }
    if let strength, !(0...1).contains(strength) { return "strength is not between 0 and 1." }
    if let novelty, !(0...1000).contains(novelty) { return "novelty is not between 0 and 1000." }
    if let steps, !(1...100).contains(steps) { return "steps are not between 1 and 100." }
    if let minutes, !(0.1...10_080).contains(minutes) { return "minutes are not between 0.1 and 10080." }
    if let page, page.utf8.count > 64 || !page.utf8.allSatisfy(\.isPlain) { return "page is no plain name." }
    for (name, text) in [("prompt", prompt), ("negativePrompt", negativePrompt), ("chords", chords)] {
      if let text, text.utf8.count > GenerationRequest.maximumPromptLength { return "\(name) is too long." }
    }
    for (name, text) in [("key", key), ("note", note), ("timeSignature", timeSignature)] {
      if let text, text.utf8.count > 40 { return "\(name) is too long." }
    }
    for name in [model].compactMap(\.self) + (voices ?? []).map(\.name) where !Self.isModelName(name) {
      return "\"\(name.prefix(60))\" is no name of a model; /api/v1/models lists them."
    }
    if let voices, voices.count > 16 { return "More than 16 voices." }
    for weight in (voices ?? []).compactMap(\.weight) where !ModelSource.Voice.weights.contains(weight) {
      return "A voice's weight is between 0 and 2."
    }
    for id in [midi, follow, source].compactMap(\.self) + (sources ?? []) where !Call.isID(id) {
      return "\"\(id.prefix(20))\" is no id."
    }
    return needProblem
  }

  /// What its kind wants, and is not there.
  private var needProblem: String? {
    let hasPrompt = prompt?.contains { !$0.isWhitespace } ?? false
    switch kind {
    case .generate, .stems: return hasPrompt ? nil : "A prompt is wanted."
    case .loop:
      guard region == nil || source != nil else { return "A region is of a source." }
      guard hasPrompt || source != nil else { return "A prompt or a source is wanted." }
      return region.flatMap(Self.problem)
    case .vary, .continue: return source == nil ? "A source is wanted." : nil
    case .redo:
      guard source != nil, let region else { return "A source and a region are wanted." }
      return Self.problem(region)
    case .morph: return sources?.count == 2 ? nil : "Two sources are wanted."
    case .train:
      guard let path, !path.isEmpty, let output else { return "A path and an output are wanted." }
      return path.utf8.count < 4096 && Self.isModelName(output) ? nil : "output is no plain name of a model."
    case .evaluate:
      guard model != nil else { return "A model is wanted." }
      return path.map { $0.utf8.count < 4096 } ?? true ? nil : "path is no folder of samples."
    }
  }

  private static func problem(_ region: Region) -> String? {
    region.start >= 0 && region.start < region.end && region.end <= GenerationRequest.maximumDuration
      ? nil : "The region is not within a clip."
  }

  /// A plain name: no path, nothing hidden, and no signs that stand between names.
  static func isModelName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isPlain, first != 0x2D, name.utf8.count <= 100 else { return false }
    return name.utf8.allSatisfy { $0.isPlain || $0 == 0x2E }
  }
}
