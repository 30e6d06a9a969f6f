import ArgumentParser
import Foundation
import Memory
import Storage

@main
enum EntryPoint {
  static func main() {
    StandardStream.prepare()
    // A file that outgrows a limit is then a failed write, which is reported, and not the end of the process.
    signal(SIGXFSZ, SIG_IGN)
    checkArguments()
    FreedMemory.keep()
    OutOfMemory.endsProcess(saying: Failure.noMemory, code: EX_OSERR)
    do {
      var command = try Hiss.parseAsRoot()
      try command.run()
    } catch {
      Failure.exit(error)
    }
    Console.exit()
  }

  /// Ends the program where an argument is not UTF-8: what Swift makes of it would name another file.
  private static func checkArguments() {
    for (number, argument) in CommandLine.arguments.enumerated().dropFirst() {
      guard let bytes = CommandLine.unsafeArgv[number], String(validatingCString: bytes) == nil else { continue }
      Console.note("hiss: argument \(number), \(argument), is not UTF-8, as names must be here: rename the file")
      Console.end(EX_USAGE)
    }
  }
}
