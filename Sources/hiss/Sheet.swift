import ArgumentParser
import Foundation
import Jobs
import Rendering
import Tensors

struct Sheet: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a page with all clips of a folder: spectrogram, player, prompt, seed.",
    discussion: """
      Writes index.html into the folder, which any browser opens from the disk. The sounds stay in their own files \
      beside it, unless --embed puts them into the page.

      EXAMPLES
        hiss sheet clips
        hiss sheet favourites --embed --output favourites.html
      """)

  @Argument(help: "The folder.")
  var folder: String

  @Option(name: .shortAndLong, help: "The page (default: index.html in the folder).")
  var output: String?

  @Flag(help: "Put the sounds into the page, so that it can be sent alone.")
  var embed = false

  @OptionGroup
  var replacing: ReplacingOptions

  @OptionGroup
  var work: ThreadOptions

  func run() throws {
    let folder = URL(fileURLWithPath: folder)
    let page = try output.map { try OutputPlace.url($0) } ?? Self.page(of: folder)
    // A folder that is not there is told by who reads it.
    if output != nil || OutputPlace.isFolder(folder) == true { try Self.check(page, of: folder, replacing.rule()) }
    try Self.write(folder, page: page, embed: embed, threads: work.threads)
  }

  /// Where the page of a folder goes unless another is named.
  static func page(of folder: URL) -> URL { folder.appendingPathComponent("index.html") }

  /// Refuses to replace anything but an earlier page of the same folder.
  static func check(_ page: URL, of folder: URL, _ rule: OutputRule) throws {
    try OutputPlace.check(file: page, extensions: ["html", "htm"], rule: rule) {
      ContactSheet.isSheet($0, of: folder)
    }
  }

  static func write(_ folder: URL, page: URL, embed: Bool = false, threads: Int, isSaid: Bool = true) throws {
    let progress = ProgressLine("Drawing")
    let sheet = try ContactSheet(folder: folder, threads: threads) { progress.update($0, of: $1) }
    progress.finish()
    for problem in sheet.problems { Console.note("warning: \(problem)") }
    try sheet.write(to: page, embedsAudio: embed)
    if isSaid { Console.result(path: page.path) }
  }
}
