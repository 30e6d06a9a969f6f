import Denoising
public import Foundation
import Layers
import Storage
public import Text

/// What clips are made with: a model, and the voices that are added to its weights.
///
/// A voice is what a training changed of a model's weights, and what it learned of words, lengths and sounds. The weights
/// are those of the base and, for each voice, its weight times its difference.
public struct ModelSource: Sendable, Equatable {
  /// The folder of the model.
  public let base: URL
  /// In the order of their names; none of weight 0.
  public let voices: [Voice]
  /// The model's, as it is with the voices.
  public let configuration: ModelConfiguration

  /// A model without voices.
  init(base: URL, _ configuration: ModelConfiguration) {
    (self.base, voices, self.configuration) = (base, [], configuration)
  }

  /// The model of a folder; of a voice's folder its base with that voice.
  /// - Throws: `ModelError`; `baseMissing` or `otherBase` where a voice's model is not here.
  public init(folder: URL) throws(ModelError) {
    let configuration = try ModelBundle.configuration(in: folder)
    guard let base = configuration.base else {
      self.init(base: folder, configuration)
      return
    }
    let place = try ModelLibrary.base(base, of: folder)
    let model = ModelSource(base: place, try ModelBundle.configuration(in: place))
    self = try model.adding([try Voice(folder: folder, weight: 1)])
  }

  /// The same with more voices; those of weight 0 are none.
  /// - Throws: `ModelError.otherBase` for a voice of another model, `voice` for one that is there twice, or whose name or
  ///   network cannot be.
  public func adding(_ more: [Voice]) throws(ModelError) -> ModelSource {
    let voices = (self.voices + more.filter { $0.weight != 0 }).sorted { $0.name < $1.name }
    for (voice, next) in zip(voices, voices.dropFirst()) where voice.name == next.name {
      throw .voice(path: next.folder.path, reason: "there is a voice of this name already: \(voice.folder.path)")
    }
    for voice in more { try check(voice) }
    let source = ModelSource(base: base, voices, configuration)
    guard source.name.utf8.count <= Self.longestName else {
      throw .voice(path: base.path, reason: "the names of so many voices are longer than \(Self.longestName) bytes")
    }
    return source
  }

  private init(base: URL, _ voices: [Voice], _ configuration: ModelConfiguration) {
    (self.base, self.voices) = (base, voices)
    var configuration = configuration
    if voices.contains(where: { $0.configuration.endsSounds == true }) { configuration.endsSounds = true }
    self.configuration = configuration
  }

  /// In bytes, of a clip's tags.
  private static let longestName = 255

  private func check(_ voice: Voice) throws(ModelError) {
    if let problem = Voice.problem(ofName: voice.name) { throw .voice(path: voice.folder.path, reason: problem) }
    let (own, wanted) = (voice.configuration, voice.base)
    guard try ModelBundle.weightsHash(of: base) == wanted.weights else {
      throw .otherBase(path: voice.folder.path, base: wanted.name, weights: wanted.weights, model: base.path)
    }
    guard own.denoiser == configuration.denoiser, own.hears(configuration.mel, configuration.parts),
      own.scale == configuration.scale
    else {
      throw .voice(path: voice.folder.path, reason: "the network in its config.json is not that of \(base.path)")
    }
  }

  /// The folders of the model and of its voices.
  public var folders: [URL] { [base] + voices.map(\.folder) }

  /// Those whose words, and whose training clips' fingerprints, are the model's too: also of the model that its training began
  /// with, where that was repeated, and is here.
  public var learnedFolders: [URL] {
    guard configuration.remembersOrigin == true, let origin = ModelLibrary.origin(of: configuration) else {
      return taughtFolders
    }
    return taughtFolders + [origin]
  }

  /// Those that learned from sounds; a voice of a taste has no words and fingerprints of its own.
  private var taughtFolders: [URL] { [base] + voices.filter { $0.configuration.preference == nil }.map(\.folder) }

  /// What tells it from every other: `ModelBundle.hash(of:)` of a model; with voices a hash of their hashes and weights.
  /// - Throws: `ModelError` where a file cannot be read.
  public func hash() throws(ModelError) -> String {
    try joined(ModelBundle.hash(of: base)) { voice throws(ModelError) in try ModelBundle.hash(of: voice.folder) }
  }

  /// What tells what it leaps with from others; nil where it does not.
  /// - Throws: `ModelError.unreadable`.
  public func leapsHash() throws(ModelError) -> String? { try LeapNetwork.hash(inModel: base) }

  /// What tells its weights from others, whatever else lies beside them.
  /// - Throws: `ModelError` where a file cannot be read.
  public func weightsHash() throws(ModelError) -> String {
    try joined(ModelBundle.weightsHash(of: base)) { voice throws(ModelError) in
      try ModelBundle.fileHash(of: Voice.url(in: voice.folder))
    }
  }

  private func joined(
    _ own: String, _ hash: (Voice) throws(ModelError) -> String
  ) throws(ModelError) -> String {
    guard !voices.isEmpty else { return own }
    var text = own
    for voice in voices { text += try "+\(hash(voice)):\(voice.weight)" }
    return StableHash.hexadecimal(StableHash.of(text))
  }
}

/// What its parts say together.
extension ModelSource {
  /// Names that are explained; nil where none is.
  func glossary() throws(ModelError) -> Glossary? {
    var own: [Glossary] = []
    for voice in voices {
      if let glossary = try ModelBundle.glossary(in: voice.folder) { own.append(glossary) }
    }
    guard let first = try ModelBundle.glossary(in: base) ?? own.first else { return nil }
    return Glossary(first, joining: own)
  }

  /// The lengths of the sounds that were learned; nil where none are known.
  func lengths() throws(ModelError) -> SoundLengths? {
    var clips: [SoundLengths.Clip]?
    for folder in folders {
      if let lengths = try SoundLengths.installed(inModel: folder) { clips = (clips ?? []) + lengths.clips }
    }
    return clips.map { SoundLengths($0) }
  }

  /// The words of the captions; nil unless all parts have a list of theirs.
  /// - Throws: `TextError` when a list is damaged.
  public func vocabulary() throws(TextError) -> Vocabulary? {
    guard taughtFolders.allSatisfy(Vocabulary.isThere) else { return nil }
    var parts: [Vocabulary] = []
    for folder in learnedFolders where Vocabulary.isThere(in: folder) { parts.append(try Vocabulary(reading: folder)) }
    return parts.count == 1 ? parts[0] : Vocabulary(joining: parts)
  }

  /// What is wrong with how they learned, in a line each.
  public var warnings: [String] {
    [configuration.training?.warning].compactMap(\.self)
      + voices.compactMap { voice in voice.configuration.training?.warning.map { "\(voice.name): \($0)" } }
  }
}
