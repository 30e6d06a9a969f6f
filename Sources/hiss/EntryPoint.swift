import ArgumentParser
import Foundation
import Memory

@main
enum EntryPoint {
  static func main() {
    // A file that outgrows a limit is then a failed write, which is reported, and not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    OutOfMemory.endsProcess(
      saying:
        "hiss: there is not enough memory: ask for a shorter or a smaller thing, fewer --threads, or allow it more "
        + "(ulimit -v)", code: EX_OSERR)
    do {
      var command = try Hiss.parseAsRoot()
      try command.run()
    } catch {
      Failure.exit(error)
    }
  }
}
