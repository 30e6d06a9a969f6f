import ArgumentParser
import Foundation
import Jobs
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
  var work: ThreadOptions

  func run() throws {
    try Self.write(
      URL(fileURLWithPath: folder), page: output.map { URL(fileURLWithPath: $0) }, embed: embed, threads: work.threads)
  }

  static func write(_ folder: URL, page: URL? = nil, embed: Bool = false, threads: Int) throws {
    let progress = ProgressLine("Drawing")
    let sheet = try ContactSheet(folder: folder, threads: threads) { progress.update($0, of: $1) }
    progress.finish()
    for problem in sheet.problems { Console.note("warning: \(problem)") }
    let page = page ?? folder.appendingPathComponent("index.html")
    try sheet.write(to: page, embedsAudio: embed)
    Console.result(page.path)
  }
}
