public import Audio
public import Foundation
public import Synthesis

/// Turns requests into the bytes of tagged files.
public struct ClipMaker: Sendable {
  private let synthesizer: Synthesizer
  private let model: String
  private let modelHash: String
  private let version: String

  /// - Parameters:
  ///   - model: what the tags call the synthesizer's model.
  ///   - modelHash: its `ModelBundle.hash`.
  ///   - version: of Hiss.
  public init(_ synthesizer: Synthesizer, model: String, modelHash: String, version: String) {
    self.synthesizer = synthesizer
    self.model = model
    self.modelHash = modelHash
    self.version = version
  }

  /// What makes the clip of a request replayable.
  public func tags(_ request: GenerationRequest, sampleRate: Int) -> ClipTags {
    ClipTags(hiss: version, model: model, modelHash: modelHash, sampleRate: sampleRate, request: request)
  }

  /// The bytes of the file of this name with the clip of a request.
  /// - Throws: `RequestError` when the model cannot make it, `AudioFileError` when the container cannot hold it.
  public func bytes(_ request: GenerationRequest, sampleRate: Int, for url: URL) throws -> [UInt8] {
    try bytes(of: clip(request), request, sampleRate: sampleRate, for: url)
  }

  /// The clip of a request.
  /// - Throws: `RequestError` when the model cannot make it.
  public func clip(_ request: GenerationRequest) throws -> AudioClip {
    if let problem = synthesizer.problem(of: request) { throw RequestError.impossible(reason: problem) }
    return try synthesizer.generate([request])[0]
  }

  /// The bytes of the file of this name with a request's clip.
  /// - Throws: `AudioFileError` when the container cannot hold it.
  public func bytes(
    of clip: AudioClip, _ request: GenerationRequest, sampleRate: Int, for url: URL
  ) throws -> [UInt8] {
    try encoded(clip, tags(request, sampleRate: sampleRate), for: url)
  }

  /// The bytes of the file of this name with a clip on the way from one to another.
  /// - Throws: as for a request.
  public func bytes(_ morph: MorphRequest, sampleRate: Int, for url: URL) throws -> [UInt8] {
    if let problem = synthesizer.problem(of: morph) { throw RequestError.impossible(reason: problem) }
    let tags = ClipTags(hiss: version, model: model, modelHash: modelHash, sampleRate: sampleRate, morph: morph)
    return try encoded(synthesizer.generate(morphs: [morph])[0], tags, for: url)
  }

  private func encoded(_ clip: AudioClip, _ tags: ClipTags, for url: URL) throws -> [UInt8] {
    try AudioFile.encode(Resampler.resample(clip, to: tags.sampleRate), for: url, tags: tags.audioTags)
  }
}
