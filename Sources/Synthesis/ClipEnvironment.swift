import Diffusion
public import Foundation
import Tensors
public import Text

/// What a clip's bytes depend on besides its request, its model and the build: the text encoder, the instructions that matrix
/// products are computed with, and what the model leaps with.
public struct ClipEnvironment: Sendable, Equatable {
  /// `SentenceEncoder.hash(of:)`; nil for the encoder that scripts/setup puts in place.
  public var textEncoder: String?
  /// `Precision.instructionSet`; nil where it is not known, as in files of versions that did not note it.
  public var processor: String?
  /// `ModelSource.leapsHash()`; of a clip only where it may leap.
  public var leaps: String?

  /// Of a file that says nothing.
  public static let unknown = ClipEnvironment(textEncoder: nil, processor: nil)

  init(textEncoder: String?, processor: String?, leaps: String? = nil) {
    (self.textEncoder, self.processor, self.leaps) = (textEncoder, processor, leaps)
  }

  /// As files of Hiss store it: fields that they may lack.
  package init(storedTextEncoder: String?, processor: String?, leaps: String? = nil) {
    self.init(textEncoder: storedTextEncoder, processor: processor, leaps: leaps)
  }

  /// What the clip of a request depends on.
  package func of(_ request: GenerationRequest) -> ClipEnvironment {
    var own = self
    if Leap.times(count: request.steps) == nil { own.leaps = nil }
    return own
  }

  /// This processor with the text encoder of a folder.
  /// - Throws: `TextError` when a file of it cannot be read.
  public init(encoder folder: URL) throws(TextError) {
    let hash = try SentenceEncoder.hash(of: folder)
    self.init(textEncoder: hash == SentenceEncoder.standardHash ? nil : hash, processor: Precision.instructionSet)
  }

  /// What differs between where a clip was made and here, each in a few words; empty where nothing does, as far as is known.
  public func differences(here: ClipEnvironment) -> [String] {
    var differences: [String] = []
    if textEncoder != here.textEncoder {
      func name(_ hash: String?) -> String { hash.map { String($0.prefix(16)) } ?? "the standard one" }
      differences.append("another text encoder (\(name(textEncoder)); here it is \(name(here.textEncoder)))")
    }
    if let processor, let other = here.processor, processor != other {
      differences.append("another kind of processor (\(processor.prefix(32)); this one is \(other))")
    }
    if leaps != here.leaps { differences.append("other weights that it leaps with") }
    return differences
  }
}
