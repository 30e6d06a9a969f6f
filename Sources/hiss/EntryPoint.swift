import ArgumentParser
import Foundation
import Storage

@main
enum EntryPoint {
  static func main() {
    StandardStream.prepare()
    // A file that outgrows a limit is then a failed write, which is reported, and not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try Hiss.parseAsRoot()
      try command.run()
    } catch {
      Failure.exit(error)
    }
    Console.exit()
  }
}
