import Layers
import Tensors

/// The encoder of BERT (Devlin et al. 2019): learned positions, then layers of attention and feed-forward network, each
/// normalised after its residual sum.
///
/// Computes what `BertModel` of transformers computes for one unpadded sequence, without the pooler, in float32.
struct BertEncoder: Sendable {
  private let words: Parameter
  private let positions: Parameter
  private let tokenTypes: Parameter
  private let normalization: LayerNorm
  private let layers: [Layer]
  private let headCount: Int

  init(_ configuration: BertConfiguration, _ weights: inout BertWeights) throws(TextError) {
    let width = configuration.width
    let epsilon = configuration.normalizationEpsilon
    words = try weights.parameter("embeddings.word_embeddings.weight", [configuration.vocabularySize, width])
    positions = try weights.parameter(
      "embeddings.position_embeddings.weight", [configuration.maximumPositionCount, width])
    tokenTypes = try weights.parameter(
      "embeddings.token_type_embeddings.weight", [configuration.tokenTypeCount, width])
    normalization = try weights.layerNorm("embeddings.LayerNorm", width, epsilon)
    var layers: [Layer] = []
    for index in 0..<configuration.layerCount {
      layers.append(try Layer("encoder.layer.\(index)", configuration, &weights))
    }
    self.layers = layers
    headCount = configuration.headCount
  }

  /// The last hidden states of a sequence of token ids, `[ids.count, width]`.
  func callAsFunction(_ ids: [Int]) -> Tensor {
    let tape = Tape.inference(precision: .float32)
    let layout = SequenceLayout([ids.count])
    let places =
      tape.gather(positions, Array(0..<ids.count)) + tape.gather(tokenTypes, Array(repeating: 0, count: ids.count))
    var x = normalization(tape.gather(words, ids) + places)
    for layer in layers { x = layer(x, heads: headCount, layout: layout) }
    return x.value
  }
}

/// One layer: x ← norm(x + attention(x)), x ← norm(x + network(x)).
private struct Layer: Sendable {
  /// Queries, keys and values in one product.
  private let queriesKeysValues: Linear
  private let attentionOutput: Linear
  private let attentionNormalization: LayerNorm
  private let inner: Linear
  private let output: Linear
  private let outputNormalization: LayerNorm

  init(_ name: String, _ configuration: BertConfiguration, _ weights: inout BertWeights) throws(TextError) {
    let (width, innerWidth) = (configuration.width, configuration.innerWidth)
    let epsilon = configuration.normalizationEpsilon
    let projections = ["query", "key", "value"].map { "\(name).attention.self.\($0)" }
    queriesKeysValues = Linear(
      weight: try weights.stacked("\(name).attention.self.weight", projections.map { $0 + ".weight" }, [width, width]),
      bias: try weights.stacked("\(name).attention.self.bias", projections.map { $0 + ".bias" }, [width]))
    attentionOutput = try weights.linear("\(name).attention.output.dense", from: width, to: width)
    attentionNormalization = try weights.layerNorm("\(name).attention.output.LayerNorm", width, epsilon)
    inner = try weights.linear("\(name).intermediate.dense", from: width, to: innerWidth)
    output = try weights.linear("\(name).output.dense", from: innerWidth, to: width)
    outputNormalization = try weights.layerNorm("\(name).output.LayerNorm", width, epsilon)
  }

  func callAsFunction(_ x: Variable, heads: Int, layout: SequenceLayout) -> Variable {
    let attended = queriesKeysValues(x).attention(heads: heads, layout: layout)
    let x = attentionNormalization(attentionOutput(attended) + x)
    let hidden = inner(x).gelu()
    return outputNormalization(output(hidden) + x)
  }
}
