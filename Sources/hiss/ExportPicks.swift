import ArgumentParser
import Foundation
import Library

struct ExportPicks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print the picks as CSV on stdout; their files lie in Picks.")

  @OptionGroup
  var options: LibraryOptions

  func run() throws {
    let library = try options.openExisting()
    Console.result(PickTable(try library.allClips(.picked)).text.trimmingCharacters(in: .newlines))
  }
}
