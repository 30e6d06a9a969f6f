import Layers
import Tensors

/// What the transformer cannot say of a patch, whose 1,152 values it squeezes through its width: the finest detail, taken
/// from the noisy frames themselves.
///
/// Near the data, where z is almost clean, the best prediction keeps nearly all of it; a token cannot carry that. So each
/// frame of the coarse prediction is corrected by a linear filter over the noisy frame and its neighbours, and the coarse
/// frame, gated by time and caption (z − t·x̂ is the residual that a Wiener filter would work on), and by what a GELU makes
/// of the same.
struct Refinement: Module {
  let noisy: Linear
  let coarse: Linear
  let gates: Linear
  let straight: Linear
  let bent: Linear
  private let bandCount: Int

  init(_ sizes: DenoiserConfiguration, _ random: RandomSource?) {
    let (bands, hidden) = (sizes.bandCount, sizes.refinementWidth)
    bandCount = bands
    noisy = Linear("refinement.noisy", 3 * bands, hidden, random)
    coarse = Linear("refinement.coarse", bands, hidden, random)
    gates = Linear("refinement.gates", sizes.width, 2 * hidden, bias: true, initial: .zeros, random)
    straight = Linear("refinement.straight", hidden, bands, initial: .zeros, random)
    bent = Linear("refinement.bent", hidden, bands, bias: true, initial: .zeros, random)
  }

  var parameters: [Parameter] {
    [noisy, coarse, gates, straight, bent].flatMap(\.parameters)
  }

  /// The prediction with its detail, `[audio tokens, patchWidth]`.
  /// - Parameters:
  ///   - prediction: the transformer's, and `patches` the noisy ones, both `[audio tokens, patchWidth]`.
  ///   - condition: time and caption, `[sequence, width]`.
  func callAsFunction(
    _ prediction: Variable, patches: Variable, condition: Variable, layout: SequenceLayout, on tape: Tape
  ) -> Variable {
    let patchLength = patches.value.shape[1] / bandCount
    let frames = SequenceLayout(layout.lengths.map { $0 * patchLength })
    func framed(_ x: Variable) -> Variable { tape.reshape(x, [frames.rowCount, bandCount]) }
    let gates = gates(condition, on: tape)
    func gated(_ x: Variable, _ gate: Int) -> Variable {
      tape.gatedAdd(x, x, modulation: gates, gate: ModulationPart(gate), layout: frames)
    }
    let around = tape.unfold(framed(patches), reach: bandCount, layout: frames)
    let rough = framed(prediction)
    let seen = tape.add(gated(noisy(around, on: tape), 0), gated(coarse(rough, on: tape), 1))
    let detail = tape.add(straight(seen, on: tape), bent(tape.geluTanh(seen), on: tape))
    return tape.reshape(tape.add(rough, detail), prediction.value.shape)
  }
}
