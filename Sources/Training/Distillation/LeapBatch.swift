import Denoising
import Diffusion
import Layers
import Synthesis
import Tensors

/// Leaps of several clips, as the network is asked for them.
struct LeapBatch {
  /// A leap of one clip: where it begins, and what the network is told.
  struct Question {
    let walk: Walk
    let start: Tensor
    let leap: Leap
  }

  private let questions: [Question]
  private let layout: SequenceLayout

  init(_ questions: [Question]) {
    precondition(!questions.isEmpty, "a batch of no leaps")
    self.questions = questions
    layout = SequenceLayout(questions.map { $0.start.shape[0] })
  }

  var times: [Float] { questions.map(\.leap.start) }
  var elementCounts: [Int] { questions.map(\.start.count) }

  /// The points that the network leaps toward, `[patch, patchWidth]`, on the tape.
  func prediction(of network: DiffusionTransformer, on tape: Tape) -> Variable {
    let text = CaptionBatch(questions.map(\.walk.text))
    let encoded = network.encode(
      tokens: text.tokens, layout: text.layout, sentences: text.sentences, audio: layout, on: tape)
    let leaps = Tensor([questions.count, Leap.featureCount], questions.flatMap(\.leap.features))
    return network(
      tape.constant(Self.joined(questions.map(\.start))), times: times, text: encoded, layout: layout,
      controls: controls, leaps: leaps)
  }

  /// Those of all clips; zeros, which ask for nothing, of one without.
  private var controls: Tensor? {
    questions.lazy.compactMap { $0.walk.controls?.shape[1] }.first.map { width in
      Self.joined(questions.map { $0.walk.controls ?? Tensor([$0.start.shape[0], width]) })
    }
  }

  /// Rows of several, back to back.
  static func joined(_ parts: [Tensor]) -> Tensor {
    Tensor([parts.reduce(0) { $0 + $1.shape[0] }, parts[0].shape[1]], parts.flatMap(\.values))
  }
}
