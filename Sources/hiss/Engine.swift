import Foundation
import Synthesis
import Tensors
import Text

/// A model and its text encoder, loaded.
struct Engine {
  let synthesizer: Synthesizer
  let modelHash: String

  /// - Parameters:
  ///   - folder: the model's.
  ///   - threads: that each call of the synthesizer may use.
  init(model folder: URL, textEncoder: String?, threads: Int) throws {
    modelHash = try ModelBundle.hash(of: folder)
    let bundle = try ModelBundle(reading: folder)
    if let warning = bundle.configuration.training?.warning { Console.note("warning: \(warning)") }
    let directory = try SentenceEncoder.locate(explicit: textEncoder.map { URL(fileURLWithPath: $0) })
    synthesizer = Synthesizer(model: bundle, encoder: try SentenceEncoder(directory: directory), threads: threads)
  }
}
