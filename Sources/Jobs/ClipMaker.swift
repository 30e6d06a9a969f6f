import Audio
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
    if let problem = synthesizer.problem(of: request) { throw RequestError.impossible(reason: problem) }
    let clip = Resampler.resample(try synthesizer.generate([request])[0], to: sampleRate)
    return try AudioFile.encode(clip, for: url, tags: tags(request, sampleRate: sampleRate).audioTags)
  }
}
