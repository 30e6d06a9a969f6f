import ArgumentParser
import Foundation
import Library

struct AddToLibrary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Copy clips that Hiss made into the library; the files stay where they are.")

  @OptionGroup
  var options: LibraryOptions

  @Argument(help: "Clips, or folders of them.")
  var files: [String]

  @Flag(help: "Take sounds too that Hiss did not make.")
  var all = false

  func run() throws {
    let progress = ProgressLine("Adding")
    defer { progress.finish() }
    let report = try options.open().add(files.map { URL(fileURLWithPath: $0) }, takesAll: all) {
      progress.update($0, of: $1)
    }
    progress.finish()
    for (path, reason) in report.refused { Console.note("\(path): \(reason)") }
    for clip in report.added { Console.result("\(clip.id)  \(clip.file)") }
    if report.present > 0 { Console.note("\(report.present) are in the library already") }
    if report.added.isEmpty, report.present == 0 { throw ExitCode(EX_DATAERR) }
  }
}
