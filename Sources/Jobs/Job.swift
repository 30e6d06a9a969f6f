import Diffusion
public import Foundation
import Storage
public import Synthesis

/// One clip of a batch.
public struct Job: Sendable, Equatable {
  /// The name of its file, without the extension; no two jobs of a manifest share one, in whatever case.
  public let id: String
  public let request: GenerationRequest
  /// Of the file, in hertz.
  public let sampleRate: Int
  /// What the file says, and where it has cues.
  public let file: FileRequest

  public init(
    id: String, request: GenerationRequest, sampleRate: Int = 44_100, file: FileRequest = FileRequest()
  ) {
    self.id = id
    self.request = request
    (self.sampleRate, self.file) = (sampleRate, file)
  }

  /// Its clip's file.
  public func file(in folder: URL, fileExtension: String) -> URL {
    folder.appendingPathComponent("\(id).\(fileExtension)")
  }

  /// A hash of everything in the job that the file's bytes depend on, as 16 hexadecimal digits.
  /// - Parameters:
  ///   - fileExtension: of the clip's file.
  ///   - novelty: how new the clip has to be; nil where that is not asked.
  public func parametersHash(fileExtension: String, novelty: Double? = nil) -> String {
    parametersHash(of: request, fileExtension: fileExtension, novelty: novelty)
  }

  /// The hashes that the same job had when requests were of earlier revisions: a clip that is done then stays done.
  func earlierHashes(fileExtension: String, novelty: Double? = nil) -> [String] {
    request.ofEarlierRevisions.map { parametersHash(of: $0, fileExtension: fileExtension, novelty: novelty) }
  }

  private func parametersHash(of request: GenerationRequest, fileExtension: String, novelty: Double?) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // A request of a checked manifest can always be encoded.
    let request = (try? encoder.encode(request)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let limit = novelty.map { " novelty \($0)" } ?? ""
    return StableHash.hexadecimal(StableHash.of("\(request) \(sampleRate) \(fileExtension)\(limit)\(file.mark)"))
  }

  /// About how much work it is, in milliseconds of one core: what the order of jobs and the time left go by.
  public var cost: Double {
    let branches = request.guidanceScale == 1 ? 1.0 : 2.0
    let evaluations = Double(request.steps) * (request.sampler == .heun ? 2 : 1) * branches
    return 1 + request.seconds * (2.5 * evaluations + 0.35 * Double(request.vocoderIterations))
  }
}
