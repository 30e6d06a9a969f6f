import Foundation
public import Parallelism
public import Tensors

/// AdamW (Loshchilov & Hutter 2019, Algorithm 2), with an exponential moving average of the weights in the same pass.
///
/// Bias-corrected as PyTorch's `AdamW`. Weight decay touches matrices alone; scales, biases and offsets are free.
public final class AdamW {
  /// The decay rates of the two moments, the divisor's floor, and the weights' decay.
  public struct Settings: Codable, Sendable, Equatable {
    public var beta1: Float = 0.9
    public var beta2: Float = 0.95
    public var epsilon: Float = 1e-8
    public var weightDecay: Float = 0.01

    public init() {}
  }

  public let settings: Settings
  /// Steps taken: the bias correction depends on it.
  public var stepCount = 0
  package let slots: [OptimizerSlot]

  /// - Parameter averages: parameters that follow `parameters` as moving averages, one each, or none.
  public init(_ parameters: [Parameter], averages: [Parameter] = [], settings: Settings = Settings()) {
    precondition(averages.isEmpty || averages.count == parameters.count, "\(averages.count) averages")
    self.settings = settings
    slots = parameters.enumerated().map { index, parameter in
      OptimizerSlot(parameter, average: averages.isEmpty ? nil : averages[index])
    }
  }

  /// Takes one step.
  /// - Parameters:
  ///   - lanes: gradients that add up to the batch's; they are summed pairwise (`Tensor.sum`), and used up.
  ///   - clip: the gradient is scaled down to this norm if it is longer.
  ///   - averageDecay: the moving average becomes decay · average + (1 − decay) · weights.
  ///   - shards: the ranks that share the step, which have the gradients already; nil for a step of this process alone.
  /// - Returns: the norm of the gradient before clipping; not finite if the step was left out for that.
  @discardableResult
  package func step(
    _ lanes: [Gradients], learningRate: Float, clip: Float = .infinity, averageDecay: Float = 0,
    shards: OptimizerShards? = nil, threads: Int = Parallel.coreCount
  ) -> Float {
    let squares: [Double]
    if let shards {
      squares = shards.sumGradients(of: slots, threads: threads)
    } else {
      for slot in slots { slot.take(from: lanes) }
      squares = Parallel.map(slots.count, threads: threads) { [slots] in slots[$0].sumGradients() }
    }
    let norm = Float(squares.reduce(0, +).squareRoot())
    guard norm.isFinite else { return norm }
    stepCount += 1
    let factors = Factors(
      settings, step: stepCount, learningRate: learningRate, gradientScale: norm > clip ? clip / norm : 1,
      averageDecay: averageDecay)
    let own = shards?.own ?? Array(slots.indices)
    Parallel.forEach(own.count, threads: threads) { [slots] in slots[own[$0]].update(factors) }
    shards?.spreadWeights(of: slots, threads: threads)
    return norm
  }
}

/// The numbers of one step that are the same for every parameter.
private struct Factors: Sendable {
  let beta1: Float, beta2: Float, epsilon: Float
  let gradientScale: Float, stepSize: Float, secondCorrection: Float, decay: Float, averageDecay: Float

  init(
    _ settings: AdamW.Settings, step: Int, learningRate: Float, gradientScale: Float, averageDecay: Float
  ) {
    (beta1, beta2, epsilon) = (settings.beta1, settings.beta2, settings.epsilon)
    self.gradientScale = gradientScale
    stepSize = Float(Double(learningRate) / (1 - pow(Double(settings.beta1), Double(step))))
    secondCorrection = Float(1 / (1 - pow(Double(settings.beta2), Double(step))).squareRoot())
    decay = 1 - learningRate * settings.weightDecay
    self.averageDecay = averageDecay
  }
}

/// One parameter, its running moments, and the parameter that holds its average.
package final class OptimizerSlot: @unchecked Sendable {
  // Sendable: during a step, each slot is touched by one thread only.
  package let parameter: Parameter
  package let average: Parameter?
  package var firstMoment: Tensor
  package var secondMoment: Tensor
  /// Of the lanes of a step, or of the ranks that share it; nil of those that nothing has reached it in.
  var terms: [Tensor?] = []
  private var gradient: Tensor?

  init(_ parameter: Parameter, average: Parameter?) {
    self.parameter = parameter
    self.average = average
    firstMoment = Tensor(parameter.value.shape)
    secondMoment = Tensor(parameter.value.shape)
  }

  fileprivate func take(from lanes: [Gradients]) { terms = lanes.map { $0.take(parameter) } }

  /// Sums the terms in their own memory, and returns the sum of the squares.
  func sumGradients() -> Double {
    var taken: [Tensor?] = []
    swap(&taken, &terms)
    let sum = Tensor.sum(taken)
    gradient = sum?.sum
    return sum?.squares ?? 0
  }

  fileprivate func update(_ f: Factors) {
    guard let gradient else { return }
    self.gradient = nil
    let keep = parameter.value.shape.count > 1 ? f.decay : 1
    gradient.withUnsafe { g in
      firstMoment.withUnsafeMutable { m in
        secondMoment.withUnsafeMutable { v in
          parameter.update { w in
            for i in 0..<gradient.count {
              let slope = g[i] * f.gradientScale
              m[i] += (1 - f.beta1) * (slope - m[i])
              let second = v[i] + (1 - f.beta2) * (slope * slope - v[i])
              v[i] = second
              // Never below zero, which the compiler has to be told: the root of what may be has to set `errno`, and a loop
              // with that in it stays scalar.
              let root = (second < 0 ? 0 : second).squareRoot()
              w[i] = w[i] * keep - f.stepSize * m[i] / (root * f.secondCorrection + f.epsilon)
            }
          }
        }
      }
    }
    guard let average else { return }
    parameter.value.withUnsafe { w in
      average.update { a in
        for i in 0..<gradient.count { a[i] += (1 - f.averageDecay) * (w[i] - a[i]) }
      }
    }
  }
}
