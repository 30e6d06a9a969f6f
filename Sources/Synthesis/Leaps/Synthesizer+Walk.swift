import Diffusion
package import Music
package import Tensors
package import Text

/// A clip on its way from noise to data, as the model's network goes in its own steps.
package struct Walk: Sendable {
  /// The patches at each of the times, `[patch, patchWidth]`, noise first and the clean ones last.
  package let states: [Tensor]
  /// What the network was told of the clip: its caption, and its control track as `[patch, controlWidth]`.
  package let text: TextEmbedding
  package let controls: Tensor?
  package let guidance: Float

  package init(states: [Tensor], text: TextEmbedding, controls: Tensor?, guidance: Float) {
    (self.states, self.text, self.controls, self.guidance) = (states, text, controls, guidance)
  }

  /// With the states at some of its times alone.
  package func keeping(_ places: [Int]) -> Walk {
    Walk(states: places.map { states[$0] }, text: text, controls: controls, guidance: guidance)
  }
}

extension Synthesizer {
  /// The way of a clip's patches, at all times of its plan.
  /// - Throws: `ControlError.noNumbers`.
  package func walk(_ plan: ClipPlan) throws(ControlError) -> Walk {
    let denoiser = GuidedDenoiser(model.denoiser, plan, captions: captions, precision: precision, threads: 1)
    var states: [Tensor] = []
    var clean: Tensor?
    func denoise(_ z: Tensor, _ t: Float, _ offset: Int) -> Tensor {
      states.append(z)
      let made = denoiser(z, t, rotatedBy: offset)
      clean = made
      return made
    }
    _ = try soundFrames(plan, noise: noise(of: plan), step: {}, denoise: denoise)
    let asked = conditioning(of: plan)
    return Walk(
      states: states + (clean.map { [$0] } ?? []), text: asked.text, controls: plan.controls,
      guidance: plan.request.guidanceScale)
  }
}
