public import Diffusion
import Foundation

/// One clip that is asked for: everything that its bytes depend on, besides the model.
public struct GenerationRequest: Codable, Sendable, Equatable {
  /// What it should sound like, and what it should not.
  public var prompt: String
  public var negativePrompt: String
  /// What the text encoder is told instead of the prompt: its English, without what it says should not be there; nil where
  /// that is the prompt itself. It is kept, so that a clip stays what it is when a table of languages grows.
  public var understoodPrompt: String?
  /// How strongly the clip is kept from the negative prompt, as a multiple of the prompt's own weight; nil where that stands in place of the empty prompt, as it did in
  /// versions before this.
  public var negativeScale: Float?
  /// How far the clip goes from what the prompt asks for toward what of it is liked, of a model that learned by a taste; nil for
  /// not at all.
  public var tasteScale: Float?
  /// Seconds of audio, without a tail.
  public var duration: Double
  /// Steps from noise to sound.
  public var steps: Int
  /// Above 1, steps are smaller near the noise, where the prompt decides most; 1 is even steps.
  public var timeShift: Float
  /// How strongly the prompt is followed: 1 is without guidance.
  public var guidanceScale: Float
  public var sampler: SamplerKind
  /// Decides the noise that the clip starts from.
  public var seed: UInt64
  /// Rounds of Griffin-Lim.
  public var vocoderIterations: Int
  /// The clip's integrated loudness in LUFS, −60 … 0, as far as a true peak of −1 dBTP allows; nil leaves it as it comes.
  public var lufs: Double?
  /// The clip's highest sample in dBFS, −60 … 0; nil leaves it as it comes. Beside a loudness there is none.
  public var peak: Double?
  /// Seconds behind its end in which what sounds there rings on; nil for none.
  public var tail: Double?
  /// Whether silence at its end is cut off; nil for no.
  public var trims: Bool?
  /// Whether it has one channel, the mean of both, where the model makes two; nil for no.
  public var mono: Bool?
  /// Where it lies, −1 (left) … 1 (right), and how wide it is, 0 … 2, where 1 is as it comes (`StereoImage`); nil for as it comes. A
  /// clip with either has two channels, of any model.
  public var pan: Double?
  public var width: Double?
  /// Which rules make it sound as it does: `SoundRevision`; nil for the first.
  public var revision: Int?
  /// What it should do besides; nil for what the prompt alone says.
  public var controls: ControlRequest?
  /// What it has of an existing sound, and whether it is a loop; nil for a clip from nothing.
  public var edit: EditRequest?
  /// Which other clip it is a relative of; nil for none.
  public var relation: RelationRequest?
  /// In what it differs from the clip that it is made of; nil for what nothing is said of.
  public var variation: VariationRequest?

  public init(
    prompt: String, negativePrompt: String = "", duration: Double = 4, steps: Int = 8, timeShift: Float = 1.5,
    guidanceScale: Float = 2.5,
    sampler: SamplerKind = .euler, seed: UInt64 = 0, vocoderIterations: Int = 32, controls: ControlRequest? = nil,
    edit: EditRequest? = nil
  ) {
    self.prompt = prompt
    self.negativePrompt = negativePrompt
    self.duration = duration
    self.steps = steps
    self.timeShift = timeShift
    self.guidanceScale = guidanceScale
    self.sampler = sampler
    self.seed = seed
    self.vocoderIterations = vocoderIterations
    self.revision = SoundRevision.current
    self.controls = controls
    self.edit = edit
  }

  private enum CodingKeys: CodingKey {
    case prompt, negativePrompt, duration, steps, timeShift, guidanceScale, sampler, seed, vocoderIterations, lufs, peak
    case tail, trims, revision, controls, edit, understoodPrompt, negativeScale, relation
    case variation, tasteScale, mono, pan, width
  }

