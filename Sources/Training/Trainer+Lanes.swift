import Denoising
import Diffusion
import Tensors

/// What one lane of a step computes.
extension Trainer {
  struct LaneResult: @unchecked Sendable {
    let gradients: Gradients
    let loss: Double
  }

  /// One lane's share of a step: its micro-batches one after another, their gradients summed.
  func learn(_ microBatches: [[TrainingExample]], lane: Int, elements: Int) -> LaneResult {
    let gradients = Gradients()
    let passes = microBatches.flatMap { examples in
      [examples.filter { !$0.isRehearsed }, examples.filter(\.isRehearsed)].filter { !$0.isEmpty }
    }
    var loss = 0.0
    for (number, examples) in passes.enumerated() {
      let sending = number == passes.count - 1 ? shards?.exchange.sender(of: gradients, lane: lane) : nil
      if let rehearsal, examples[0].isRehearsed {
        let batch = batch(examples, from: rehearsal, times: times(of: examples), controls: plan.controls)
        let target = rehearsal.target(of: batch, precision: precision)
        loss += learn(batch, target: target, elements: elements, into: gradients, whenWhole: sending)
      } else {
        let batch = lesson(examples)
        loss += learn(batch, target: batch.clean, elements: elements, into: gradients, whenWhole: sending)
      }
    }
    shards?.exchange.takeRest(of: gradients, lane: lane)
    return LaneResult(gradients: gradients, loss: loss)
  }

  private var precision: Precision { plan.precision ?? .lowest }

  private func times(of examples: [TrainingExample]) -> [Float] {
    examples.map { objective.schedule.trainingTimes(count: 1, from: $0.random.stream(.noiseLevel))[0] }
  }

  /// Examples of the data set, varied as the plan has it.
  private func lesson(_ examples: [TrainingExample]) -> TrainingBatch {
    let times = times(of: examples)
    guard let augmenter else {
      return batch(examples, from: dataset, times: times, controls: plan.controls, liking: liking)
    }
    return batch(examples, from: augmenter, times: times, controls: plan.controls, liking: liking)
  }

  /// - Parameters:
  ///   - target: what is to be predicted, the clean patches or what another network makes of the noised ones.
  ///   - whenWhole: is told of parameters whose gradients are whole.
  /// - Returns: the batch's part of the step's loss.
  private func learn(
    _ batch: TrainingBatch, target: Tensor, elements: Int, into gradients: Gradients,
    whenWhole: (([Parameter]) -> Void)?
  ) -> Double {
    let tape = Tape.recording(into: gradients, precision: precision, whenWhole: whenWhole)
    let prediction = batch.prediction(of: network, on: tape)
    let evaluation = objective.evaluate(
      prediction: prediction.value, clean: target, times: batch.times, elementCounts: batch.elementCounts,
      meanOver: elements)
    tape.backward(from: prediction, gradient: evaluation.gradient)
    return evaluation.loss
  }
}
