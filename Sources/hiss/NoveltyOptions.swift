import ArgumentParser
import Foundation
import Novelty
import Synthesis

/// Whether clips have to be new.
struct NoveltyOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Make a clip again with another seed when it is nearer to a training clip than this many times what real clips \
      are: 0 keeps every clip, 1 wants them as new as a real recording (default: \(NoveltyGuard.standardThreshold), where the model \
      brings its training clips' fingerprints, and for clips that start from noise).
      """, valueName: "ratio"))
  var novelty: Double?

  @Option(
    help: ArgumentHelp(
      "The training clips' fingerprints (default: novelty.index in the model's folder, which `hiss train` writes).",
      valueName: "file"))
  var noveltyIndex: String?

  func validate() throws {
    if let novelty, !(novelty >= 0 && novelty <= 1000) {
      throw ValidationError("--novelty \(novelty) is not between 0 and 1000")
    }
    if noveltyIndex != nil, novelty == 0 { throw ValidationError("--novelty-index and --novelty 0 exclude each other") }
  }

  /// What clips may have been made with before: no watch, or the usual one.
  static let usual: [Double?] = [nil, NoveltyGuard.standardThreshold]

  /// Why clips that were made before do not do now, in words.
  var change: String {
    guard novelty != 0 else { return "they had to be new before, and with --novelty 0 they need not be" }
    return
      "they were made without having to be so new (as with --novelty 0), and now have to be; --novelty 0 keeps them"
  }

  /// What watches over the clips of a model. Only what was asked for has to be there: an index that is not whole stops
  /// nobody who did not name one, nor a ratio.
  func watch(_ source: ModelSource) throws -> NoveltyWatch {
    try NoveltyWatch(
      of: source, threshold: novelty, index: noveltyIndex.map { URL(fileURLWithPath: $0) }
    ) { Console.note("warning: \($0)") }
  }
}