  /// Reads what is there; what is not has its default, as in the tags of a version that did not know it.
  ///
  /// Today's fields are always written, so that the hashes of finished batches stay what they are; a newer one is
  /// optional, and written where it is not nil.
  public init(from decoder: any Decoder) throws {
    let stored = try decoder.container(keyedBy: CodingKeys.self)
    self.init(prompt: try stored.decode(String.self, forKey: .prompt))
    try stored.read(.negativePrompt, into: &negativePrompt)
    try stored.read(.duration, into: &duration)
    try stored.read(.steps, into: &steps)
    try stored.read(.timeShift, into: &timeShift)
    try stored.read(.guidanceScale, into: &guidanceScale)
    try stored.read(.sampler, into: &sampler)
    try stored.read(.seed, into: &seed)
    try stored.read(.vocoderIterations, into: &vocoderIterations)
    try stored.read(.lufs, into: &lufs)
    try stored.read(.peak, into: &peak)
    try stored.read(.tail, into: &tail)
    try stored.read(.trims, into: &trims)
    revision = try stored.decodeIfPresent(Int.self, forKey: .revision)
    try stored.read(.controls, into: &controls)
    try stored.read(.edit, into: &edit)
    try stored.read(.understoodPrompt, into: &understoodPrompt)
    try stored.read(.negativeScale, into: &negativeScale)
    try stored.read(.relation, into: &relation)
    try stored.read(.variation, into: &variation)
    try stored.read(.tasteScale, into: &tasteScale)
    try stored.read(.mono, into: &mono)
    try stored.read(.pan, into: &pan)
    try stored.read(.width, into: &width)
  }

  /// The prompt in the captions' English.
  public var englishPrompt: String { understoodPrompt ?? prompt }

  /// What a negative prompt has where nothing else is said.
  public static let usualNegativeScale: Float = 1.5

  /// The bytes of all prompts, as tags keep them.
  var promptLength: Int {
    prompt.utf8.count + negativePrompt.utf8.count + (understoodPrompt?.utf8.count ?? 0)
  }

  /// Trades quality for time: half the steps, and a quarter of the vocoder's rounds.
  public mutating func makeDraft() { (steps, vocoderIterations) = (4, 8) }

  /// Seconds of audio with the tail.
  public var seconds: Double { duration + (tail ?? 0) }

  /// The longest clip that can be asked for, in seconds.
  public static let maximumDuration = 120.0
  /// In seconds.
  public static let minimumDuration = 0.1

  /// What is said of a prompt that is too long, before anything is read in it; nil of one that is not.
  var lengthProblem: String? {
    let length = promptLength
    return length > Self.maximumPromptLength
      ? "a prompt of \(length) bytes is longer than \(Self.maximumPromptLength)" : nil
  }

  /// The longest prompt and negative prompt together, in bytes of UTF-8: many times what the text encoder reads, and what
  /// the tags of a WAV file keep (48 kB of JSON do survive libsndfile, 60 kB do not).
  public static let maximumPromptLength = 12_000

  /// The loudnesses that may be asked for, in LUFS.
  package static let loudnesses = -60.0...0
  /// The peaks that may be asked for, in dBFS.
  private static let peaks = -60.0...0

  /// What makes the request impossible, in one line; nil if it can be made.
  public var problem: String? {
    if prompt.allSatisfy(\.isWhitespace) { return "the prompt is empty: say what it should sound like" }
    if let lengthProblem { return lengthProblem }
    guard duration.isFinite, duration >= Self.minimumDuration, duration <= Self.maximumDuration else {
      let asked = String(format: "%.4g", duration)
      return "a duration of \(asked) s is not between \(Self.minimumDuration) and \(Int(Self.maximumDuration))"
    }
    guard (1...1000).contains(steps) else { return "\(steps) steps are not between 1 and 1000" }
    guard timeShift.isFinite, (0.1...100).contains(timeShift) else {
      return "a time shift of \(timeShift) is not between 0.1 and 100"
    }
    guard guidanceScale.isFinite, (0...100).contains(guidanceScale) else {
      return "a guidance scale of \(guidanceScale) is not between 0 and 100"
    }
    if let negativeScale, !(negativeScale.isFinite && (0...20).contains(negativeScale)) {
      return "a negative scale of \(negativeScale) is not between 0 and 20"
    }
    if let tasteScale, !(tasteScale.isFinite && (0...20).contains(tasteScale)) {
      return "a taste scale of \(tasteScale) is not between 0 and 20"
    }
    guard (0...10_000).contains(vocoderIterations) else {
      return "\(vocoderIterations) vocoder iterations are not between 0 and 10000"
    }
    if let lufs, !(lufs.isFinite && Self.loudnesses.contains(lufs)) {
      return "a loudness of \(lufs) LUFS is not between -60 and 0"
    }
    if let peak, !(peak.isFinite && Self.peaks.contains(peak)) {
      return "a peak of \(peak) dBFS is not between -60 and 0"
    }
    if lufs != nil, peak != nil { return "a clip has a loudness or a peak that is asked for, and not both" }
    return imageProblem ?? soundProblem ?? relation?.problem ?? variation?.problem ?? controls?.problem
      ?? edit?.problem(duration: duration)
  }
}
