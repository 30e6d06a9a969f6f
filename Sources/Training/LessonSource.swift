import Music
import Tensors
import Text

/// Where the examples of a batch come from: a data set as it is, a varied one, or what a model made of its own.
protocol LessonSource: Sendable {
  /// Writes `count` frames of an example, `[frame, value]` in −1 … 1; behind its clip there is silence.
  func copyFrames(of example: TrainingExample, count: Int, into destination: UnsafeMutablePointer<Float>)
  /// What can be said of so many of its frames.
  func track(of example: TrainingExample, count: Int) -> ControlTrack
  /// What is said of it in words.
  func text(of example: TrainingExample) -> TextEmbedding
  /// What the network is told of how each example is varied, `[example, count]`; nil where nothing is.
  func features(of examples: [TrainingExample], count: Int) -> Tensor?
}

extension LessonSource {
  func features(of examples: [TrainingExample], count: Int) -> Tensor? { nil }
}

extension Dataset: LessonSource {
  func copyFrames(of example: TrainingExample, count: Int, into destination: UnsafeMutablePointer<Float>) {
    copyFrames(example.clip, from: example.start, count: count, into: destination)
  }

  func track(of example: TrainingExample, count: Int) -> ControlTrack {
    controls(example.clip, from: example.start, count: count)
  }
}

extension Augmenter: LessonSource {}
