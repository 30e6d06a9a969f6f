import ArgumentParser
import Jobs

/// Which part of the jobs this machine makes.
struct ShardOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Make only part I of N.", valueName: "I/N"))
  var shard: String?

  /// nil where it is none.
  private var chosen: Shard? { shard.map { Shard($0) } ?? .whole }

  /// All of them, where nothing else is asked for.
  var part: Shard { chosen ?? .whole }

  func validate() throws {
    guard chosen != nil else {
      throw ValidationError("--shard \(shard ?? "") is not of the form I/N, as in 2/8")
    }
  }
}
