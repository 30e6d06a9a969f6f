import Diffusion
import Tensors

/// Data whose elements are independent N(mean, deviation²): everything about their diffusion is known.
struct GaussianData {
  var mean: Double
  var deviation: Double

  /// The variance of z at time t, t²·deviation² + (1 − t)².
  func variance(at t: Double) -> Double {
    t * t * deviation * deviation + (1 - t) * (1 - t)
  }

  /// E[x | z], the denoiser that a perfect network would be.
  func denoise(_ z: Tensor, _ t: Float) -> Tensor {
    let time = Double(t)
    let slope = time * deviation * deviation / variance(at: time)
    return Tensor(z.shape, z.values.map { Float(mean + slope * (Double($0) - time * mean)) })
  }

  /// Where the probability flow takes z from time `start` to time `end`: between Gaussians it keeps the quantile.
  func flow(_ z: Double, from start: Double, to end: Double) -> Double {
    end * mean + (variance(at: end) / variance(at: start)).squareRoot() * (z - start * mean)
  }
}
