import Foundation
import Library

/// What scripts/torture-library kills: it works on a library's queue as the studio does, with tones instead of models, and
/// says in a log what it was told to be kept. A second mode holds the library against the logs.
@main
enum TortureLibrary {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4 else { usage() }
    let folder = URL(fileURLWithPath: arguments[2])
    do {
      switch arguments[1] {
      case "ask":
        guard arguments.count == 6, let jobs = Int(arguments[4]), let clips = Int(arguments[5]) else { usage() }
        try Toil(folder, log: arguments[3]).ask(jobs: jobs, clips: clips)
      case "work": try Toil(folder, log: arguments[3]).work()
      case "measure":
        guard let clips = Int(arguments[3]) else { usage() }
        try Measure(folder, clips: clips).run()
      case "verify":
        let faults = try Verdict(folder, logs: Array(arguments[3...])).faults()
        for fault in faults { print(fault) }
        exit(faults.isEmpty ? 0 : 1)
      default: usage()
      }
    } catch {
      FileHandle.standardError.write(Data("TortureLibrary: \(error)\n".utf8))
      exit(70)
    }
  }

  private static func usage() -> Never {
    let text = """
      Usage: TortureLibrary ask FOLDER LOG JOBS CLIPS | work FOLDER LOG | verify FOLDER LOG… | measure FOLDER CLIPS

      """
    FileHandle.standardError.write(Data(text.utf8))
    exit(64)
  }
}
