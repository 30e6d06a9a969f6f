import ArgumentParser
import Evaluation
import Foundation
import Synthesis

/// Whether clips have to be new.
struct NoveltyOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Make a clip again with another seed when it is nearer to a training clip than this many times what real clips \
      are: 0 is a copy, 1 as new as a real recording.
      """, valueName: "ratio"))
  var novelty: Double?

  @Option(
    help: "The training clips' fingerprints (default: novelty.index in the model's folder; `hiss evaluate` writes it).")
  var noveltyIndex: String?

  func validate() throws {
    if let novelty, !(novelty > 0 && novelty <= 1000) {
      throw ValidationError("--novelty \(novelty) is not between 0 and 1000")
    }
    if noveltyIndex != nil, novelty == nil { throw ValidationError("--novelty-index wants --novelty") }
  }

  /// What watches over the clips of a model; nil when nothing is asked for.
  func guardian(model folder: URL) throws -> NoveltyGuard? {
    guard let novelty else { return nil }
    let url = noveltyIndex.map { URL(fileURLWithPath: $0) } ?? NoveltyIndex.url(inModel: folder)
    let index = try NoveltyIndex(reading: url)
    guard try index.mel == ModelBundle.configuration(in: folder).mel else {
      throw EvaluationError.indexOfOtherMel(path: url.path)
    }
    return NoveltyGuard(index: index, threshold: novelty)
  }
}
