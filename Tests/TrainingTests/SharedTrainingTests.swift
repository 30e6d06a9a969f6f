import Foundation
import Ranks
import Synthesis
import Tensors
import TestSupport
import Testing
import Training

@Suite("Trainings that ranks share")
struct SharedTrainingTests {
  private let training: SmallTraining
  private static let plan: TrainingPlan = {
    var plan = SmallTraining.plan
    (plan.batchSize, plan.laneCount) = (8, 4)
    return plan
  }()

  init() throws { training = try SmallTraining() }

  private struct Outcome: Equatable, Sendable {
    var losses: [Double] = []
    var norms: [Float] = []
    var heldOut: Double?
    var state: [String: [UInt32]] = [:]
  }

  /// What comes of so many steps on so many ranks.
  /// - Parameter checkpoint: where the first rank goes on from.
  private func outcome(ranks count: Int, steps: Int, from checkpoint: URL? = nil) throws -> Outcome {
    let outcomes = try ThreadRanks.run(count) { [training] ranks in
      let trainer = training.trainer(Self.plan, threads: 1)
      try trainer.join(ranks)
      guard ranks.leads else {
        trainer.follow()
        return Outcome()
      }
      if let checkpoint { try Checkpoint.restore(trainer, from: checkpoint) }
      return try Self.lead(trainer, steps: steps, training)
    }
    return try #require(outcomes.first)
  }

  private static func lead(_ trainer: Trainer, steps: Int, _ training: SmallTraining) throws -> Outcome {
    var outcome = Outcome()
    for _ in 0..<steps {
      let report = trainer.advance()
      outcome.losses.append(report.loss)
      outcome.norms.append(report.gradientNorm)
    }
    outcome.heldOut = trainer.losses()?.heldOut
    outcome.state = try training.state(of: trainer)
    trainer.dismiss()
    return outcome
  }

  @Test("1, 2 and 4 ranks give the bytes of one process")
  func bytes() throws {
    let alone = try Self.lead(training.trainer(Self.plan), steps: 8, training)
    #expect(alone.heldOut != nil)
    for count in [1, 2, 4] {
      let shared = try outcome(ranks: count, steps: 8)
      #expect(shared.losses == alone.losses, "\(count) ranks")
      #expect(shared.norms == alone.norms, "\(count) ranks")
      #expect(shared.heldOut == alone.heldOut, "\(count) ranks")
      let (shares, whole) = (shared.state, alone.state)
      let differing = whole.keys.filter { shares[$0] != whole[$0] }.sorted()
      #expect(differing.isEmpty && shares.count == whole.count, "\(count) ranks: \(differing.prefix(3))")
    }
  }

  @Test("A training goes on with another number of ranks, to the same bytes")
  func resumes() throws {
    let through = try outcome(ranks: 1, steps: 6)
    let url = training.samples.file("after-3")
    let trainer = training.trainer(Self.plan)
    for _ in 0..<3 { _ = trainer.advance() }
    try Checkpoint.write(trainer, to: url)
    let resumed = try outcome(ranks: 4, steps: 3, from: url)
    #expect(resumed.losses == Array(through.losses.suffix(3)))
    #expect(resumed.state == through.state)
  }

  @Test("Numbers of ranks that cannot share the lanes are refused, and those that can are named")
  func lanes() throws {
    let trainer = training.trainer(Self.plan)
    let error = #expect(throws: RankError.self) { try trainer.join(Lonely(count: 3)) }
    #expect(error == .lanes(4, ranks: 3, possible: [1, 2, 4]))
  }

  @Test(
    "A new training has lanes for all threads of all ranks",
    arguments: [(2, 1, 4), (3, 1, 6), (8, 2, 16), (1, 2, 4), (3, 16, 24)])
  func newLanes(ranks: Int, threads: Int, lanes: Int) {
    var setup = TrainingSetup(SmallTraining.plan, denoiser: SmallTraining.sizes, dataset: training.dataset)
    // A lane has an example at least.
    (setup.plan.laneCount, setup.plan.batchSize) = (4, 32)
    setup.share(among: ranks, threads: threads)
    #expect(setup.plan.laneCount == lanes)
  }

  /// A group that says nothing.
  private struct Lonely: RankGroup {
    let rank = 0
    let count: Int
    func broadcast(_ bytes: UnsafeMutableRawBufferPointer) {}
    func gather(_ part: UnsafeRawBufferPointer?, counts: [Int], into parts: UnsafeMutableRawBufferPointer) {}
    func exchange(_ parts: UnsafeRawBufferPointer, counts: [Int], into received: UnsafeMutableRawBufferPointer) {}
  }
}
