import ArgumentParser
import Foundation
import Parallelism
import Rendering
import Synthesis
import Text

/// What every command that runs a network takes.
struct EngineOptions: ParsableArguments {
  @Option(help: "The folder of the text encoder (default: where scripts/setup puts it).")
  var textEncoder: String?

  @OptionGroup
  var work: ThreadOptions

  /// The folder of the text encoder.
  func locateEncoder() throws(TextError) -> URL { try Self.locateEncoder(textEncoder) }

  private static func locateEncoder(_ path: String?) throws(TextError) -> URL {
    try SentenceEncoder.locate(explicit: path.map { URL(fileURLWithPath: $0) })
  }

  /// Loads the text encoder.
  func makeEncoder() throws(TextError) -> SentenceEncoder { try SentenceEncoder(directory: locateEncoder()) }

  /// The text encoder, which is loaded from now on beside what else there is to do.
  func encoderBeingLoaded() -> Background<SentenceEncoder> {
    // Not the options themselves, which are no one's to share between threads.
    Background { [textEncoder] in try SentenceEncoder(directory: Self.locateEncoder(textEncoder)) }
  }

  /// A model with the text encoder: what the tags of its clips say.
  func identity(of source: ModelSource) throws -> ModelIdentity {
    try ModelIdentity(source, encoder: locateEncoder())
  }

  /// A model by its name or path, with voices; says where the current folder has another one of that name.
  static func locateModel(_ name: String, _ voices: VoiceOptions) throws(ModelError) -> ModelSource {
    let source = try ModelSource(named: name)
    for other in ModelLibrary.namesakes(of: name) {
      Console.note("note: the model \(name) is \(source.base.path); \(other.path) is another one of that name")
    }
    return try source.adding(voices.references)
  }

  /// Loads a model and the text encoder, and says what is wrong with how it learned.
  /// - Parameters:
  ///   - encoder: where it is being loaded already.
  ///   - threads: that each call of the synthesizer may use; all unless said.
  func renderer(
    _ source: ModelSource, _ identity: ModelIdentity? = nil, encoder: Background<SentenceEncoder>? = nil,
    threads: Int? = nil
  ) throws -> Renderer {
    let encoder = encoder ?? encoderBeingLoaded()
    let model = Result { try ModelBundle(reading: source) }
    let loaded = try encoder.value()
    let renderer = try Renderer(model.get(), identity: identity, encoder: loaded, threads: threads ?? work.threads)
    for warning in source.warnings { Console.note("warning: \(warning)") }
    return renderer
  }
}

struct ThreadOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Threads, usually one for each core. The result does not depend on it.")
  var threads = Parallel.coreCount

  func validate() throws {
    guard (1...1024).contains(threads) else {
      throw ValidationError("--threads \(threads) is not between 1 and 1024")
    }
  }
}
