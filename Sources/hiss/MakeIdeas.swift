import ArgumentParser
import Corpus
import Foundation
import Music
import Rendering
import Spectra
import Storage
import Synthesis

struct MakeIdeas: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "idea",
    abstract: "Compose chords and a melody, and let a model play them.",
    discussion: """
      Writes a WAV and a MIDI file for each idea, with the same tempo and length, and says its key, tempo and chords. In \
      the MIDI file chords and melody have tracks of their own, and the chords' names stand on the time line. Tempo, key \
      and chords are those of the options or the prompt; what is left open is drawn from the seed as the words want it \
      (sad, happy, slow, fast, jazz, lofi, …). The same seed and options give the same bytes. Wants a model that learned \
      with controls.

      With --stems each idea is a folder: drums, bass, chords and lead, all of one length, and mix.wav, which is exactly \
      their sum; idea.mid has all their notes. Bass, chords and lead are made from their own notes, and their requests \
      are in their tags; drums are strokes of the model's own, put where their notes are.

      EXAMPLES
        hiss idea "lofi, melancholic" --count 6
        hiss idea "happy music box" --bars 8 --bpm 120
        hiss idea "string ensemble, cinematic" --key Dm --seed 7 --output sketches
        hiss idea "jazz guitar, chords Dm7 G7 Cmaj7" --bars 6
        hiss idea "waltz for a sad accordion" --json
        hiss idea "funk, 104 bpm" --bars 8 --stems --output song
      """)

  @Argument(help: "Mood, style and instrument; without an instrument one is chosen.")
  var prompt: String?

  @OptionGroup(title: "Idea Options")
  var idea: IdeaOptions

  @OptionGroup(title: "Sound Options")
  var sound: SoundOptions

  @OptionGroup(title: "Word Options")
  var words: WordOptions

  @OptionGroup(title: "Output Options")
  var output: OutputOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func validate() throws {
    guard (prompt == nil) != (sound.prompt == nil) else {
      throw ValidationError(prompt == nil ? "there is no prompt: say what the ideas should be like" : "two prompts")
    }
    if idea.stems {
      guard sound.trim != true, sound.tail == nil else {
        throw ValidationError("stems are exactly as long as the idea: --trim and --tail do not go with --stems")
      }
      guard !output.plain, output.cues == nil, !output.picture, output.name == nil else {
        throw ValidationError("--plain, --cues, --picture and --name do not go with --stems")
      }
    }
    guard sound.duration == nil else { throw ValidationError("an idea is as long as its --bars, not --duration") }
  }

  func run() throws {
    let text = prompt ?? sound.prompt ?? ""
    var draft = RequestDraft(sampleRate: output.sampleRate)
    sound.fill(&draft, prompt: text)
    // It has its length, whatever it is called.
    draft.trims = sound.trim ?? false
    let source = try EngineOptions.locateModel(sound.model, sound.voices)
    // The idea itself hears the prompt's music.
    let drafts = try draft.requests(for: source, hearsMusic: false).requests
    guard let asked = drafts.first else { return }
    let brief = try idea.brief(asked.englishPrompt)
    let sketches = drafts.map {
      IdeaSketch(
        IdeaComposer(brief).compose(seed: $0.seed, hasBand: idea.stems), request: $0, controlScale: idea.controlScale)
    }
    for sketch in sketches {
      if let problem = sketch.request.problem { throw ValidationError(problem) }
    }
    let model = try engine.identity(of: source)
    guard source.configuration.takesControls else {
      throw ControlError.unsupported(model: model.name)
    }
    if idea.stems { return try makeStems(sketches, source, model) }
    var files = try IdeaFiles(
      output.output, sketches, template: output.template, sampleRate: output.sampleRate, hasPictures: output.picture
    ) {
      model.tags($0, sampleRate: output.sampleRate, file: output.file)
    }
    output.sayCues(files.requests, in: files.clips.urls[0])
    let start = ContinuousClock.now
    let synthesizer = try engine.renderer(source, model).synthesizer
    for request in files.requests {
      if let problem = synthesizer.problem(of: request) { throw ValidationError(problem) }
    }
    let display = try WordDisplay(synthesizer, isStrict: words.strict)
    let understanding = try display.tell(asked, of: synthesizer)
    let loaded = ContinuousClock.now
    sayChoices(sketches)
    try make(&files, synthesizer)
    var report = IdeaReport(
      files, model: model.name, loadSeconds: (loaded - start).seconds, generateSeconds: loaded.secondsAgo)
    report.understanding = understanding
    if output.json { try Console.result(json: report) } else { Console.note(report.summary) }
  }

  /// A folder for each idea, of a name that is free.
  private func makeStems(_ sketches: [IdeaSketch], _ source: ModelSource, _ model: ModelIdentity) throws {
    let folders = try IdeaStems.folders(sketches.count, in: output.output)
    let start = ContinuousClock.now
    let synthesizer = try engine.renderer(source, model).synthesizer
    for sketch in sketches {
      if let problem = synthesizer.problem(of: sketch.request) { throw ValidationError(problem) }
    }
    let display = try WordDisplay(synthesizer, isStrict: words.strict)
    _ = try sketches.first.flatMap { try display.tell($0.request, of: synthesizer) }
    sayChoices(sketches)
    let vocabulary = try? source.vocabulary()
    var made: [StemReport] = []
    for (sketch, folder) in zip(sketches, folders) {
      let progress = ProgressLine("Denoising")
      defer { progress.finish() }
      let stems = IdeaStems(
        sketch, in: folder, model: model, sampleRate: output.sampleRate, lufs: sound.lufs)
      let written = try stems.write(by: synthesizer, vocabulary: vocabulary, threads: engine.work.threads) {
        progress.update($0, of: $1)
      }
      progress.finish()
      for remark in written.remarks { Console.note("note: \(remark)") }
      made.append(StemReport(sketch, written))
      if !output.json { Console.result(path: "\(written.files[0].path)  \(sketch.idea.summary)") }
    }
    if output.json { return try Console.result(json: made) }
    Console.note(String(format: "%d ideas with stems in %.1f s", made.count, start.secondsAgo))
  }

  private func sayChoices(_ sketches: [IdeaSketch]) {
    let chosen = sketches.compactMap(\.idea.chosenInstrument)
    guard let first = chosen.first else { return }
    let names = chosen.reduce(into: [first]) { if !$0.contains($1) { $0.append($1) } }
    Console.note("no instrument named, chosen: \(names.joined(separator: ", "))")
  }

  /// Makes as many ideas at once as there are threads. The MIDI files come first: they are what the clips are made from.
  private func make(_ files: inout IdeaFiles, _ synthesizer: Synthesizer) throws {
    let mel = output.picture ? MelSpectrogram(synthesizer.model.configuration.mel) : nil
    try ClipTurns(files.requests, threads: engine.work.threads).run { range, make in
      let requests = Array(files.requests[range])
      try files.withMIDI(range) { files in
        let clips = try make { try synthesizer.generate(requests, progress: $0) }
        for (index, clip) in zip(range, clips) {
          try files.clips.write(clip, at: index, picture: mel)
          if !output.json {
            Console.result(path: "\(files.clips.urls[index].path)  \(files.sketches[index].idea.summary)")
          }
        }
      }
    }
  }
}

/// What an idea should be like.
struct IdeaOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "The length in bars, 1 to 64 (default: 4; 8 where they are short).")
  var bars: Int?

  @Option(parsing: .unconditional, help: "Quarter notes a minute (default: of the prompt, or drawn).")
  var bpm: Double?

  @Option(help: ArgumentHelp("The key (default: of the prompt, or drawn).", valueName: "D minor"))
  var key: String?

  @Option(help: ArgumentHelp("Beats in a bar: 4/4 or 3/4 (default: of the prompt, or 4/4).", valueName: "4/4"))
  var timeSignature: String?

  @Flag(help: "Write drums, bass, chords and lead as files of their own, and their mix, in a folder for each idea.")
  var stems = false

  @Option(
    parsing: .unconditional, help: "How strongly the notes are followed; 1 is as learned (default: as --cfg-scale).")
  var controlScale: Float?

  func brief(_ text: String) throws -> IdeaBrief {
    do {
      return try IdeaBrief(request: text, bpm: bpm, key: key, timeSignature: timeSignature, bars: bars)
    } catch { throw ValidationError("\(error)") }
  }
}
