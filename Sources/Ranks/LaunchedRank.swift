public import Foundation

/// What whoever started this process says of it: that it is one of several that were started together, by Open MPI's
/// `mpirun` or Slurm's `srun`.
public struct LaunchedRank: Sendable, Equatable {
  /// From 0.
  public let rank: Int
  public let count: Int

  /// nil for a process that was started alone.
  public init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
    for (rank, count) in Self.names {
      // The first of these says it: within a job of Slurm, mpirun's processes have the variables of both.
      guard let count = environment[count].flatMap(Int.init) else { continue }
      guard count > 1, let rank = environment[rank].flatMap(Int.init), (0..<count).contains(rank) else { return nil }
      (self.rank, self.count) = (rank, count)
      return
    }
    return nil
  }

  /// Not SLURM_NTASKS: a batch script has that too, whose commands are started once.
  private static let names = [
    ("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"), ("SLURM_PROCID", "SLURM_STEP_NUM_TASKS"),
  ]
}
