import Foundation
public import Layers
public import Tensors

/// What captions like one sound like on average, over time: a hint that the denoiser hears beside the noise, and may answer
/// with where the noise says nothing yet.
///
/// Behind the tower that aligned captions with sounds, a linear map tells the mean of a caption's frames within seconds of
/// learning (`ExpectationLesson` in Training); the denoiser's own gradients take hours to come as near. Text to speech
/// begins at such a mean likewise (Popov et al. 2021, "Grad-TTS"), and images at an embedding that a prior has foretold
/// (Ramesh et al. 2022). The network decides by time and caption how much of it to believe, and none at first.
public struct ExpectedSound: Module {
  /// From the tower's features to frames at some places of a clip, less the mean of all clips there.
  let frames: Linear
  let gate: Linear
  let token: Linear
  private let sizes: DenoiserConfiguration

  init(_ sizes: DenoiserConfiguration, _ random: RandomSource?) {
    self.sizes = sizes
    let (frame, features) = (sizes.frameWidth, 4 * sizes.alignmentWidth)
    frames = Linear("expectation.frames", features, sizes.expectationKnots * frame, bias: true, initial: .zeros, random)
    gate = Linear("expectation.gate", sizes.width, frame, bias: true, initial: .zeros, random)
    token = Linear("expectation.token", frame, sizes.width, initial: .zeros, random)
  }

  public var parameters: [Parameter] { [frames, gate, token].flatMap(\.parameters) }

  /// The frames of a clip that are told: the first, and others that lie 2.5 times as far from it as the one before. Between
  /// them is what lies between, and behind the last its own.
  package static func knots(_ count: Int) -> [Int] {
    (0..<count).map { $0 == 0 ? 0 : Int((4 * pow(2.5, Double($0 - 1))).rounded()) }
  }

  /// How much each of two knots counts in a frame: the number of the first, and the share of the one behind it.
  package static func place(_ frame: Int, among knots: [Int]) -> (knot: Int, share: Float) {
    let knot = max(0, (knots.firstIndex { $0 > frame } ?? knots.count) - 1)
    guard knot + 1 < knots.count else { return (knot, 0) }
    return (knot, Float(frame - knots[knot]) / Float(knots[knot + 1] - knots[knot]))
  }

  /// Sets what is expected, and how much of it is believed to nothing.
  /// - Parameters:
  ///   - weights: of each knot, `[frameWidth, features]`; nil for nothing.
  ///   - means: of the features, where nothing is expected.
  package func set(_ weights: [Tensor?], means: [Float]) {
    let width = sizes.frameWidth
    let rows = weights.flatMap { $0?.values ?? [Float](repeating: 0, count: width * means.count) }
    frames.weight.value = Tensor([weights.count * width, means.count], rows)
    frames.bias?.value = Tensor(
      [weights.count * width],
      (0..<weights.count * width).map { row in
        -(0..<means.count).reduce(Float(0)) { $0 + rows[row * means.count + $1] * means[$1] }
      })
    for parameter in gate.parameters + token.parameters { parameter.value = Tensor(parameter.value.shape) }
  }

  /// What the tower's features say, `[sequence, features]`, of each frame: `[audio tokens, patchWidth]`.
  /// - Parameter starts: the first frame of each sequence within its clip.
  func patches(of features: Tensor, layout: SequenceLayout, starts: [Int]) -> Tensor {
    let (knots, width) = (Self.knots(sizes.expectationKnots), sizes.frameWidth)
    let told = frames(Tape.inference(precision: .float32).constant(features)).value
    var patches = Tensor([layout.rowCount, sizes.patchWidth])
    patches.withUnsafeMutable { patches in
      told.withUnsafe { told in
        for sequence in 0..<layout.count {
          let from = told + sequence * knots.count * width
          let to = patches + layout.starts[sequence] * sizes.patchWidth
          for frame in 0..<layout.lengths[sequence] * sizes.patchLength {
            let (knot, share) = Self.place(starts[sequence] + frame, among: knots)
            let (near, far) = (from + knot * width, from + min(knot + 1, knots.count - 1) * width)
            for value in 0..<width {
              to[frame * width + value] = (1 - share) * near[value] + share * far[value]
            }
          }
        }
      }
    }
    return patches
  }

  /// What is added to the tokens for it, `[audio tokens, width]`: a token hears the mean of its frames.
  func heard(_ expected: Tensor, on tape: Tape) -> Variable {
    let (width, length) = (sizes.frameWidth, sizes.patchLength)
    let rows = expected.shape[0]
    var means = Tensor([rows, width])
    means.withUnsafeMutable { means in
      expected.withUnsafe { expected in
        for row in 0..<rows {
          for frame in 0..<length {
            let from = expected + (row * length + frame) * width
            for value in 0..<width { means[row * width + value] += from[value] / Float(length) }
          }
        }
      }
    }
    return token(tape.constant(means))
  }

  /// A prediction, `[audio tokens, patchWidth]`, with as much of it as time and caption, `[sequence, width]`, say.
  func added(to prediction: Variable, _ expected: Tensor, condition: Variable, layout: SequenceLayout) -> Variable {
    let all = SequenceLayout(layout.lengths.map { $0 * sizes.patchLength })
    let shape = [all.rowCount, sizes.frameWidth]
    return prediction.reshaped(shape).adding(
      prediction.tape.constant(expected.reshaped(shape)), gate: ModulationPart(0, of: gate(condition), layout: all)
    ).reshaped(prediction.value.shape)
  }
}
