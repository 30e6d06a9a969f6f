import ArgumentParser
import Corpus
import Foundation
import Tensors

struct MakeCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Compose phrases and render them through FluidSynth: a captioned training set.",
    discussion: """
      Writes clips (FLAC), their scores (MIDI) and metadata.jsonl. A clip depends on the seed and its number alone; \
      clips that are there already are kept. Needs `scripts/setup --corpus`.

      EXAMPLES
        hiss corpus --out corpus --clips 6000 --seed 1
        hiss train corpus --output Models/mine
      """)

  @Option(name: [.customLong("out"), .customLong("output"), .customShort("o")], help: "The folder to write.")
  var output: String

  @Option(help: "How many clips.")
  var clips = 1000

  @Option(help: "Decides everything that is composed.")
  var seed: UInt64 = 0

  @Option(help: "No clip is longer than this.")
  var maximumSeconds = 12.0

  @Option(help: "The soundfont.")
  var soundfont = CorpusGenerator.defaultSoundfont.path

  @Option(help: "Threads (default: all cores). The result does not depend on it.")
  var threads = Parallel.coreCount

  func run() throws {
    guard (1...1_000_000).contains(clips) else {
      throw ValidationError("--clips \(clips) is not between 1 and 1000000")
    }
    guard (3...60).contains(maximumSeconds) else {
      throw ValidationError("--maximum-seconds \(maximumSeconds) is not between 3 and 60")
    }
    try reportingErrors {
      let start = Date()
      let generator = try CorpusGenerator(
        seed: seed, soundfont: URL(fileURLWithPath: soundfont), maximumSeconds: maximumSeconds)
      let progress = ProgressLine("Rendering")
      try generator.write(count: clips, to: URL(fileURLWithPath: output), threads: threads) {
        progress.update($0, of: $1)
      }
      progress.finish()
      let seconds = Date().timeIntervalSince(start)
      Console.note(
        String(
          format: "%d clips in %@ after %@ (%.0f a second)", clips, output, Console.duration(seconds),
          Double(clips) / seconds))
    }
  }
}
