import Denoising
import Foundation
import Spectra
import Synthesis
import Tensors
import Testing
import Training

@Suite("What a training begins with")
struct TrainingSetupTests {
  private let training: SmallTraining

  init() throws {
    training = try SmallTraining()
  }

  /// A model in other mel frames, or in the data set's own, whose every weight is one number.
  private func model(mel: MelConfiguration = SmallTraining.mel) -> ModelBundle {
    var configuration = ModelConfiguration()
    (configuration.mel, configuration.denoiser) = (mel, SmallTraining.sizes)
    configuration.scale = ValueScale(mean: -0.25, deviation: 0.5)
    configuration.training = TrainingRecord(
      dataset: "other", clipCount: 1, steps: 9, clipsSeen: 9, hours: 1, heldOutLoss: 0.1)
    let network = DiffusionTransformer(SmallTraining.sizes, nil)
    for parameter in network.parameters { parameter.value = Tensor(parameter.value.shape, repeating: 0.125) }
    return ModelBundle(directory: training.samples.file("origin"), configuration: configuration, denoiser: network)
  }

  @Test("With a model: its weights, in learner and average alike, and its scale; its record stays behind")
  func origin() throws {
    let setup = try TrainingSetup(SmallTraining.plan, from: model(), dataset: training.dataset)
    #expect(setup.configuration.scale == ValueScale(mean: -0.25, deviation: 0.5))
    #expect(setup.configuration.training == nil && setup.configuration.origin == "origin" && setup.stepsTaken == 0)
    let trainer = setup.makeTrainer(dataset: training.dataset, empty: CountingEncoder.embedding(of: ""), threads: 1)
    for parameter in trainer.network.parameters + trainer.average.parameters {
      #expect(parameter.value.values.allSatisfy { $0 == 0.125 }, "\(parameter.name)")
    }
    // The weights are the training's own: learning leaves the model as it was.
    let origin = model()
    let other = try TrainingSetup(SmallTraining.plan, from: origin, dataset: training.dataset)
      .makeTrainer(dataset: training.dataset, empty: CountingEncoder.embedding(of: ""), threads: 1)
    _ = other.advance()
    #expect(origin.denoiser.parameters.allSatisfy { $0.value.values.allSatisfy { $0 == 0.125 } })
    #expect(other.network.parameters.contains { $0.value.values.contains { $0 != 0.125 } })
  }

  @Test("A model of other mel frames is refused")
  func otherMel() throws {
    var mel = SmallTraining.mel
    mel.hopLength = 64
    let other = model(mel: mel)
    #expect(throws: TrainingSetupError.frames(path: other.directory.path)) {
      _ = try TrainingSetup(SmallTraining.plan, from: other, dataset: training.dataset)
    }
  }
}
