import Foundation
import Synthesis

/// The model that lies in a training's folder, and how good it is: what a better one has to beat.
struct KeptModel {
  let steps: Int
  /// On the clips that are held out now; nil where it was not measured.
  var loss: Double?
  /// How well it did what it was asked; nil where nobody listened.
  let obedience: Double?
  /// Whether it learned from the data set that is learned now.
  let isOfThisDataset: Bool

  /// What `config.json` says of the model; nil where there is none.
  /// - Parameter dataset: what is learned now.
  init?(in folder: URL, dataset: DatasetIdentity) {
    guard let record = (try? ModelBundle.configuration(in: folder))?.training,
      FileManager.default.fileExists(atPath: ModelBundle.weightsURL(in: folder).path)
    else { return nil }
    steps = record.steps
    obedience = record.obedience
    loss = record.heldOutLoss.flatMap { $0.isFinite ? $0 : nil }
    // Older versions say the folder's name and its number of clips only.
    isOfThisDataset =
      record.datasetHash.map { $0 == dataset.hash }
      ?? (record.dataset == dataset.name && record.clipCount == dataset.clipCount)
  }

  init(steps: Int, loss: Double?, obedience: Double?) {
    (self.steps, self.loss, self.obedience, isOfThisDataset) = (steps, loss, obedience, true)
  }

  /// Whether a model of this loss takes its place. One of the same step is the same again.
  func yields(to loss: Double, at step: Int) -> Bool { self.loss.map { loss < $0 } ?? true || step == steps }
}
