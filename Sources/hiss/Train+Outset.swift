import Denoising
import Foundation
import Synthesis
import Text
import Training

/// What is said of a training before it begins.
extension Train {
  /// Sets how long it goes on, and says so where that is not what was asked for.
  /// - Returns: the seconds that a step takes; nil where there is nothing to do.
  func set(_ setup: inout TrainingSetup, isSmall: Bool, measuring: (TrainingSetup) -> Double) -> Double? {
    let before = setup
    var measured: Double?
    func secondsPerStep() -> Double {
      let seconds = measured ?? measuring(before)
      measured = seconds
      return seconds
    }
    var extent = learning.extent
    if isSmall, !setup.isResumed, extent == .init() { extent.minutes = TrainingChoices.smallFolderMinutes }
    switch setup.set(extent, patience: learning.patienceLimit, secondsPerStep: secondsPerStep) {
    case .fewerThanDone(let asked, let done):
      Console.note("note: \(done) steps are done already, and --steps \(asked) asks for fewer: there is nothing to do")
      return nil
    case .finished(let steps):
      Console.note("note: all \(steps) steps are done already: --steps N or --minutes M goes on")
      return 0
    case .minutesOfPlan(let steps):
      Console.note(
        "note: this training is not at its end, and goes on to step \(steps) as it was begun; --minutes counts from "
          + "there, --steps sets another end")
    case nil: break
    }
    return secondsPerStep()
  }

  /// The facts, before hours are spent on them.
  func describe(_ setup: TrainingSetup, _ data: Dataset, secondsPerStep: Double) {
    let sizes = setup.configuration.denoiser
    Console.note(
      "samples: \(data.trainingIndices.count) clips to learn from (\(Console.duration(data.trainingSeconds))), "
        + "\(data.heldOutIndices.count) to judge by")
    Console.note(
      String(format: "network: %.2f M parameters", Double(DiffusionTransformer(sizes, nil).parameterCount) / 1e6)
        + " (width \(sizes.width), depth \(sizes.depth), \(sizes.headCount) heads, patch \(sizes.patchLength))")
    let left = max(0, setup.plan.steps - setup.stepsTaken)
    let start = setup.isResumed ? "from step \(setup.stepsTaken) to \(setup.plan.steps)" : "\(left) steps"
    Console.note(
      "training: \(start) of \(setup.plan.batchSize) clips, about \(Console.duration(Double(left) * secondsPerStep))")
  }

  /// The model that a new training begins with; nil for random weights.
  func originName(isSmall: Bool) -> String? {
    if let from = folders.from { return from == FolderOptions.noOrigin ? nil : from }
    let name = ModelLibrary.defaultName
    guard isSmall, !choices(from: nil).choosesSizes, (try? ModelLibrary.locate(name)) != nil else { return nil }
    Console.note("begins with the model \(name), as the folder is small (--from \(FolderOptions.noOrigin) does not)")
    return name
  }

  /// Lets the model that a training begins with make clips, so that what it can do is repeated; nil where nothing is to be, or
  /// that model is gone.
  func rehearsal(_ setup: TrainingSetup, _ encoder: SentenceEncoder) throws -> Rehearsal? {
    guard let plan = setup.plan.rehearsal, plan.count(ofBatch: setup.plan.batchSize) > 0 else { return nil }
    guard let model = setup.foundOrigin(), let vocabulary = try model.source.vocabulary() else {
      Console.note(
        "note: nothing is repeated of \(setup.configuration.origin ?? "the model before"), as \(Self.noWords)")
      return nil
    }
    let progress = ProgressLine("Repeating what \(model.name) can do")
    defer { progress.finish() }
    return try Rehearsal(
      plan, of: model, vocabulary: vocabulary, encoder: encoder, seed: setup.plan.seed, threads: engine.work.threads
    ) { progress.update($0, of: $1) }
  }

  private static let noWords = "it is not here any more, or has no list of its captions' words"

  func choices(from origin: String?) -> TrainingChoices {
    var choices = TrainingChoices()
    learning.fill(&choices)
    network.fill(&choices)
    choices.liking = liking.plan
    choices.origin = origin.map { URL(fileURLWithPath: $0).standardizedFileURL.lastPathComponent }
    return choices
  }
}
