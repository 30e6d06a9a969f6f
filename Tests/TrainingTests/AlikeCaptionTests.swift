import Denoising
import Foundation
import Synthesis
import Tensors
import Testing
import Training

@Suite("Captions that are all alike, or nearly")
struct AlikeCaptionTests {
  @Test("They train, and leave a model and a checkpoint that can be read", arguments: [["kick"], ["kick #", "kick"]])
  func trains(wordings: [String]) throws {
    let training = try SmallTraining(wordings: wordings)
    let output = training.samples.file("run")
    var configuration = ModelConfiguration()
    (configuration.mel, configuration.denoiser) = (SmallTraining.mel, SmallTraining.sizes)
    configuration.scale = ValueScale(measuring: training.dataset)
    let trainer = training.trainer()
    let aligned = trainer.alignCaptions()
    #expect((aligned == nil) == (wordings == ["kick"]))
    let before = try #require(trainer.losses()).heldOut
    let run = try TrainingRun(
      trainer, configuration: configuration, datasetName: "kicks", output: output)
    try run.run()
    #expect(try #require(trainer.losses()).heldOut < before)
    let bundle = try ModelBundle(reading: output)
    #expect(bundle.denoiser.parameters.allSatisfy { $0.value.isFinite })
    _ = try #require(try TrainingSetup(resuming: output, dataset: training.dataset))
    #expect(training.dataset.warnings.contains { $0.contains("the same caption") } == (wordings == ["kick"]))
  }

  @Test("Whitening them multiplies nothing beyond reason")
  func whitening() {
    // Twelve rows that differ in the last bits only, as those of an encoder on several threads might.
    let rows = (0..<12 * 8).map { index -> Float in
      let difference: Float = index / 8 % 2 == 0 ? 0 : 1e-6
      return Float(1 + index % 8) / 8 + difference
    }
    let whitened = CaptionWhitening(Tensor([12, 8], rows))(Tensor([12, 8], rows)).values
    #expect(whitened.allSatisfy { abs($0) < 1e-3 })
    let equal = CaptionWhitening(Tensor([2, 2], [1, 2, 1, 2]))(Tensor([1, 2], [2, 2])).values
    #expect(equal.allSatisfy { $0.isFinite && abs($0) < 100 })
    let zero = CaptionWhitening(Tensor([2, 2], [0, 0, 0, 0]))(Tensor([1, 2], [0, 0])).values
    #expect(zero == [0, 0])
  }

  @Test("A model of weights beyond half precision is not written over one that can be read")
  func unreadableModel() throws {
    let training = try SmallTraining(clipCount: 3)
    let output = training.samples.file("run")
    var configuration = ModelConfiguration()
    (configuration.mel, configuration.denoiser) = (SmallTraining.mel, SmallTraining.sizes)
    let trainer = training.trainer()
    let bundle = ModelBundle(directory: output, configuration: configuration, denoiser: trainer.average)
    try bundle.write()
    let before = try Data(contentsOf: output.appendingPathComponent("model.safetensors"))
    for value: Float in [7e4, .infinity, .nan] {
      let parameter = trainer.average.parameters[0]
      parameter.value = Tensor(parameter.value.shape, repeating: value)
      let error = #expect(throws: ModelError.self) { try bundle.write() }
      #expect(error?.description.contains("half precision") == true)
      #expect(try Data(contentsOf: output.appendingPathComponent("model.safetensors")) == before)
    }
  }
}
