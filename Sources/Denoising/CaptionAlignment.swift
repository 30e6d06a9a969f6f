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

  /// Sentences of variance 1, `[sequence, textWidth]`, to what is added to their condition, `[sequence, width]`.
  ///
  /// The denoiser learns to listen to the tower, and leaves it as it is: within 250 steps its gradients had blurred what
  /// the tower told apart.
  func callAsFunction(_ sentences: Tensor, on tape: Tape) -> Variable {
    let still = Tape.inference(precision: tape.precision)
    return condition(tape.constant(tower(still.constant(sentences)).value))
  }
}
