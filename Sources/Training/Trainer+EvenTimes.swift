import Diffusion
import Foundation

extension Trainer {
  /// The middles of `count` equally likely parts of the training times, found by bisecting the normal distribution.
  static func evenTimes(_ count: Int, of schedule: NoiseSchedule) -> [Float] {
    (0..<count).map { part in
      let wanted = (Double(part) + 0.5) / Double(count)
      var (low, high) = (-8.0, 8.0)
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if 0.5 * (1 + erf(middle / 2.0.squareRoot())) < wanted { low = middle } else { high = middle }
      }
      return 1 / (1 + exp(-(schedule.logitMean + schedule.logitDeviation * Float(low))))
    }
  }
}
