public import Layers
public import Tensors

/// What a caption's sound is like, as far as words tell: a tower that learned, before the denoiser did, which captions go
/// with which sounds (`ContrastiveLesson` in Training), and the layer through which the denoiser hears of it.
///
/// Sentence embeddings tell an oboe from a cor anglais, but hardly: the directions that do are drowned by those in which
/// captions differ without sounding different, and a denoiser's noisy gradients take days to find them.
public struct CaptionAlignment: Module {
  public let tower: ContrastiveTower
  let condition: Linear

  init(_ sizes: DenoiserConfiguration, _ random: RandomSource?) {
    tower = ContrastiveTower("alignment", inputs: sizes.textWidth, width: sizes.alignmentWidth, random)
    condition = Linear("alignment.condition", sizes.alignmentWidth, sizes.width, random)
  }

  public var parameters: [Parameter] { tower.parameters + condition.parameters }

  /// Makes the network do without, until it learns to listen: for one that has learned without.
  public func silence() { condition.weight.value = Tensor(condition.weight.value.shape) }

  /// Makes the tower a new one, for other captions than those that it has learned.
  package func beginAgain(_ random: RandomSource) {
    let sizes = (inputs: tower.hidden.weight.value.shape[1], width: tower.width)
    let new = ContrastiveTower("alignment", inputs: sizes.inputs, width: sizes.width, random)
    for (parameter, other) in zip(tower.parameters, new.parameters) { parameter.value = other.value }
  }

  /// What the denoiser hears of sentences of variance 1, `[sequence, width]`.
  package func heard(_ sentences: Tensor) -> Tensor { self(sentences, on: .inference(precision: .float32)).value }

  /// Sets the layer behind the tower, so that of some sentences the denoiser hears as nearly as may be what it is used to:
  /// ridge regression on what the tower says.
  /// - Parameters:
  ///   - heard: what it is used to, `[sequence, width]`.
  ///   - sentences: of variance 1, `[sequence, textWidth]`.
  package func repeatWhatWasHeard(_ heard: Tensor, of sentences: Tensor) {
    let said = tower(Tape.inference(precision: .float32).constant(sentences)).value
    let (rows, inputs, outputs) = (said.shape[0], said.shape[1], heard.shape[1])
    let (x, y) = (said.values, heard.values)
    var squares = [Double](repeating: 0, count: inputs * inputs)
    var products = [Double](repeating: 0, count: outputs * inputs)
    for row in 0..<rows {
      let (x, y) = (x[row * inputs..<(row + 1) * inputs].map(Double.init), y[row * outputs..<(row + 1) * outputs])
      for i in 0..<inputs {
        for j in i..<inputs { squares[i * inputs + j] += x[i] * x[j] }
      }
      for (output, value) in y.enumerated() {
        for i in 0..<inputs { products[output * inputs + i] += Double(value) * x[i] }
      }
    }
    // The tower's values vary by about one: so little only keeps the system from being singular.
    for i in 0..<inputs { squares[i * inputs + i] += 1e-6 * Double(rows) }
    let system = PositiveSystem(squares, width: inputs)
    let weights = (0..<outputs).flatMap { system.solution(Array(products[$0 * inputs..<($0 + 1) * inputs])) }
    condition.weight.value = Tensor([outputs, inputs], weights.map { Float($0) })
  }

  /// Sentences of variance 1, `[sequence, textWidth]`, to what is added to their condition, `[sequence, width]`.
  ///
  /// The denoiser learns to listen to the tower, and leaves it as it is: within 250 steps its gradients had blurred what
  /// the tower told apart.
  func callAsFunction(_ sentences: Tensor, on tape: Tape) -> Variable {
    let still = Tape.inference(precision: tape.precision)
    return condition(tape.constant(tower(still.constant(sentences)).value))
  }
}
