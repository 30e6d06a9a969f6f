import Layers
import Tensors

/// What the transformer cannot say of a patch, whose 1,152 values it squeezes through its width: the finest detail, taken
/// from the noisy frames themselves.
///
/// Near the data, where z is almost clean, the best prediction keeps nearly all of it; a token cannot carry that. So each
/// frame of the coarse prediction is corrected by a linear filter over the noisy frame and its neighbours, and the coarse
/// frame, gated by time and caption (z − t·x̂ is the residual that a Wiener filter would work on), and by what a GELU makes
/// of the same. What the frames are asked for is heard along: which of two neighbouring bins a bass note lies in is more
/// than a token can say of each of its frames.
struct Refinement: Module {
  let noisy: Linear
  let coarse: Linear
  let gates: Linear
  let linear: Linear
  /// Behind a GELU.
  let nonlinear: Linear
  /// nil where it is not told the controls.
  let controls: Linear?
  private let frameWidth: Int
  private let controlCount: Int

  init(_ sizes: DenoiserConfiguration, _ random: RandomSource?) {
    let (frame, hidden) = (sizes.frameWidth, sizes.refinementWidth)
    frameWidth = frame
    controlCount = sizes.controlCount
    noisy = Linear("refinement.noisy", 3 * frame, hidden, random)
    coarse = Linear("refinement.coarse", frame, hidden, random)
    gates = Linear("refinement.gates", sizes.width, 2 * hidden, bias: true, initial: .zeros, random)
    linear = Linear("refinement.straight", hidden, frame, initial: .zeros, random)
    nonlinear = Linear("refinement.bent", hidden, frame, bias: true, initial: .zeros, random)
    controls =
      sizes.refinementControlWidth > 0
      ? Linear("refinement.controls", sizes.refinementControlWidth, hidden, initial: .zeros, random) : nil
  }

  var parameters: [Parameter] {
    [noisy, coarse, gates, linear, nonlinear].flatMap(\.parameters) + (controls?.parameters ?? [])
  }

  /// The layers that every frame passes.
  var frameLayers: [any Module] { [noisy, coarse, linear, nonlinear] + [controls].compactMap { $0 } }

  /// The prediction with its detail, `[audio tokens, patchWidth]`.
  /// - Parameters:
  ///   - prediction: the transformer's, and `patches` the noisy ones, both `[audio tokens, patchWidth]`.
  ///   - condition: time and caption, `[sequence, width]`.
  ///   - track: control values, `[audio tokens, controlWidth]`; nil asks for nothing.
  func callAsFunction(
    _ prediction: Variable, patches: Variable, condition: Variable, controls track: Variable?, layout: SequenceLayout
  ) -> Variable {
    let patchLength = patches.value.shape[1] / frameWidth
    let frames = SequenceLayout(layout.lengths.map { $0 * patchLength })
    func framed(_ x: Variable) -> Variable { x.reshaped([frames.rowCount, frameWidth]) }
    func around(_ x: Variable, width: Int) -> Variable {
      x.reshaped([frames.rowCount, width]).unfold(reach: width, layout: frames)
    }
    let gates = gates(condition)
    let noisyGate = ModulationPart(0, of: gates, layout: frames)
    let coarseGate = ModulationPart(1, of: gates, layout: frames)
    // x + gate · x: a gate that begins at zero begins open.
    func gated(_ x: Variable, _ gate: ModulationPart) -> Variable { x.adding(x, gate: gate) }
    let rough = framed(prediction)
    var seen = gated(noisy(around(patches, width: frameWidth)), noisyGate) + gated(coarse(rough), coarseGate)
    if let controls, let track { seen = seen + controls(around(track, width: controlCount)) }
    let detail = linear(seen) + nonlinear(seen.geluTanh())
    return (rough + detail).reshaped(prediction.value.shape)
  }
}
