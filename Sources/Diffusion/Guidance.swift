public import Tensors

/// Classifier-free guidance (Ho and Salimans 2022): away from what the network makes without the prompt.
///
/// x̂ = x̂_u + scale·(x̂_c − x̂_u), within an interval of times only (Kynkäänniemi et al. 2024), since near noise it
/// costs variety and near data it does nothing. A negative prompt is nothing but another unconditional branch. The
/// velocity is an affine map of x̂, so that guiding the one is guiding the other.
public struct Guidance: Sendable, Codable, Equatable {
  /// 1 follows the prompt without guidance, 0 ignores it; 2 to 3 is usual.
  public var scale: Float
  /// The times t, 0 for noise and 1 for data, at which guidance is on.
  public var interval: ClosedRange<Float>
  /// How far the deviation of the guided prediction goes back to that of the conditional one, from 0 to 1.
  ///
  /// Lin et al. 2024 ("Common Diffusion Noise Schedules and Sample Steps Are Flawed", equations 15 and 16), about the
  /// mean instead of about 0, as mel frames have a mean of their own.
  public var rescale: Float

  /// No guidance: the unconditional branch is never asked.
  public static let none = Guidance(scale: 1)

  public init(scale: Float, interval: ClosedRange<Float> = 0...1, rescale: Float = 0) {
    precondition(rescale >= 0 && rescale <= 1, "a rescale of \(rescale) is outside of [0, 1]")
    self.scale = scale
    self.interval = interval
    self.rescale = rescale
  }

  /// Whether the unconditional branch is needed at time t.
  public func applies(at t: Float) -> Bool {
    scale != 1 && interval.contains(t)
  }

  /// The guided prediction; the conditional one where guidance is off.
  /// - Parameter elementCounts: the number of elements of each of several clips that lie back to back, which `rescale`
  ///   keeps apart; nil for one clip.
  public func combine(
    conditional: Tensor, unconditional: Tensor, at t: Float, elementCounts: [Int]? = nil
  ) -> Tensor {
    guard applies(at: t) else { return conditional }
    var guided = Tensor.combination(scale, conditional, 1 - scale, unconditional)
    guard rescale > 0 else { return guided }
    let counts = elementCounts ?? [guided.count]
    precondition(counts.reduce(0, +) == guided.count, "clips of \(counts) elements do not make up \(guided.count)")
    guided.withUnsafeMutable { guided in
      conditional.withUnsafe { conditional in
        var start = 0
        for count in counts where count > 0 {
          rescale(guided + start, conditional + start, count)
          start += count
        }
      }
    }
    return guided
  }

  /// One denoiser of two, which asks the unconditional one only where guidance is on.
  public func denoise(conditional: @escaping Denoise, unconditional: @escaping Denoise) -> Denoise {
    { z, t in
      let prediction = conditional(z, t)
      return applies(at: t) ? combine(conditional: prediction, unconditional: unconditional(z, t), at: t) : prediction
    }
  }

  private func rescale(_ guided: UnsafeMutablePointer<Float>, _ conditional: UnsafePointer<Float>, _ count: Int) {
    let (mean, deviation) = Self.moments(UnsafePointer(guided), count)
    guard deviation > 0 else { return }
    let target = Self.moments(conditional, count).deviation
    let factor = 1 - rescale + rescale * Float(target / deviation)
    let center = Float(mean)
    for index in 0..<count { guided[index] = center + factor * (guided[index] - center) }
  }

  private static func moments(_ values: UnsafePointer<Float>, _ count: Int) -> (mean: Double, deviation: Double) {
    var sum = 0.0
    for index in 0..<count { sum += Double(values[index]) }
    let mean = sum / Double(count)
    var squares = 0.0
    for index in 0..<count { squares += (Double(values[index]) - mean) * (Double(values[index]) - mean) }
    return (mean, (squares / Double(count)).squareRoot())
  }
}
