/// All that was measured of a model on a data set.
public struct EvaluationReport: Codable, Sendable, Equatable {
  public struct Model: Codable, Sendable, Equatable {
    public var name: String
    public var parameters: Int
    public var takesControls: Bool
    public var steps: Int?
    /// The name of the data set that it learned from.
    public var learnedFrom: String?
  }

  public struct Data: Codable, Sendable, Equatable {
    public var name: String
    public var trainingClips: Int
    public var heldOutClips: Int
    /// Whether the model learned from a data set of this name and size.
    public var isTrainingSet: Bool
  }

  public var model: Model
  public var dataset: Data
  public var verdict: Verdict
  public var fit: FitReport
  /// nil when no clips were generated.
  public var novelty: NoveltyReport?
  public var obedience: ObedienceReport?
  public var distance: DistanceReport?
  /// nil for a folder without categories.
  public var categories: CategoryReport?

  /// What to keep in mind when reading the figures.
  public var notes: [String] {
    var notes: [String] = []
    if !dataset.isTrainingSet {
      notes.append(
        "\(dataset.name) is not what \(model.name) learned from (\(model.learnedFrom ?? "unknown")): its \"training\" "
          + "clips are as new to the model as the others, and say nothing of over-fitting")
    }
    if dataset.heldOutClips < 30 {
      let count = dataset.heldOutClips == 1 ? "one clip is" : "\(dataset.heldOutClips) clips are"
      notes.append("only \(count) held out: the figures are rough")
    }
    if let obedience, !obedience.usesControls {
      let reason = model.takesControls ? "no controls were given" : "the model takes no controls"
      notes.append("\(reason): pitch, loudness and beats were asked for by captions alone")
    }
    return notes
  }
}
