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
