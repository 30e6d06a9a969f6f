package import Music
package import Training

extension CaptionedClip {
  /// The tempo that a clip of this caption is asked for: what the caption says, or, when beats are asked for too, what
  /// the labels say.
  package func askedTempo(groups: ControlTrack.Groups) -> Double? {
    PromptMusic(caption).tempo ?? (groups.contains(.meter) ? labelledTempo : nil)
  }

  private var labelledTempo: Double? {
    labels["tempo"].flatMap(Double.init).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
  }
}
