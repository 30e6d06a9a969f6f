import Foundation
package import Tensors

/// How well captions and sounds of a batch find each other (InfoNCE: Oord et al. 2018; symmetric as in Radford et al.
/// 2021): the mean cross-entropy of picking each caption's own sound among all, and each sound's own caption.
package struct ContrastiveLoss {
  package let value: Double
  /// The loss' derivative by the similarities, `[caption, sound]`.
  package let gradient: Tensor

  /// What similarities are divided by: one of 1 stands for e¹⁰ to 1.
  static let temperature: Float = 0.1

  /// - Parameter similarities: `[caption, sound]`, as many of each, in the same order; cosines.
  package init(_ similarities: Tensor) {
    let count = similarities.shape[0]
    precondition(similarities.shape == [count, count], "similarities \(similarities.shape)")
    let logits = similarities.values.map { $0 / Self.temperature }
    var slopes = [Float](repeating: 0, count: logits.count)
    var loss = 0.0
    for own in 0..<count {
      let row = (0..<count).map { own * count + $0 }
      let column = (0..<count).map { $0 * count + own }
      for line in [row, column] {
        let greatest = line.reduce(-Float.infinity) { max($0, logits[$1]) }
        let sum = line.reduce(0) { $0 + exp(logits[$1] - greatest) }
        for place in line { slopes[place] += exp(logits[place] - greatest) / sum }
        slopes[line[own]] -= 1
        loss += Double(log(sum) + greatest - logits[line[own]])
      }
    }
    value = loss / Double(2 * count)
    let factor = 1 / (Float(2 * count) * Self.temperature)
    gradient = Tensor([count, count], slopes.map { $0 * factor })
  }
}
