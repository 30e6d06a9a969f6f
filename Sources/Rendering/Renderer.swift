public import Audio
public import Foundation
public import Parallelism
import Storage
public import Synthesis
public import Text

/// A model by its name and its hash, and where it works: what the tags of its clips say of it, before it is loaded.
public struct ModelIdentity: Sendable, Equatable {
  public let name: String
  /// `ModelBundle.hash(of:)`.
  public let hash: String
  /// The text encoder, the processor and the leaps that its clips are made with.
  public let environment: ClipEnvironment

  public init(name: String, hash: String, environment: ClipEnvironment = .unknown) {
    (self.name, self.hash, self.environment) = (name, hash, environment)
  }

  /// A model, with its voices, and the text encoder of a folder.
  /// - Throws: `ModelError` or `TextError` when a file of them cannot be read.
  public init(_ source: ModelSource, encoder: URL) throws {
    try self.init(source, environment: ClipEnvironment(encoder: encoder))
  }

  /// A model, with its voices.
  /// - Parameter environment: of the text encoder and the processor.
  /// - Throws: `ModelError`.
  public init(_ source: ModelSource, environment: ClipEnvironment) throws(ModelError) {
    var environment = environment
    environment.leaps = try source.leapsHash()
    self.init(name: source.name, hash: try source.hash(), environment: environment)
  }

  /// What makes the clip of a request replayable.
  public func tags(
    _ request: GenerationRequest, sampleRate: Int, file: FileRequest = FileRequest()
  ) -> ClipTags {
    ClipTags(
      hiss: ClipTags.currentVersion, model: name, modelHash: hash, sampleRate: sampleRate, request: request,
      environment: environment.of(request), file: file)
  }

  /// What makes a clip on the way from one to another replayable.
  public func tags(_ morph: MorphRequest, sampleRate: Int, file: FileRequest = FileRequest()) -> ClipTags {
    ClipTags(
      hiss: ClipTags.currentVersion, model: name, modelHash: hash, sampleRate: sampleRate, morph: morph,
      environment: environment.of(morph.from), file: file)
  }
}

/// Turns requests into tagged files: a loaded model, its text encoder, and who they are.
///
///     let renderer = try Renderer(model: "first")
///     let request = GenerationRequest(prompt: "warm pad in D minor", duration: 4, seed: 7)
///     try renderer.write(request, to: URL(filePath: "pad.wav"))
public struct Renderer: Sendable {
  public let synthesizer: Synthesizer
  public let model: ModelIdentity

  public init(_ synthesizer: Synthesizer, model: ModelIdentity) {
    self.synthesizer = synthesizer
    self.model = model
  }

  /// A model by its name or folder, with voices or without (`first+mine:0.7`), and the text encoder that `scripts/setup` or `scripts/install` put in place.
  /// - Throws: `ModelError`, `TextError`.
  public init(model nameOrPath: String = ModelLibrary.defaultName, threads: Int = Parallel.coreCount) throws {
    let encoder = try SentenceEncoder(directory: SentenceEncoder.locate(explicit: nil))
    try self.init(ModelSource(named: nameOrPath), encoder: encoder, threads: threads)
  }

  /// A model with its voices.
  /// - Parameter identity: the model's, where it is known already.
  /// - Throws: `ModelError`.
  public init(
    _ source: ModelSource, identity: ModelIdentity? = nil, encoder: SentenceEncoder,
    threads: Int = Parallel.coreCount
  ) throws {
    try self.init(ModelBundle(reading: source), identity: identity, encoder: encoder, threads: threads)
  }

  /// A model that is loaded.
  /// - Throws: `ModelError` where the text encoder is not its own.
  public init(
    _ bundle: ModelBundle, identity: ModelIdentity? = nil, encoder: SentenceEncoder, threads: Int = Parallel.coreCount
  ) throws {
    model = try identity ?? ModelIdentity(bundle.source, encoder: encoder.directory)
    try bundle.check(encoder)
    synthesizer = Synthesizer(model: bundle, encoder: encoder, threads: threads)
  }

  /// Makes the clip of a request, and writes it to a file in the format of its extension.
  /// - Throws: `RequestError`, `ControlError`, `AudioFileError`.
  /// - Parameter file: what the file says, and where it has cues.
  public func write(
    _ request: GenerationRequest, to url: URL, sampleRate: Int = 44_100, file: FileRequest = FileRequest()
  ) throws {
    let bytes = try bytes(request, sampleRate: sampleRate, file: file, for: url)
    do { try DurableFile.writeShared(bytes, to: url) } catch {
      throw AudioFileError.cannotWrite(path: url.path, reason: error.reason)
    }
  }

  /// The clip of a request.
  /// - Throws: `RequestError` when the model cannot make it, `ControlError` when a file that it needs cannot be used.
  public func clip(_ request: GenerationRequest) throws -> AudioClip {
    if let problem = synthesizer.problem(of: request) { throw RequestError.impossible(reason: problem) }
    return try synthesizer.generate([request])[0]
  }

  /// The bytes of the file of this name with the clip of a request.
  /// - Throws: `RequestError` when the model cannot make it, `AudioFileError` when the container cannot hold it.
  public func bytes(
    _ request: GenerationRequest, sampleRate: Int, file: FileRequest = FileRequest(), for url: URL
  ) throws -> [UInt8] {
    try bytes(of: clip(request), request, sampleRate: sampleRate, file: file, for: url)
  }

  /// The bytes of the file of this name with a request's clip.
  /// - Throws: `AudioFileError` when the container cannot hold it.
  public func bytes(
    of clip: AudioClip, _ request: GenerationRequest, sampleRate: Int, file: FileRequest = FileRequest(), for url: URL
  ) throws -> [UInt8] {
    try model.tags(request, sampleRate: sampleRate, file: file).encoded(clip, for: url)
  }

  /// The bytes of the file of this name with a clip on the way from one to another.
  /// - Throws: as for a request.
  public func bytes(
    _ morph: MorphRequest, sampleRate: Int, file: FileRequest = FileRequest(), for url: URL
  ) throws -> [UInt8] {
    if let problem = synthesizer.problem(of: morph) { throw RequestError.impossible(reason: problem) }
    return try model.tags(morph, sampleRate: sampleRate, file: file)
      .encoded(synthesizer.generate(morphs: [morph])[0], for: url)
  }
}

/// A clip that a model cannot make.
public enum RequestError: Error, Equatable, Sendable, CustomStringConvertible {
  case impossible(reason: String)

  public var description: String {
    switch self {
    case .impossible(let reason): reason
    }
  }
}
