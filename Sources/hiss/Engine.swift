import Foundation
import Synthesis

/// A model and its text encoder, loaded.
struct Engine {
  let synthesizer: Synthesizer
  let modelHash: String

  /// - Parameters:
  ///   - folder: the model's.
  ///   - threads: that each call of the synthesizer may use.
  init(model folder: URL, _ options: EngineOptions, threads: Int) throws {
    modelHash = try ModelBundle.hash(of: folder)
    let bundle = try ModelBundle(reading: folder)
    if let warning = bundle.configuration.training?.warning { Console.note("warning: \(warning)") }
    synthesizer = Synthesizer(model: bundle, encoder: try options.makeEncoder(), threads: threads)
  }
}
