import Foundation
import Ranks
import TestSupport
import Testing

@Suite("Ranks")
struct RankGroupTests {
  @Test("The launcher's variables say which process this is, mpirun's before Slurm's")
  func launched() {
    let mpirun = ["OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "4"]
    let srun = ["SLURM_PROCID": "2", "SLURM_STEP_NUM_TASKS": "3"]
    #expect(LaunchedRank(environment: mpirun).map { [$0.rank, $0.count] } == [1, 4])
    #expect(LaunchedRank(environment: srun).map { [$0.rank, $0.count] } == [2, 3])
    #expect(LaunchedRank(environment: srun.merging(mpirun) { $1 }).map { [$0.rank, $0.count] } == [1, 4])
  }

  @Test(
    "A process that was started alone has no rank",
    arguments: [
      [:], ["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "1"],
      // A batch script, whose commands run once.
      ["SLURM_PROCID": "0", "SLURM_NTASKS": "4"],
      ["OMPI_COMM_WORLD_RANK": "4", "OMPI_COMM_WORLD_SIZE": "4"], ["OMPI_COMM_WORLD_SIZE": "2"],
    ])
  func alone(environment: [String: String]) {
    #expect(LaunchedRank(environment: environment) == nil)
  }

  @Test("Shares are of every number once, and merge in order", arguments: [1, 2, 3, 5], [0, 1, 7])
  func shares(count: Int, total: Int) throws {
    let merged = try ThreadRanks.run(count) { ranks in
      ranks.merge(ranks.share(of: total).map { $0 * $0 }, total: total)
    }
    #expect(merged == Array(repeating: (0..<total).map { $0 * $0 }, count: count))
  }

  @Test("Parts of different lengths are gathered rank by rank")
  func gathers() throws {
    let gathered = try ThreadRanks.run(3) { ranks in
      ranks.gather([Double](repeating: Double(ranks.rank), count: ranks.rank))
    }
    #expect(gathered == Array(repeating: [[], [1], [2, 2]], count: 3))
  }

  @Test("What the first sends all receive")
  func sends() throws {
    let received = try ThreadRanks.run(3) { ranks in
      let value = ["a": [1, 2], "b": []]
      guard ranks.leads else { return try ranks.receive([String: [Int]].self) }
      try ranks.send(value)
      return value
    }
    #expect(received == Array(repeating: ["a": [1, 2], "b": []], count: 3))
  }
}
