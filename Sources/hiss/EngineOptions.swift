import ArgumentParser
import Foundation
import Parallelism
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
