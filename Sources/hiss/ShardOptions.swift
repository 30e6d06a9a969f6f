import ArgumentParser
import Jobs
import Ranks

/// Which part of the work this process does.
struct ShardOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Make only part I of N (default: all; under mpirun or srun each process its part).", valueName: "I/N"))
  var shard: String?

  /// nil where it is none.
  private var chosen: Shard? { shard.map { Shard($0) } ?? .whole }

  /// What is asked for, or else what is due to one of several processes that were started together.
  var part: Shard {
    let launched = LaunchedRank().flatMap { Shard("\($0.rank + 1)/\($0.count)") }
    return (shard == nil ? launched : chosen) ?? .whole
  }

  func validate() throws {
    guard chosen != nil else {
      throw ValidationError("--shard \(shard ?? "") is not of the form I/N, as in 2/8")
    }
  }
}
