import ArgumentParser
import Corpus
import Foundation
import Rendering
import Storage
import Synthesis

/// What sections a composition has, and who plays when.
struct FormOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Sections in order, with their bars, and chords if you like; the same name is the same music (with --stems).",
      valueName: "\"verse 8 chorus 8\""))
  var form: String?

  @Option(
    help: ArgumentHelp(
      "Who plays when; bars count from 1, the last one included (with --stems).",
      valueName: "\"drums from bar 5, lead in the chorus\""))
  var arrange: String?
}

/// Composes with a band, and writes a folder with stems for each seed.
struct StemMaker {
  let sound: SoundOptions
  let output: OutputOptions
  let words: WordOptions
  let engine: EngineOptions
  let options: FormOptions
  /// Which stems, and what the folders are called.
  let roles: [IdeaStem.Role]
  let folderName: String

  /// Refuses what does not go with stems.
  static func check(_ sound: SoundOptions, _ output: OutputOptions) throws {
    guard sound.trim != true, sound.tail == nil else {
      throw ValidationError("stems are exactly as long as their bars: --trim and --tail do not go with --stems")
    }
    guard sound.duration == nil else {
      throw ValidationError("stems are as long as their --bars or --form, not --duration")
    }
    guard !output.plain, output.cues == nil, !output.picture, output.name == nil else {
      throw ValidationError("--plain, --cues, --picture and --name do not go with --stems")
    }
  }

  /// The composition of a request's seed.
  func sketch(_ brief: IdeaBrief, _ request: GenerationRequest, controlScale: Float?) throws -> IdeaSketch {
    var plan = StemPlan()
    (plan.roles, plan.form, plan.arrangement) = (roles, options.form, options.arrange)
    do throws(StemPlanError) { return try plan.sketch(brief, request, controlScale: controlScale) } catch {
      throw ValidationError("\(error)")
    }
  }

  /// A folder for each composition, of a name that is free.
  func make(_ sketches: [IdeaSketch], _ source: ModelSource, _ model: ModelIdentity) throws {
    let folders = try IdeaStems.folders(sketches.count, in: output.output, named: folderName)
    let start = ContinuousClock.now
    let synthesizer = try engine.renderer(source, model).synthesizer
    for sketch in sketches {
      if let problem = synthesizer.problem(of: sketch.partRequest) { throw ValidationError(problem) }
    }
    let display = try WordDisplay(synthesizer, isStrict: words.strict)
    _ = try sketches.first.flatMap { try display.tell($0.request, of: synthesizer) }
    MakeIdeas.sayChoices(sketches)
    let vocabulary = try? source.vocabulary()
    var made: [StemReport] = []
    for (sketch, folder) in zip(sketches, folders) {
      let progress = ProgressLine("Denoising")
      defer { progress.finish() }
      let stems = IdeaStems(sketch, in: folder, model: model, sampleRate: output.sampleRate, lufs: sound.lufs)
      let written = try stems.write(by: synthesizer, vocabulary: vocabulary, threads: engine.work.threads) {
        progress.update($0, of: $1)
      }
      progress.finish()
      for remark in written.remarks { Console.note("note: \(remark)") }
      made.append(StemReport(sketch, written))
      if !output.json { Console.result(path: "\(written.files[0].path)  \(sketch.idea.summary)") }
    }
    if output.json { return try Console.result(json: made) }
    let what = made.count == 1 ? "1 composition" : "\(made.count) compositions"
    Console.note(String(format: "%@ with stems in %.1f s", what, start.secondsAgo))
  }
}
