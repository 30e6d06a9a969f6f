import ArgumentParser
import Foundation
import Library
import Storage

struct CheckLibrary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Hold the database against the files, and say what is missing.")

  @OptionGroup
  var options: LibraryOptions

  @Flag(help: "Read every file whole, to find those that were edited or are damaged.")
  var files = false

  @Flag(help: "Print it as JSON on stdout.")
  var json = false

  func run() throws {
    let report = try options.openExisting().check(readsFiles: files)
    if json {
      Console.result(String(decoding: try LibraryJSON.encoder.encode(report), as: UTF8.self))
    } else {
      let counts = report.counts
      Console.result(
        "\(VisibleText.of(report.path)): \(counts.clips) clips, \(counts.picks) picked, \(counts.rejected) rejected, "
          + "\(counts.bin) in the bin; \(counts.waiting + counts.running) jobs")
      Console.result("database: \(report.database)")
      for (what, names) in [
        ("gone", report.missing), ("elsewhere", report.misplaced), ("edited", report.changed),
        ("not in the library", report.unknown),
      ] where !names.isEmpty {
        for name in names.prefix(20) { Console.result("\(what): \(VisibleText.of(name))") }
        if names.count > 20 { Console.result("\(what): … and \(names.count - 20) more") }
      }
      if !report.unknown.isEmpty { Console.note("`hiss library rebuild` takes in what is not in the library") }
    }
    if !report.isSound { throw ExitCode(EX_DATAERR) }
  }
}
