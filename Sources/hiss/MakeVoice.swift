import ArgumentParser
import Foundation
import Rendering
import Synthesis

struct MakeVoice: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "voice",
    abstract: "Keep what a model learned of a folder as a small file beside the model that it began with.",
    discussion: """
      MODEL is one that `hiss train` began with another (the bundled one, for small folders). Its voice is the difference \
      of their weights, of low rank, with its words, its lengths and its fingerprints of sounds. Voices of one model can \
      be mixed, each with a weight: 1 is as it was learned, 0 is none.

      EXAMPLES
        hiss train my-samples --output Models/my-model
        hiss voice my-model --output Models/mine
        hiss generate "dirty kick" --voice mine
        hiss generate "dirty kick" --voice mine:0.7 --voice yours:0.4
        hiss voice my-model --output tiny --size 1
      """)

  @Argument(help: "A model's name or folder; `hiss models` lists them.")
  var model: String

  @Option(name: .shortAndLong, help: "The folder of the voice.")
  var output: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The most megabytes of its weights (default: \(Double(VoiceExtraction.usualByteCount) / 1e6), with which the folder has \
      less than 3). More keep more of what was learned.
      """, valueName: "MB"))
  var size: Double?

  @OptionGroup
  var replacing: ReplacingOptions

  @OptionGroup
  var work: ThreadOptions

  func validate() throws {
    if let size, !(size > 0 && size <= 1000) { throw ValidationError("--size \(size) is not between 0 and 1000") }
  }

  func run() throws {
    let extraction = try VoiceExtraction(of: ModelLibrary.locate(model))
    let folder = try OutputPlace.url(output)
    try ModelSource.Voice.check(folder)
    try OutputPlace.check(folder: folder)
    let files = extraction.files(in: folder)
    for file in files.made + files.removed { try replacing.rule().check(file) }
    let limit = size.map { Int($0 * 1e6) } ?? VoiceExtraction.usualByteCount
    let progress = ProgressLine("Comparing weights")
    defer { progress.finish() }
    let report = try extraction.write(to: folder, byteLimit: limit, threads: work.threads) {
      progress.update($0, of: $1)
    }
    progress.finish()
    Console.result(path: folder.path)
    let name = folder.standardizedFileURL.lastPathComponent
    Console.note(
      String(
        format: "%@ is a voice of %@: %.2f MB of weights, which keep %.1f %% of what was changed; %.2f MB in all", name,
        extraction.base.standardizedFileURL.lastPathComponent, Double(report.byteCount) / 1e6, 100 * report.keptEnergy,
        Double(report.folderByteCount) / 1e6))
  }
}
