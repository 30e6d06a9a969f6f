import Novelty
import Rendering
import Synthesis

/// What a job comes to: the requests of its takes, in order, and what makes them.
struct JobPlan: Sendable {
  enum Takes: Sendable {
    case clips([GenerationRequest])
    case morphs([MorphRequest])
    case ideas([IdeaSketch])
  }

  let takes: Takes
  let model: Workshop.Model
  let watch: NoveltyWatch
  /// The clips that these come from.
  var parents: [String] = []
  /// What should be known of how the clips depart from what is asked for.
  var notices: [String] = []

  var count: Int {
    switch takes {
    case .clips(let requests): requests.count
    case .morphs(let requests): requests.count
    case .ideas(let sketches): sketches.count
    }
  }
}

extension JobPlan {
  /// Whether a quick form of its clips is worth making: they take longer than that.
  var hasPreviews: Bool {
    let first: GenerationRequest? =
      switch takes {
      case .clips(let requests): requests.first
      case .morphs(let morphs): morphs.first?.from
      case .ideas(let sketches): sketches.first?.request
      }
    // A loop that is cut out of a recording costs nothing.
    return first.map { $0.edit?.loopStart == nil && ($0.steps > 4 || $0.vocoderIterations > 8) } ?? false
  }
}
