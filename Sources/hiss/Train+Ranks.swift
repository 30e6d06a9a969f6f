import Foundation
import Parallelism
import Ranks
import Rendering
import Synthesis
import Text
import Training

/// A training that several processes share, started by `mpirun` or `srun`.
extension Train {
  /// What the first rank tells the others of a training before it begins; nothing where there is nothing to do.
  struct Outset: Codable {
    var plan: TrainingPlan
    var configuration: ModelConfiguration
    /// Whether it repeats what the model could do that it begins with.
    var rehearses: Bool
    var dataset: DatasetIdentity
    /// How much the clips are liked by the taste that the first rank has.
    var liking: LikingLessons?

    init(setup: TrainingSetup, rehearses: Bool, dataset: DatasetIdentity, liking: LikingLessons?) {
      (plan, configuration) = (setup.plan, setup.configuration)
      (self.rehearses, self.dataset, self.liking) = (rehearses, dataset, liking)
    }
  }

  /// Does what the first rank says; that one alone writes and tells. Signals are its to obey.
  func follow(_ ranks: MPIRanks) throws {
    let interrupt = Interrupt()
    let encoder = try engine.makeEncoder()
    let parts = try frameParts(in: OutputPlace.url(folders.output))
    // The first rank keeps what it makes of the samples, and here they are read.
    ranks.meet()
    let data = try Dataset.prepare(
      directory: URL(fileURLWithPath: dataset), cache: URL(fileURLWithPath: folders.cache), parts: parts,
      encoder: encoder, threads: engine.work.threads
    ) { _, _ in }
    guard let outset = try ranks.receive(Outset?.self) else { return }
    guard data.identity(name: datasetName) == outset.dataset else { throw RankError.otherSamples(rank: ranks.rank) }
    let setup = TrainingSetup(joining: outset.plan, configuration: outset.configuration)
    let source = outset.rehearses ? try rehearsalSource(setup) : nil
    let trainer = setup.makeTrainer(
      dataset: data, empty: encoder.encode(""),
      rehearsal: try source.flatMap { try rehearsal($0, setup, encoder, ranks) },
      liking: outset.liking, threads: engine.work.threads)
    try trainer.join(ranks)
    trainer.follow()
    withExtendedLifetime(interrupt) {}
  }

  /// What sharing the training has cost.
  func describe(_ talk: OptimizerShards.Talk, of trainer: Trainer, among ranks: MPIRanks) {
    guard talk.steps > 0 else { return }
    Console.note(
      String(
        format:
          "shared by %d ranks: %.1f MB a step from each, %.1f ms of waiting and sending, and %.1f ms beside other work",
        ranks.count, Double(talk.bytes) / Double(talk.steps) / 1e6, 1e3 * talk.seconds / Double(talk.steps),
        1e3 * talk.hiddenSeconds / Double(talk.steps)))
  }
}
