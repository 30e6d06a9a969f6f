public import Audio
import Denoising
import Foundation
import Music
public import Novelty
import Parallelism
import Spectra
public import Synthesis
import Tensors
public import Text
public import Training

/// Measures a model on a data set. The figures depend on model, data and settings alone, not on the threads.
public struct Evaluator: Sendable {
  public struct Settings: Sendable {
    /// Clips to generate; without any there is only the fit of the denoiser to tell.
    public var clipCount = 64
    /// Clips of each kind whose loss is measured.
    public var lossClipCount = 96
    /// Whether clips are asked for by the control tracks of real ones too, of a model that takes them.
    public var usesControls = true
    /// Steps from noise to sound of each clip; nil for as many as clips usually have.
    public var steps: Int?
    public var threads = Parallel.coreCount

    public init() {}
  }

  /// A generated clip and its nearest training clip.
  public struct Pair: Sendable {
    public let request: GenerationRequest
    public let clip: AudioClip
    public let ratio: Double
    public let nearest: CaptionedClip
  }

  /// What came of it.
  public struct Outcome: Sendable {
    public let report: EvaluationReport
    public let index: NoveltyIndex
    /// All generated clips, the least novel first.
    public let pairs: [Pair]
  }

  /// The stages that progress is told of.
  public enum Stage: String, CaseIterable, Sendable {
    case listening = "Listening"
    case denoising = "Denoising"
    case generating = "Generating"
    case asking = "Asking for categories"
    case remaking = "Making near copies again"
  }

  let model: ModelBundle
  let dataset: Dataset
  let name: String
  let settings: Settings
  let usesControls: Bool
  private let encode: (@Sendable (String) -> TextEmbedding)?
  let synthesis: CaptionSynthesis
  /// The longest clips that are generated, in seconds.
  static let maximumSeconds = 12.0

  /// - Parameters:
  ///   - name: the data set's, as the model's training record may have it.
  ///   - empty: the embedding of the empty caption.
  ///   - encode: the text encoder, which the names of categories need; without it nothing is asked for by them.
  /// - Throws: `EvaluationError` when nothing is held out, or the captions are of another encoder.
  public init(
    model: ModelBundle, dataset: Dataset, name: String, empty: TextEmbedding, settings: Settings = Settings(),
    encode: (@Sendable (String) -> TextEmbedding)? = nil
  ) throws(EvaluationError) {
    guard !dataset.heldOutIndices.isEmpty, !dataset.trainingIndices.isEmpty else {
      throw .nothingHeldOut(path: name, clipCount: dataset.clips.count)
    }
    let wanted = model.configuration.denoiser.textWidth
    guard empty.sentence.count == wanted else {
      throw .otherText(path: model.directory.path, width: empty.sentence.count, wanted: wanted)
    }
    precondition(
      model.configuration.hears(dataset.mel, dataset.parts), "the data set's frames are not the model's")
    self.model = model
    self.dataset = dataset
    self.name = name
    self.settings = settings
    self.encode = encode
    usesControls = settings.usesControls && model.configuration.takesControls
    synthesis = CaptionSynthesis(model: model, dataset: dataset, empty: empty, usesControls: usesControls)
  }

  /// Measures all.
  /// - Parameter progress: called from any thread with what is being done, and how much of it is done of how much.
  /// - Throws: when the model cannot make clips as long as those of the data set.
  public func run(
    progress: @escaping @Sendable (Stage, Int, Int) -> Void = { _, _, _ in }
  ) throws(ControlError) -> Outcome {
    let prints = dataset.fingerprints(threads: settings.threads) { progress(.listening, $0, $1) }
    let index = NoveltyIndex(of: dataset, name: name, prints: prints, threads: settings.threads)
    let fit = fit(prints, index) { progress(.denoising, $0, $1) }
    var report = EvaluationReport(
      model: modelFacts, dataset: dataFacts, verdict: Verdict(fit, nil), fit: fit, novelty: nil, obedience: nil,
      distance: nil)
    guard settings.clipCount > 0 else { return Outcome(report: report, index: index, pairs: []) }
    let clips = try makeClips { progress(.generating, $0, $1) }
    let pairs = pairs(clips, index)
    let kept = try keptRatios(pairs, clips, index) { progress(.remaking, $0, $1) }
    report.novelty = novelty(pairs, kept: kept, prints, index)
    report.obedience = obedience(clips)
    report.distance = distance(clips)
    report.verdict = Verdict(fit, dataFacts.isTrainingSet ? report.novelty : nil)
    if let encode, let categories = CategoryEvaluation(dataset, index: index, threads: settings.threads) {
      let told = try categories.report(on: model, clipCount: settings.clipCount, encode: encode) {
        progress(.asking, $0, $1)
      }
      report.categories = told
      report.verdict.lines.append(told.verdict)
    }
    return Outcome(report: report, index: index, pairs: pairs.sorted { $0.ratio < $1.ratio })
  }

  private var modelFacts: EvaluationReport.Model {
    let configuration = model.configuration
    return EvaluationReport.Model(
      name: model.name, parameters: model.denoiser.parameterCount,
      takesControls: configuration.takesControls, steps: configuration.training?.steps,
      learnedFrom: configuration.training?.dataset)
  }

  private var dataFacts: EvaluationReport.Data {
    let training = model.configuration.training
    return EvaluationReport.Data(
      name: name, trainingClips: dataset.trainingIndices.count, heldOutClips: dataset.heldOutIndices.count,
      isTrainingSet: training?.dataset == name && training?.clipCount == dataset.clips.count)
  }
}
