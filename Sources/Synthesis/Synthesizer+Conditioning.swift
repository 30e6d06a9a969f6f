import Denoising
package import Music
package import Text

extension Synthesizer {
  /// What the network is told of a clip: the embedding of its caption, and its control track, a frame for each of the
  /// denoiser's.
  package func conditioning(of plan: ClipPlan) -> (text: TextEmbedding, track: ControlTrack?) {
    let taken = ControlTrack.groups(ofFeatures: model.configuration.denoiser.controlCount)
    return (captions.embedding(of: plan.request.caption(for: taken)), plan.track)
  }
}
