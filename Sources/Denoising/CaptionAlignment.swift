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

  /// Gives the tower new weights, for other captions than those that it has learned.
  package func resetTower(_ random: RandomSource) {
    let new = ContrastiveTower("alignment", inputs: tower.hidden.weight.value.shape[1], width: tower.width, random)
    for (parameter, other) in zip(tower.parameters, new.parameters) { parameter.value = other.value }
  }

  /// What is added to the condition of sentences of variance 1, `[sequence, textWidth]`: `[sequence, width]`.
  package func condition(of sentences: Tensor) -> Tensor { self(sentences, on: .inference(precision: .float32)).value }

  /// Sets the layer behind the tower, so that what it adds to the condition of some sentences is as near as may be to what
  /// is wanted.
  /// - Parameters:
  ///   - wanted: `[sequence, width]`.
  ///   - sentences: of variance 1, `[sequence, textWidth]`.
  package func fitCondition(to wanted: Tensor, of sentences: Tensor) {
    let outputs = tower(Tape.inference(precision: .float32).constant(sentences)).value
    // The tower's values vary by about one: so little only keeps the system from being singular.
    condition.weight.value = RidgeRegression.weights(from: outputs, to: wanted, penalty: 1e-6)
  }

  /// What the tower makes of sentences of variance 1 before its last layer, `[sequence, 4 · alignmentWidth]`.
  package func features(of sentences: Tensor) -> Tensor {
    tower.features(Tape.inference(precision: .float32).constant(sentences)).value
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
