import ArgumentParser
import Foundation
import Rendering
import Storage
import Synthesis
import Taste
import Text
import Training

/// What is liked, as a training takes it.
struct LikingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Let a model lean toward what a taste likes, instead of a folder of samples: it makes clips, and learns of those that \
      the taste likes more than others of their prompt. The output is a voice.
      """, valueName: "taste"))
  var picks: String?

  @Option(
    help: ArgumentHelp(
      """
      Go by a taste: what it likes of the folder is learned more often, and the network is told how much each clip is liked, \
      so that `hiss generate --taste-scale` goes toward that.
      """, valueName: "taste"))
  var taste: String?

  @Option(
    parsing: .unconditional,
    help: "With --taste, the share of the folder to learn from, what is liked most (default: 1).")
  var keep: Double?

  func validate() throws {
    if keep != nil, taste == nil { throw ValidationError("--keep goes with --taste") }
    if picks != nil, taste != nil { throw ValidationError("--picks and --taste exclude each other") }
    if let keep, !(keep > 0 && keep <= 1) { throw ValidationError("--keep \(keep) is not between 0 and 1") }
  }

  var plan: LikingPlan? { taste.map { LikingPlan(taste: $0, keep: keep ?? 1) } }
}

/// A folder that is learned by a taste.
extension Train {
  /// How much its clips are liked; nil where nobody's taste counts.
  func likingLessons(_ setup: TrainingSetup, _ data: Dataset) throws -> LikingLessons? {
    guard let plan = setup.plan.liking else { return nil }
    let file = try TasteFile(existing: plan.taste)
    let taste = Taste(try file.contents())
    guard taste.isLearned else { throw TasteError.nothingLearned(TasteWords.summary(taste, name: file.name)) }
    let line = ProgressLine("Judging")
    defer { line.finish() }
    let scores = data.scores(by: taste, threads: engine.work.threads) { line.update($0, of: $1) }
    return LikingLessons(plan, scores: scores, training: data.trainingIndices)
  }
}

/// A model that learns a taste.
extension Train {
  /// Picks below which a taste knows too little for a model to follow. A judgement.
  private static let fewPicks = 100

  /// What was asked for and says nothing of a model that learns picks; nil where nothing was.
  var optionOfFolders: String? {
    var choices = TrainingChoices()
    network.fill(&choices)
    if choices.choosesSizes { return "a size of the network" }
    let options = [
      ("--plan", plan), ("--json", folders.json), ("--noise-augmentation", learning.noiseAugmentation),
      ("--align", learning.align), ("--rehearsal", learning.rehearsal != nil), ("--frame", network.frame != nil),
      ("--pause-at", folders.pauseAt != nil), ("--measure-every", folders.measureEvery != nil),
    ]
    return options.first { $0.1 }?.0
  }

  func learnPicks(of name: String) throws {
    let folder = try OutputPlace.url(folders.output)
    try ModelSource.Voice.check(folder)
    try OutputPlace.check(folder: folder)
    let rule = OutputRule(isForced: folders.force)
    for file in ModelSource.Voice.files(in: folder) { try rule.check(file) }
    let file = try TasteFile(existing: name)
    let contents = try file.contents()
    let taste = Taste(contents)
    guard taste.isLearned else { throw TasteError.nothingLearned(TasteWords.summary(taste, name: file.name)) }
    if taste.pickCount < Self.fewPicks {
      Console.note("note: \(taste.pickCount) picks are few for a model to follow; some hundred teach it more")
    }
    let model = try ModelBundle(reading: ModelLibrary.locate(folders.from ?? ModelLibrary.defaultName))
    guard model.source.voices.isEmpty else { throw VoiceError.isVoice(path: model.source.voices[0].folder.path) }
    try learn(taste, contents, of: model, to: folder)
  }

  private func learn(_ taste: Taste, _ contents: TasteContents, of model: ModelBundle, to folder: URL) throws {
    let encoder = try engine.makeEncoder()
    try model.check(encoder)
    let vocabulary = try model.source.vocabulary()
    var plan = preferencePlan
    let prompts = PreferencePrompts.prompts(plan, of: contents, vocabulary: vocabulary)
    let start = ContinuousClock.now
    let making = ProgressLine("Making clips to judge")
    defer { making.finish() }
    guard
      let clips = try PreferenceClips(
        plan, of: model, taste: taste, prompts: prompts, vocabulary: vocabulary, encoder: encoder,
        threads: engine.work.threads, progress: { making.update($0, of: $1) })
    else { throw TasteError.nothingLearned("this taste likes all clips of one prompt alike") }
    making.finish()
    Console.note("judged: \(clips.count) clips of \(prompts.count) prompts in \(Console.duration(start.secondsAgo))")
    let empty = encoder.encode("")
    func trainer() -> PreferenceTrainer {
      PreferenceTrainer(plan, of: model, clips: clips, empty: empty, threads: engine.work.threads)
    }
    if let minutes = learning.minutes {
      plan.steps = max(10, Int((minutes * 60 - start.secondsAgo) / trainer().secondsPerStep()))
    }
    try learn(trainer(), picks: taste.pickCount, to: folder)
    Console.note("learned in \(Console.duration(start.secondsAgo)): `hiss generate … --voice \(folder.path)`")
  }

  private func learn(_ trainer: PreferenceTrainer, picks: Int, to folder: URL) throws {
    let interrupt = Interrupt()
    let line = ProgressLine("Learning")
    defer { line.finish() }
    while trainer.step < trainer.plan.steps, !interrupt.happened {
      _ = trainer.advance()
      line.update(trainer.step, of: trainer.plan.steps)
    }
    line.finish()
    try trainer.write(to: folder, picks: picks)
    Console.result(path: folder.path)
  }

  private var preferencePlan: PreferencePlan {
    var plan = PreferencePlan()
    plan.steps = learning.steps ?? plan.steps
    plan.batchSize = learning.batchSize ?? plan.batchSize
    plan.learningRate = learning.learningRate ?? plan.learningRate
    plan.seed = learning.seed ?? plan.seed
    plan.precision = learning.precision
    return plan
  }
}
