import ArgumentParser
import Evaluation
import Foundation
import Novelty
import Rendering
import Spectra
import Synthesis
import Text
import Training

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure what a model has learned, and whether it only remembers.",
    discussion: """
      Holds the model against a data set: its loss by noise level beside guesses that need no learning, clips of held-out \
      captions beside their nearest training clips, what was asked beside what came, and the distance of all clips to \
      real ones. docs/evaluation.md says what each figure means.

      EXAMPLES
        hiss evaluate first --dataset corpus
        hiss evaluate mine --dataset my-samples --clips 16 --output report
        hiss evaluate first --dataset corpus --no-controls
        hiss evaluate first --dataset corpus --steps 2
        hiss evaluate mine --dataset my-samples --clips 0 --write-index
        hiss evaluate mine --dataset my-samples --json | jq .verdict
      """)

  @Argument(help: "A model's name or folder; `hiss models` lists them.")
  var model: String

  @Option(help: "The folder of samples (default: the one that the model learned from, if it is here).")
  var dataset: String?

  @Option(help: "Where mel frames and text embeddings are kept between runs.")
  var cache = ".cache/features"

  @Option(parsing: .unconditional, help: "Clips to generate; without any, only losses are measured.")
  var clips = Evaluator.Settings().clipCount

  @Option(parsing: .unconditional, help: "Steps from noise to sound of each clip (default: as `hiss generate`).")
  var steps: Int?

  @Flag(help: "Ask for clips by captions alone, though the model takes controls.")
  var noControls = false

  @Option(name: .shortAndLong, help: "A folder for a page with pictures, and the closest pairs to listen to.")
  var output: String?

  @Flag(help: "Write the novelty index into the model's folder, as `hiss train` does.")
  var writeIndex = false

  @Flag(help: "Print all figures as JSON on stdout.")
  var json = false

  @Flag(help: "Tell on stderr how far it is, a line of JSON for each piece of work.")
  var jsonProgress = false

  @OptionGroup
  var replacing: ReplacingOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func validate() throws {
    guard (0...10_000).contains(clips) else { throw ValidationError("--clips \(clips) is not between 0 and 10000") }
    if let steps, !(1...1000).contains(steps) {
      throw ValidationError("--steps \(steps) is not between 1 and 1000")
    }
  }

  func run() throws {
    let folder = try ModelLibrary.locate(model)
    let samples = try samples(ModelSource(folder: folder).configuration)
    if let output { try checkPage(OutputPlace.url(output), model: folder, samples) }
    if writeIndex { try checkIndex(of: folder, samples) }
    let bundle = try ModelBundle(reading: folder)
    let evaluator = try evaluator(bundle, samples)
    let outcome = try run(evaluator)
    if writeIndex {
      let url = NoveltyIndex.url(inModel: folder)
      // What the model learned from before, and has gone from the folder since, it may still play.
      let before = replacing.force ? nil : try? NoveltyIndex(reading: url, withClips: true)
      try outcome.index.including(before).write(to: url)
      Console.note("the novelty index is \(url.path)")
    }
    if let output {
      let folder = URL(fileURLWithPath: output)
      try EvaluationPage(outcome).write(to: folder)
      Console.note("the page is \(folder.appendingPathComponent("index.html").path)")
    }
    if json { try Console.result(json: outcome.report) } else { Console.result(outcome.report.text) }
  }

  /// Refuses to replace anything but an earlier index of the same samples.
  private func checkIndex(of model: URL, _ samples: URL) throws {
    try OutputPlace.check(folder: model)
    let (index, wanted) = (NoveltyIndex.url(inModel: model), samples.standardizedFileURL.lastPathComponent)
    let dataset = NoveltyIndex.dataset(of: index)
    if let dataset, dataset != wanted, !replacing.force {
      throw NoveltyError.indexOfOtherDataset(path: index.path, dataset: dataset, wanted: wanted)
    }
    try replacing.rule().check(index) { _ in dataset != nil }
  }

  /// Refuses to replace anything but an earlier page of the same model and samples.
  private func checkPage(_ folder: URL, model: URL, _ samples: URL) throws {
    try OutputPlace.check(folder: folder)
    let (model, samples) = (model.standardizedFileURL.lastPathComponent, samples.standardizedFileURL.lastPathComponent)
    try replacing.rule().check(EvaluationPage.url(in: folder)) {
      EvaluationPage.isPage($0, model: model, dataset: samples)
    }
  }

  /// The folder of samples that is meant.
  private func samples(_ configuration: ModelConfiguration) throws -> URL {
    if let dataset { return URL(fileURLWithPath: dataset) }
    guard let learned = configuration.training?.dataset, OutputPlace.isFolder(URL(fileURLWithPath: learned)) == true
    else {
      let name = configuration.training.map { "\"\($0.dataset)\", which the model learned from, is not here" }
      throw ValidationError("say --dataset: \(name ?? "the model does not say what it learned from")")
    }
    return URL(fileURLWithPath: learned)
  }

  private func evaluator(_ bundle: ModelBundle, _ samples: URL) throws -> Evaluator {
    try OutputPlace.check(folder: URL(fileURLWithPath: cache))
    let encoder = try engine.makeEncoder()
    let progress = ProgressLine("Reading \(samples.lastPathComponent)")
    defer { progress.finish() }
    let data = try Dataset.prepare(
      directory: samples, cache: URL(fileURLWithPath: cache), mel: bundle.configuration.mel,
      parts: bundle.configuration.parts, encoder: encoder, captionLimit: 1, threads: engine.work.threads
    ) { progress.update($0, of: $1) }
    progress.finish()
    for warning in data.warnings.prefix(10) { Console.note("warning: \(warning)") }
    var settings = Evaluator.Settings()
    (settings.clipCount, settings.usesControls, settings.threads) = (clips, !noControls, engine.work.threads)
    settings.steps = steps
    return try Evaluator(
      model: bundle, dataset: data, name: samples.standardizedFileURL.lastPathComponent, empty: encoder.encode(""),
      settings: settings, encode: { encoder.encode($0) })
  }

  private func run(_ evaluator: Evaluator) throws -> Evaluator.Outcome {
    let display = StageDisplay(tellsJSON: jsonProgress)
    defer { display.finish() }
    return try evaluator.run { display.show($0.rawValue, $1, of: $2) }
  }
}
