import ArgumentParser
import Benchmarks
import Foundation
import Synthesis

/// What scripts/compare-peers runs beside PyTorch and librosa, in turns with them.
struct BenchPeer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-peer",
    abstract: "Do one piece of work for each line of stdin, and print the seconds it took (see scripts/compare-peers).",
    shouldDisplay: false)

  @Argument(help: "The folder with the inputs, which gets the outputs.")
  var folder: String

  @Option(name: .shortAndLong, help: "A model's name or folder.")
  var model = ModelLibrary.defaultName

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func run() throws {
    let bundle = try ModelBundle(reading: try ModelLibrary.locate(model))
    let benchmark = PeerBenchmark(
      bundle, encoder: try engine.makeEncoder(), folder: URL(fileURLWithPath: folder))
    while let line = readLine() { Console.result("\(try benchmark.run(line))") }
  }
}
