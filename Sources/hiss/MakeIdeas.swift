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

      --form names sections in order: AABA, "A8 B4 A8", "verse 8 chorus 8", "verse 4: Am F C G, chorus 4: F G Am"; "x2" \
      plays one twice. What has the same name is the same music; fills lead from one to the next, and a bar ends the song \
      ("no ending": none). Such stems are made in parts, up to 180 s, and no request makes one again by itself. --arrange \
      says who plays when.

      EXAMPLES
        hiss idea "lofi, melancholic" --count 6
        hiss idea "happy music box" --bars 8 --bpm 120
        hiss idea "string ensemble, cinematic" --key Dm --seed 7 --output sketches
        hiss idea "jazz guitar, chords Dm7 G7 Cmaj7" --bars 6
        hiss idea "waltz for a sad accordion" --json
        hiss idea "funk, 104 bpm" --bars 8 --stems --output song
        hiss idea "synthwave" --stems --form AABA --arrange "drums from bar 5, no bass in the B"
        hiss idea "indie rock" --stems --form "intro 2 verse 8 chorus 8 verse 8 chorus 8 outro 2"
      """)

  @Argument(help: "Mood, style and instrument; without an instrument one is chosen.")
  var prompt: String?

  @OptionGroup(title: "Idea Options")
  var idea: IdeaOptions

  @OptionGroup(title: "Form Options")
  var form: FormOptions

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
    guard sound.duration == nil else { throw ValidationError("an idea is as long as its --bars, not --duration") }
    if idea.stems { try StemMaker.check(sound, output) }
    guard idea.stems || form.form == nil && form.arrange == nil else {
      throw ValidationError("--form and --arrange go with --stems")
    }
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
    let maker = StemMaker(
      sound: sound, output: output, words: words, engine: engine, options: form, roles: IdeaStem.Role.allCases,
      folderName: "idea")
    let sketches = try drafts.map {
      idea.stems
        ? try maker.sketch(brief, $0, controlScale: idea.controlScale)
        : IdeaSketch(IdeaComposer(brief).compose(seed: $0.seed), request: $0, controlScale: idea.controlScale)
    }
    for sketch in sketches {
      if let problem = sketch.partRequest.problem { throw ValidationError(problem) }
    }
    let model = try engine.identity(of: source)
    guard source.configuration.takesControls else {
      throw ControlError.unsupported(model: model.name)
    }
    if idea.stems { return try maker.make(sketches, source, model) }
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
    Self.sayChoices(sketches)
    try make(&files, synthesizer)
    var report = IdeaReport(
      files, model: model.name, loadSeconds: (loaded - start).seconds, generateSeconds: loaded.secondsAgo)
    report.understanding = understanding
    if output.json { try Console.result(json: report) } else { Console.note(report.summary) }
  }

  static func sayChoices(_ sketches: [IdeaSketch]) {
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
