import ArgumentParser
import Benchmarks
import Denoising
import Foundation
import Synthesis
import Tensors

struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure this machine: its ceiling, and how near to it Hiss comes.",
    discussion: """
      EXAMPLES
        hiss bench
        hiss bench --threads 1 --json
      """)

  @Option(name: .shortAndLong, help: "A model's name or folder; `hiss models` lists them.")
  var model = ModelLibrary.defaultName

  @Flag(help: "Print the measurements as JSON on stdout.")
  var json = false

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func run() throws {
    let bundle = try ModelBundle(reading: try ModelLibrary.locate(model))
    let threads = engine.work.threads
    let synthesizer = Synthesizer(model: bundle, encoder: try engine.makeEncoder(), threads: threads)
    var report = BenchReport(threads: threads, precision: Precision.fastest.rawValue)
    report.float32Rate = ProductRate.measure(.float32, threads: threads)
    report.productRate = ProductRate.measure(.fastest, threads: threads)
    let single = ProductRate.measure(.fastest, threads: 1)
    let work = Workload(bundle.configuration.denoiser, threads: threads)
    for seconds in [4.0, 10, 30] { report.forward["\(Int(seconds)) s"] = work.forward(seconds, of: single) }
    for seconds in [4.0, 10] { report.generation["\(Int(seconds)) s"] = .generation(seconds, with: synthesizer) }
    report.trainingStep = try work.trainingStep(of: report.productRate)
    if json { try Console.result(json: report) } else { report.show() }
  }
}

/// What `bench` measured.
private struct BenchReport: Encodable {
  var threads: Int
  var precision: String
  var float32Rate = 0.0
  var productRate = 0.0
  var forward: [String: Timing] = [:]
  var generation: [String: Timing] = [:]
  var trainingStep: Timing?

  init(threads: Int, precision: String) {
    self.threads = threads
    self.precision = precision
  }

  func show() {
    Console.result("\(threads) threads, products in \(precision)")
    line("product rate, float32", String(format: "%.0f GFLOP/s", float32Rate / 1e9))
    line("product rate, \(precision)", String(format: "%.0f GFLOP/s", productRate / 1e9))
    for (clip, timing) in forward.sorted(by: { $0.value.seconds < $1.value.seconds }) {
      line("denoiser forward, \(clip), 1 thread", text(timing))
    }
    for (clip, timing) in generation.sorted(by: { $0.value.seconds < $1.value.seconds }) {
      line("prompt to \(clip), warm", text(timing))
    }
    if let trainingStep { line("training step, 32 clips of 4 s", text(trainingStep)) }
  }

  private func line(_ name: String, _ value: String) {
    Console.result(name.padding(toLength: 36, withPad: " ", startingAt: 0) + value)
  }

  private func text(_ timing: Timing) -> String {
    var text = String(format: "%.1f ms", timing.seconds * 1e3)
    if let share = timing.share { text += String(format: ", %.0f %% of the product rate", share * 100) }
    if let clips = timing.clipsPerSecond { text += String(format: ", %.0f clips/s", clips) }
    return text
  }
}
