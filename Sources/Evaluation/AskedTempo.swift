import Foundation
package import Music
package import Training

extension CaptionedClip {
  /// The tempo that a clip of this caption is asked for: what the caption says, or, when beats are asked for too, what
  /// the labels say.
  package func askedTempo(groups: ControlTrack.Groups) -> Double? {
    PromptMusic(caption).tempo ?? (groups.contains(.meter) ? labelledTempo : nil)
  }

  /// The labels' tempo, in the record itself or under its "labels".
  private var labelledTempo: Double? {
    struct Labels: Decodable { var tempo: Double? }
    if let tempo = labels["tempo"].flatMap(Double.init) { return tempo > 0 && tempo.isFinite ? tempo : nil }
    guard let json = labels["labels"], let nested = try? JSONDecoder().decode(Labels.self, from: Data(json.utf8))
    else { return nil }
    return nested.tempo.flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
  }
}
