import Tensors

/// The encoder of BERT (Devlin et al. 2019): learned positions, then layers of attention and feed-forward network, each
/// normalised after its residual sum.
///
/// Computes what `BertModel` of transformers computes for one unpadded sequence, without the pooler, in float32.
struct BertEncoder: Sendable {
  private let words: Parameter
  private let positions: Parameter
  private let tokenTypes: Parameter
  private let normalization: Normalization
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
    normalization = try Normalization("embeddings.LayerNorm", width, epsilon, &weights)
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
    let places = tape.add(
      tape.gather(positions, Array(0..<ids.count)), tape.gather(tokenTypes, Array(repeating: 0, count: ids.count)))
    var x = normalization(tape.add(tape.gather(words, ids), places), on: tape)
    for layer in layers { x = layer(x, heads: headCount, layout: layout, on: tape) }
    return x.value
  }
}

/// One layer: x ← norm(x + attention(x)), x ← norm(x + network(x)).
private struct Layer: Sendable {
  /// Queries, keys and values in one product.
  private let queriesKeysValues: Affine
  private let attentionOutput: Affine
  private let attentionNormalization: Normalization
  private let inner: Affine
  private let output: Affine
  private let outputNormalization: Normalization

  init(_ name: String, _ configuration: BertConfiguration, _ weights: inout BertWeights) throws(TextError) {
    let (width, innerWidth) = (configuration.width, configuration.innerWidth)
    let epsilon = configuration.normalizationEpsilon
    let projections = ["query", "key", "value"].map { "\(name).attention.self.\($0)" }
    queriesKeysValues = Affine(
      weight: try weights.stacked("\(name).attention.self.weight", projections.map { $0 + ".weight" }, [width, width]),
      bias: try weights.stacked("\(name).attention.self.bias", projections.map { $0 + ".bias" }, [width]))
    attentionOutput = try Affine("\(name).attention.output.dense", from: width, to: width, &weights)
    attentionNormalization = try Normalization("\(name).attention.output.LayerNorm", width, epsilon, &weights)
    inner = try Affine("\(name).intermediate.dense", from: width, to: innerWidth, &weights)
    output = try Affine("\(name).output.dense", from: innerWidth, to: width, &weights)
    outputNormalization = try Normalization("\(name).output.LayerNorm", width, epsilon, &weights)
  }

  func callAsFunction(_ x: Variable, heads: Int, layout: SequenceLayout, on tape: Tape) -> Variable {
    let attended = tape.attention(queriesKeysValues(x, on: tape), heads: heads, layout: layout)
    let x = attentionNormalization(tape.add(attentionOutput(attended, on: tape), x), on: tape)
    let hidden = tape.gelu(inner(x, on: tape))
    return outputNormalization(tape.add(output(hidden, on: tape), x), on: tape)
  }
}

/// x · Wᵀ + b.
private struct Affine: Sendable {
  let weight: Parameter
  let bias: Parameter

  init(weight: Parameter, bias: Parameter) {
    self.weight = weight
    self.bias = bias
  }

  init(_ name: String, from inputs: Int, to outputs: Int, _ weights: inout BertWeights) throws(TextError) {
    weight = try weights.parameter("\(name).weight", [outputs, inputs])
    bias = try weights.parameter("\(name).bias", [outputs])
  }

  func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    tape.linear(x, weight: weight, bias: bias)
  }
}

private struct Normalization: Sendable {
  let scale: Parameter
  let shift: Parameter
  let epsilon: Float

  init(_ name: String, _ width: Int, _ epsilon: Float, _ weights: inout BertWeights) throws(TextError) {
    scale = try weights.parameter("\(name).weight", [width])
    shift = try weights.parameter("\(name).bias", [width])
    self.epsilon = epsilon
  }

  func callAsFunction(_ x: Variable, on tape: Tape) -> Variable {
    tape.layerNorm(x, scale: scale, shift: shift, epsilon: epsilon)
  }
}
