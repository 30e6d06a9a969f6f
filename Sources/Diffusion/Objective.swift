public import Tensors

/// What training minimises: the squared error of the velocity that follows from the predicted clean data.
///
/// With d = max(1 − t, 0.1), v̂ − v = (x̂ − z)/d − (x − z)/d = (x̂ − x)/d, so that the loss is the mean over elements
/// of (x̂ − x)² / d² (Li and He 2025, table 1, x-prediction with v-loss).
///
/// Sequences of any lengths lie back to back: `elementCounts` says how many elements each has, `times` where each is
/// on the path.
public struct Objective: Sendable {
  /// Where the loss gets its weights by time.
  public var schedule: NoiseSchedule
  /// How much each value of a frame counts besides, frame after frame.
  private let frameWeights: [Float]

  /// - Parameter frameWeights: as many as a frame has values, the elements of sequences being whole frames; none where all
  ///   count the same.
  public init(schedule: NoiseSchedule = .standard, frameWeights: [Float] = []) {
    self.schedule = schedule
    // Without weights all are 1, over stretches as long as a sum in Float is good for.
    self.frameWeights = frameWeights.isEmpty ? [Float](repeating: 1, count: 4096) : frameWeights
  }

  /// The loss of a batch, or of a part of one.
  public struct Evaluation: Sendable {
    /// The sum of the weighted squared errors divided by the number of elements.
    public let loss: Double
    /// The mean weighted squared error of each sequence by itself.
    public let sequenceLosses: [Double]
    /// The derivative of `loss` with respect to the prediction, in its shape.
    public let gradient: Tensor
  }

  /// z = t·x + (1 − t)·ε, each sequence at its own time.
  public static func noised(clean: Tensor, noise: Tensor, times: [Float], elementCounts: [Int]) -> Tensor {
    check(clean, noise, times, elementCounts)
    var result = Tensor(uninitialized: clean.shape)
    result.withUnsafeMutable { output in
      clean.withUnsafe { clean in
        noise.withUnsafe { noise in
          var start = 0
          for (t, count) in zip(times, elementCounts) {
            for index in start..<start + count { output[index] = t * clean[index] + (1 - t) * noise[index] }
            start += count
          }
        }
      }
    }
    return result
  }

  /// The loss of a prediction, and its gradient.
  /// - Parameter total: how many elements the mean is taken over: those of the whole batch, where this is a part of
  ///   one, whose losses and gradients are then summed; nil means the elements given.
  public func evaluate(
    prediction: Tensor, clean: Tensor, times: [Float], elementCounts: [Int], meanOver total: Int? = nil
  ) -> Evaluation {
    Self.check(prediction, clean, times, elementCounts)
    let total = total ?? prediction.count
    precondition(total > 0, "no mean over \(total) elements")
    var gradient = Tensor(uninitialized: prediction.shape)
    var sums: [Double] = []
    gradient.withUnsafeMutable { gradient in
      prediction.withUnsafe { prediction in
        clean.withUnsafe { clean in
          var start = 0
          for (t, count) in zip(times, elementCounts) {
            let weight = schedule.lossWeight(at: t)
            let squares = Self.squaredError(
              prediction + start, clean + start, count, gradient + start, scale: 2 * weight / Float(total),
              frameWeights, stretch: frameWeights.count)
            sums.append(Double(weight) * squares)
            start += count
          }
        }
      }
    }
    return Evaluation(
      loss: sums.reduce(0, +) / Double(total),
      sequenceLosses: zip(sums, elementCounts).map { $0 / Double(max($1, 1)) }, gradient: gradient)
  }

  /// The weighted sum of the squared differences, whose weighted differences times `scale` go to `gradient`.
  private static func squaredError(
    _ prediction: UnsafePointer<Float>, _ clean: UnsafePointer<Float>, _ count: Int,
    _ gradient: UnsafeMutablePointer<Float>, scale: Float, _ frameWeights: UnsafePointer<Float>, stretch: Int
  ) -> Double {
    // Sixteen sums in Float over a stretch, then Double: a single sum in Float would lose what it adds.
    var sum = 0.0
    for start in stride(from: 0, to: count, by: stretch) {
      let end = min(start + stretch, count)
      let weights = frameWeights - start
      var squares = SIMD16<Float>.zero
      var index = start
      while index + 16 <= end {
        let predicted = UnsafeRawPointer(prediction + index).loadUnaligned(as: SIMD16<Float>.self)
        let difference = predicted - UnsafeRawPointer(clean + index).loadUnaligned(as: SIMD16<Float>.self)
        let weighted = difference * UnsafeRawPointer(weights + index).loadUnaligned(as: SIMD16<Float>.self)
        squares += weighted * difference
        UnsafeMutableRawPointer(gradient + index).storeBytes(of: weighted * scale, as: SIMD16<Float>.self)
        index += 16
      }
      while index < end {
        let difference = prediction[index] - clean[index]
        let weighted = difference * weights[index]
        squares[index % 16] += weighted * difference
        gradient[index] = weighted * scale
        index += 1
      }
      sum += Double(squares.sum())
    }
    return sum
  }

  private static func check(_ first: Tensor, _ second: Tensor, _ times: [Float], _ elementCounts: [Int]) {
    precondition(first.shape == second.shape, "shapes \(first.shape) and \(second.shape) differ")
    precondition(
      times.count == elementCounts.count, "\(times.count) times for \(elementCounts.count) sequences")
    precondition(
      elementCounts.allSatisfy { $0 >= 0 } && elementCounts.reduce(0, +) == first.count,
      "sequences of \(elementCounts) elements do not make up \(first.count)")
  }
}
