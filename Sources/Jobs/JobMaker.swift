import Audio
public import Foundation
import Instruments
public import Novelty
public import Rendering
import Spectra
import Synthesis
public import Text

/// Makes the files of jobs with a model: clips, which have to be new where that is watched, and instruments.
public struct JobMaker: Sendable {
  private let renderer: Renderer
  private let watch: NoveltyWatch
  private let vocabulary: Vocabulary?
  /// Of clips that are compared with each other.
  private let spectrogram: MelSpectrogram?
  private let remark: @Sendable (Job, String) -> Void

  /// - Parameters:
  ///   - vocabulary: the words of the model's captions, where it has a list of them.
  ///   - fingerprints: whether files say what clips sound like.
  ///   - remark: is told what is to be known of a job, from any thread.
  public init(
    _ renderer: Renderer, watch: NoveltyWatch, vocabulary: Vocabulary?, fingerprints: Bool = false,
    remark: @escaping @Sendable (Job, String) -> Void = { _, _ in }
  ) {
    (self.renderer, self.watch, self.vocabulary, self.remark) = (renderer, watch, vocabulary, remark)
    spectrogram = fingerprints ? MelSpectrogram(renderer.synthesizer.model.configuration.mel) : nil
  }

  /// The file of a job, on this thread; what came of other seeds is in it.
  /// - Parameter url: where it goes.
  /// - Throws: `RequestError`, `ControlError`, `NoveltyError`, `InstrumentError`, `AudioFileError`.
  public func file(of job: Job, at url: URL) throws -> MadeFile {
    if let product = job.product { return try instrument(product, job, at: url) }
    for line in try renderer.synthesizer.remarks(on: job.request) { remark(job, line) }
    let outcome = try watch.generate([job.request], make: { try $0.map(renderer.clip) })[0]
    if !outcome.isNovel, let shortfall = watch.shortfall(1) { throw shortfall }
    if let target = job.request.lufs, let missing = outcome.clip.loudnessShortfall(below: target) {
      remark(
        job, String(format: "stays %.1f LU below %g LUFS: its true peak is at -1 dBTP", missing, target))
    }
    return MadeFile(
      bytes: try renderer.bytes(
        of: outcome.clip, outcome.request, sampleRate: job.sampleRate, file: job.file, for: url),
      seed: outcome.request.seed == job.request.seed ? nil : outcome.request.seed, novelty: outcome.ratio,
      fingerprint: spectrogram.map {
        SoundFingerprint($0.analyze(outcome.clip.samples), mel: $0.configuration)
      })
  }

  private func instrument(_ product: Job.Product, _ job: Job, at url: URL) throws -> MadeFile {
    let maker = NoteMaker(renderer.synthesizer, vocabulary: vocabulary, threads: 1)
    let made: NoteMaker.Result
    let (isKit, seed): (Bool, UInt64)
    switch product {
    case .instrument(let plan): (made, isKit, seed) = (try maker.notes(of: plan), false, plan.seed)
    case .kit(let plan): (made, isKit, seed) = (try maker.kit(plan), true, plan.seed)
    case .stems(let plan): return try stems(plan, job)
    }
    for line in made.remarks { remark(job, line) }
    let folder = url.deletingLastPathComponent()
    let list = InstrumentList(
      prompt: job.request.prompt, model: renderer.model.name, modelHash: renderer.model.hash, seed: seed,
      notes: made.notes, isKit: isKit)
    let contents = try InstrumentFolder(
      folder, name: folder.lastPathComponent, notes: made.notes, formats: InstrumentFormat.allCases, isKit: isKit,
      description: job.request.prompt
    ).contents()
    var file = MadeFile(bytes: try list.json())
    file.parts = contents.map { MadeFile.Part(name: $0.name, bytes: $0.bytes) }
    return file
  }

  /// A composition: its mix, and beside it stems and notes. It is made in a folder of its own, as parts read their notes there.
  private func stems(_ plan: StemPlan, _ job: Job) throws -> MadeFile {
    let sketch = try plan.sketch(of: job.request)
    if let problem = renderer.synthesizer.problem(of: sketch.partRequest) {
      throw RequestError.impossible(reason: problem)
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-stems-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let stems = IdeaStems(
      sketch, in: folder, model: renderer.model, sampleRate: job.sampleRate, lufs: job.request.lufs)
    let written = try stems.write(by: renderer.synthesizer, vocabulary: vocabulary, threads: 1) { _, _ in }
    for line in written.remarks { remark(job, line) }
    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appendingPathComponent(name))) }
    var file = MadeFile(bytes: try bytes(IdeaStems.mixName))
    file.parts = try stems.fileNames.dropFirst().map { MadeFile.Part(name: $0, bytes: try bytes($0)) }
    return file
  }
}
