import ArgumentParser
import Library

struct EmptyBin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "empty-bin",
    abstract: "Remove what is in the bin for good.")

  @OptionGroup
  var options: LibraryOptions

  func run() throws {
    let count = try options.openExisting().emptyBin()
    Console.result("\(count) clips removed for good")
  }
}
