import Foundation

/// How likely it is that a model has learned what a prompt asks for.
///
/// A logistic regression on how many of its words are known, and on how near it is to the nearest caption; both matter: a
/// prompt of known words may ask for something else, and one of unknown words for something that captions say otherwise.
/// `scripts/check-words` measures it, and `docs/experiments/words.md` says how the coefficients were found.
enum Confidence {
  private static let (constant, ofShare, ofSimilarity) = (-4.2, 5.7, 3.2)
  /// Of prompts that are known.
  private static let usualSimilarity = 0.65

  /// - Parameters:
  ///   - knownShare: of the prompt's words, 0 … 1.
  ///   - similarity: the cosine between the prompt's embedding and the nearest caption's; nil where there is none.
  static func of(knownShare: Double, similarity: Double?) -> Double {
    let value = 1 / (1 + exp(-(constant + ofShare * knownShare + ofSimilarity * (similarity ?? usualSimilarity))))
    return (value * 1000).rounded() / 1000
  }
}
