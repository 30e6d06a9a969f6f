public import Tensors

/// What the denoiser learns of a prompt.
public struct TextEmbedding: Sendable {
  /// The last hidden state of each token, `[CLS]` and `[SEP]` included: `[tokenCount, width]`.
  public let tokens: Tensor
  /// The mean of the tokens' states, scaled to length 1: `[width]`.
  public let sentence: Tensor

  /// - Precondition: `tokens` is `[tokenCount, width]` with at least one token, `sentence` is `[width]`.
  public init(tokens: Tensor, sentence: Tensor) {
    precondition(
      tokens.shape.count == 2 && tokens.shape[0] > 0 && sentence.shape == [tokens.shape[1]],
      "no token states and sentence: \(tokens.shape) and \(sentence.shape)")
    self.tokens = tokens
    self.sentence = sentence
  }

  /// Pools token states as sentence-transformers does for this encoder: their mean, L2-normalised.
  init(pooling tokens: Tensor) {
    let (tokenCount, width) = (tokens.shape[0], tokens.shape[1])
    var sum = Tensor([width])
    tokens.withUnsafe { states in
      sum.withUnsafeMutable { sum in
        for token in 0..<tokenCount {
          for column in 0..<width { sum[column] += states[token * width + column] }
        }
      }
    }
    sum.withUnsafeMutable { sum in
      var square: Float = 0
      for column in 0..<width {
        sum[column] /= Float(tokenCount)
        square += sum[column] * sum[column]
      }
      let length = max(square.squareRoot(), 1e-12)
      for column in 0..<width { sum[column] /= length }
    }
    self.init(tokens: tokens, sentence: sum)
  }
}
