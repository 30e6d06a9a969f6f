import ArgumentParser
import Foundation
import Library

struct RebuildLibrary: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Make the database again from the clips' files and the journal.",
    discussion: """
      What lies in Picks is picked, and what lies in Bin is in the bin. Ratings, notes, tags and what was compared are \
      in journal.jsonl. A damaged database is put into Backups.
      """)

  @OptionGroup
  var options: LibraryOptions

  @Flag(help: "Print what came of it as JSON on stdout.")
  var json = false

  func run() throws {
    guard FileManager.default.fileExists(atPath: options.folder.path) else {
      throw LibraryError.folderGone(path: options.folder.path)
    }
    let progress = ProgressLine("Reading clips")
    defer { progress.finish() }
    let report = try ClipLibrary.rebuild(at: options.folder) { progress.update($0, of: $1) }
    progress.finish()
    if json { return Console.result(String(decoding: try LibraryJSON.encoder.encode(report), as: UTF8.self)) }
    for file in report.passedOver.prefix(20) { Console.note("passed over: \(file)") }
    if report.passedOver.count > 20 { Console.note("… and \(report.passedOver.count - 20) more") }
    if let place = report.setAside { Console.note("the damaged database is \(place)") }
    if report.unreadLines > 0 { Console.note("\(report.unreadLines) lines of the journal could not be read") }
    if report.missing > 0 { Console.note("\(report.missing) clips of the journal are not there any more") }
    Console.result("\(report.clips) clips, \(report.picks) picked; the journal knew \(report.known)")
  }
}
