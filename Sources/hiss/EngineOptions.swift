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

  /// Loads the text encoder.
  func makeEncoder() throws(TextError) -> SentenceEncoder {
    let directory = try SentenceEncoder.locate(explicit: textEncoder.map { URL(fileURLWithPath: $0) })
    return try SentenceEncoder(directory: directory)
  }

  /// Loads a model and the text encoder, and says what is wrong with how it learned.
  /// - Parameter threads: that each call of the synthesizer may use; all unless said.
  func renderer(_ folder: URL, _ identity: ModelIdentity? = nil, threads: Int? = nil) throws -> Renderer {
    let renderer = try Renderer(
      folder: folder, identity: identity, encoder: makeEncoder(), threads: threads ?? work.threads)
    if let warning = renderer.synthesizer.model.configuration.training?.warning { Console.note("warning: \(warning)") }
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
