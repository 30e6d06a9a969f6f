import Denoising
import Foundation
import Ranks
import Spectra
import Synthesis
import Text
import Training

/// What is said of a training before it begins.
extension Train {
  /// What the training begins with, or goes on with, and the model that a new one begins with.
  func setUp(
    in folder: URL, _ data: Dataset, among ranks: MPIRanks?
  ) throws -> (setup: TrainingSetup, origin: ModelBundle?) {
    let resumed = try TrainingSetup(resuming: folder, dataset: data)
    let from = resumed == nil ? originName(isSmall: isSmall(data)) : nil
    let origin = try from.map { try ModelBundle(reading: ModelLibrary.locate($0)) }
    let choices = choices(from: resumed == nil ? from : folders.from)
    var setup = try resumed ?? begin(data, origin, choices)
    let differences = setup.isResumed ? choices.differences(from: setup) : choices.differences(fromOriginOf: setup)
    if setup.isResumed || origin != nil { for difference in differences { Console.note("note: \(difference)") } }
    if let ranks { setup.share(among: ranks.count, threads: engine.work.threads) }
    return (setup, origin)
  }

  private func isSmall(_ data: Dataset) -> Bool { data.clips.count < TrainingChoices.smallFolderClips }

  private func begin(_ data: Dataset, _ origin: ModelBundle?, _ choices: TrainingChoices) throws -> TrainingSetup {
    guard let origin else { return TrainingSetup(choices.plan, denoiser: choices.sizes, dataset: data) }
    return try TrainingSetup(choices.plan, from: origin, dataset: data, aligns: learning.align)
  }

  /// Sets how long it goes on, and says so where that is not what was asked for.
  /// - Returns: the seconds that a step takes; nil where there is nothing to do.
  func set(
    _ setup: inout TrainingSetup, _ data: Dataset, empty: TextEmbedding, ranks: MPIRanks?
  ) -> Double? {
    let before = setup
    var measured: Double?
    func secondsPerStep() -> Double {
      let seconds =
        measured
        ?? before.secondsPerStep(dataset: data, empty: empty, threads: engine.work.threads) / Double(ranks?.count ?? 1)
      measured = seconds
      return seconds
    }
    var extent = learning.extent
    if isSmall(data), !setup.isResumed, extent == .init() {
      extent = TrainingChoices.smallFolderExtent(hasOrigin: setup.configuration.origin != nil)
    }
    switch setup.set(
      extent, patience: learning.patienceLimit, clipCount: data.trainingIndices.count, secondsPerStep: secondsPerStep)
    {
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

  /// What frames have beside mel bands: as in the training of the folder, or in the model that a new one begins with by
  /// name, if that is not to be widened; else as is chosen, or as in the bundled model.
  func frameParts(in folder: URL) throws -> FrameParts {
    if let parts = try TrainingSetup.parts(resuming: folder) { return parts }
    if let from = folders.from, from != FolderOptions.noOrigin {
      let own = try Self.parts(ofModel: from)
      return own == .mel ? network.frame?.parts ?? own : own
    }
    return network.frame?.parts ?? Self.bundledParts ?? .mel
  }

  /// nil where there is no bundled model.
  private static var bundledParts: FrameParts? { try? parts(ofModel: ModelLibrary.defaultName) }

  private static func parts(ofModel name: String) throws -> FrameParts {
    try ModelSource(folder: ModelLibrary.locate(name)).configuration.parts
  }

  /// The model that a new training begins with; nil for random weights.
  func originName(isSmall: Bool) -> String? {
    if let from = folders.from { return from == FolderOptions.noOrigin ? nil : from }
    let name = ModelLibrary.defaultName
    guard isSmall, !choices(from: nil).choosesSizes, let bundled = Self.bundledParts,
      network.frame.map({ $0.parts == bundled || bundled == .mel }) ?? true
    else { return nil }
    Console.note("begins with the model \(name), as the folder is small (--from \(FolderOptions.noOrigin) does not)")
    return name
  }

  /// The model that a training begins with and is to repeat, with its words; nil where nothing is to be, or that model is gone.
  func rehearsalSource(_ setup: TrainingSetup) throws -> (model: ModelBundle, vocabulary: Vocabulary)? {
    guard let plan = setup.plan.rehearsal, plan.count(ofBatch: setup.plan.batchSize) > 0 else { return nil }
    if setup.widensOrigin {
      Console.note(
        "note: nothing is repeated of \(setup.configuration.origin ?? "the model before"), as its clips are mono")
      return nil
    }
    guard let model = setup.foundOrigin(), let vocabulary = try model.source.vocabulary() else {
      Console.note(
        "note: nothing is repeated of \(setup.configuration.origin ?? "the model before"), as \(Self.noWords)")
      return nil
    }
    return (model, vocabulary)
  }

  /// Lets that model make clips, so that what it can do is repeated.
  func rehearsal(
    _ source: (model: ModelBundle, vocabulary: Vocabulary), _ setup: TrainingSetup, _ encoder: SentenceEncoder,
    _ ranks: MPIRanks?
  ) throws -> Rehearsal? {
    guard let plan = setup.plan.rehearsal else { return nil }
    let progress = ProgressLine("Repeating what \(source.model.name) can do")
    defer { progress.finish() }
    return try Rehearsal(
      plan, of: source.model, vocabulary: source.vocabulary, encoder: encoder, seed: setup.plan.seed, among: ranks,
      threads: engine.work.threads
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
