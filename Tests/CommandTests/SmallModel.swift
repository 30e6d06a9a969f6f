import Denoising
import Foundation
import Synthesis
import Tensors
import Text

/// The text encoder of this machine, which the larger tests need.
enum TextEncoder {
  static let isPresent = (try? SentenceEncoder.locate(explicit: nil)) != nil
}

/// A network of small sizes that has learned nothing.
enum SmallModel {
  /// - Parameter controlCount: 0 for a network that takes no controls.
  static func write(to directory: URL, controlCount: Int = DenoiserConfiguration().controlCount) throws {
    var configuration = ModelConfiguration()
    configuration.denoiser.controlCount = controlCount
    configuration.denoiser.width = 32
    configuration.denoiser.headCount = 1
    configuration.denoiser.depth = 1
    configuration.denoiser.bottleneckWidth = 16
    configuration.scale = ValueScale(mean: -0.5, deviation: 0.3)
    configuration.training = TrainingRecord(
      dataset: "nothing", clipCount: 0, steps: 0, clipsSeen: 0, hours: 0, heldOutLoss: nil)
    let denoiser = DiffusionTransformer(configuration.denoiser, RandomSource(seed: 1))
    try ModelBundle(directory: directory, configuration: configuration, denoiser: denoiser).write()
  }
}
