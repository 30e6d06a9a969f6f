public import Foundation
import Tensors
public import Text

/// What a clip's bytes depend on besides its request, its model and the build: the text encoder, and the instructions that
/// matrix products are computed with.
public struct ClipEnvironment: Sendable, Equatable {
  /// `SentenceEncoder.hash(of:)`; nil for the encoder that scripts/setup puts in place.
  public var textEncoder: String?
  /// `Precision.instructionSet`; nil where it is not known, as in files of versions that did not note it.
  public var processor: String?

  /// Of a file that says nothing.
  public static let unknown = ClipEnvironment(textEncoder: nil, processor: nil)

  init(textEncoder: String?, processor: String?) { (self.textEncoder, self.processor) = (textEncoder, processor) }

  /// As files of Hiss store it: fields that they may lack.
  package init(storedTextEncoder: String?, processor: String?) {
    self.init(textEncoder: storedTextEncoder, processor: processor)
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
    return differences
  }
}
