import ArgumentParser
import Benchmarks
import Foundation
import Parallelism
import Rendering
import Storage
import Synthesis
import Tensors

struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure this machine: its ceiling, and how near to it Hiss comes.",
    discussion: """
      Takes about a minute and a half, and wants the machine for itself. Times are medians; what is compared takes turns. Shares \
      are of the rate of bare matrix products, measured right before on as many threads.

      EXAMPLES
        hiss bench
        hiss bench --threads 1
        hiss bench --json before.json
        hiss bench --compare before.json
      """)

  @Option(name: .shortAndLong, help: "A model's name or folder; `hiss models` lists them.")
  var model = ModelLibrary.defaultName

  @Option(
    help: ArgumentHelp(
      "Also write the measurements to this file; - is stdout, instead of the table.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Set them beside those of an earlier --json.", valueName: "file"))
  var compare: String?

  @OptionGroup
  var replacing: ReplacingOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func run() throws {
    let old = try compare.map(read)
    let rule = replacing.rule(inputs: compare.map { [URL(fileURLWithPath: $0)] } ?? [])
    if let json, json != "-" { try OutputPlace.check(file: OutputPlace.url(json), rule: rule) }
    let folder = try ModelLibrary.locate(model)
    let bundle = try ModelBundle(reading: folder)
    let suite = BenchmarkSuite(
      network: NetworkBenchmark(bundle.configuration.denoiser),
      synthesis: SynthesisBenchmark(bundle, encoder: try engine.makeEncoder()), threads: engine.work.threads
    ) { seconds in
      try ColdStart.generate(
        seconds, program: URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath(),
        arguments: ["--model", folder.path] + (engine.textEncoder.map { ["--text-encoder", $0] } ?? []),
        threads: engine.work.threads)
    }
    var report = BenchmarkReport(
      hiss: Hiss.configuration.version, model: bundle.name, processor: Processor.name, cores: Parallel.coreCount,
      precision: Precision.fastest.rawValue)
    report.measurements = try measure(suite)
    if json != "-" { Console.result(BenchmarkTable(report, comparedWith: old).text) }
    if let json { try write(report, to: json) }
  }

  private func measure(_ suite: BenchmarkSuite) throws -> [BenchmarkResult] {
    let progress = ProgressLine("Measuring")
    defer { progress.finish() }
    return try suite.items.enumerated().flatMap { number, item in
      progress.update(number, of: suite.items.count)
      return try item.measure()
    }
  }

  private func read(_ path: String) throws -> BenchmarkReport {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    guard let report = try? JSONDecoder().decode(BenchmarkReport.self, from: data) else {
      throw BenchmarkError.notAReport(path: path)
    }
    return report
  }

  private func write(_ report: BenchmarkReport, to path: String) throws {
    guard path != "-" else { return try Console.result(json: report) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try DurableFile.writeShared(encoder.encode(report), to: URL(fileURLWithPath: path))
  }
}

/// The processor, as it calls itself.
private enum Processor {
  static var name: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "an unknown processor"
  }
}
