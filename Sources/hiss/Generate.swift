import ArgumentParser
import Audio
import Corpus
import Foundation
import Novelty
import Rendering
import Spectra
import Storage
import Synthesis

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make clips from a prompt.",
    discussion: """
      Prints the path of each clip. The same prompt, seed and options give the same bytes; a clip's file says in its \
      tags how it was made. A clip that comes too near to one that the model learned from is made again with another \
      seed, and stderr says so (--novelty).

      EXAMPLES
        hiss generate "warm electric piano chords in A minor, 90 bpm"
        hiss generate "solo violin melody, legato" --count 6 --seed 42 --picture
        hiss generate "rock drum beat, 120 bpm" --duration 8 --output loops/drums.wav
        hiss generate "dark synth pad" --negative-prompt "drums" --cfg-scale 3
        hiss generate "warm electric piano" --chords "Am F C G" --bpm 92 --bars 4
        hiss generate "strings" --chords "i VI III VII" --key "D minor" --bpm 80 --beats-per-chord 2
        hiss generate "solo violin melody" --key "D dorian"
        hiss generate "music box" --midi melody.mid
        hiss generate "solo violin" --follow humming.wav --follow-what pitch,loudness
        hiss generate "drum loop" --bpm 120 --bars 2 --loop
        hiss generate "church organ" --init-audio piano.wav --strength 0.7
        hiss generate "piano" --init-audio take.wav --inpaint-start 1.5 --inpaint-end 2.5
        hiss generate "jazz trio" --continue-from sketch.wav --duration 10
        hiss generate "solo violin melody" --count 8 --novelty 0.8
        hiss generate "dirty kick" --voice mine:0.7 --voice yours:0.4
        hiss generate "funk" --stems drums,bass,chords,lead --chords "Em7 A7" --bpm 104 --bars 8
        hiss generate "synthwave, 100 bpm" --stems drums,bass --form "verse 8 chorus 8"
        hiss generate "rock drum beat, 120 bpm" --bars 4 --cues bars --name "{bpm}_{prompt}_{take}.flac"
        hiss generate "slow pad" --count 8 --taste mine
        echo "soft flute, E minor" | hiss generate - --json
      """)

  @Argument(help: "What it should sound like; - reads it from stdin.")
  var prompt: String?

  @OptionGroup(title: "Sound Options")
  var sound: SoundOptions

  @OptionGroup(title: "Control Options")
  var controls: ControlOptions

  @OptionGroup(title: "Stem Options")
  var stems: StemOptions

  @OptionGroup(title: "Editing Options")
  var editing: EditOptions

  @OptionGroup(title: "Novelty Options")
  var novelty: NoveltyOptions

  @OptionGroup(title: "Taste Options")
  var taste: TasteOptions

  @OptionGroup(title: "Word Options")
  var words: WordOptions

  @OptionGroup(title: "Output Options")
  var output: OutputOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func validate() throws {
    guard (prompt == nil) != (sound.prompt == nil) else {
      throw ValidationError(prompt == nil ? "there is no prompt: say what it should sound like" : "two prompts")
    }
    try stems.check(sound, controls, editing, novelty, output)
  }

  func run() throws {
    let draft = try draft()
    let source = try EngineOptions.locateModel(sound.model, sound.voices)
    if let roles = try stems.roles { return try makeStems(roles, draft, source) }
    let encoder = engine.encoderBeingLoaded()
    let (requests, notes) = try draft.requests(for: source)
    let model = try engine.identity(of: source)
    var clips = requests.map { model.tags($0, sampleRate: output.sampleRate, file: output.file) }
    var files = try OutputFiles(
      output.output, clips: clips, template: output.template, sampleRate: output.sampleRate,
      rule: output.replacing.rule(inputs: requests[0].sourceFiles), hasPictures: output.picture)
    try files.check()
    output.sayCues(requests, in: files.urls[0])
    let watch = try novelty.watch(source)

    let start = ContinuousClock.now
    let synthesizer = try engine.renderer(source, model, encoder: encoder).synthesizer
    for request in requests.prefix(1) {
      if let problem = synthesizer.problem(of: request) { throw ValidationError(problem) }
    }
    let display = try WordDisplay(synthesizer, isStrict: words.strict)
    let understanding = try requests.first.flatMap { try display.tell($0, of: synthesizer) }
    for request in requests.prefix(1) {
      let remarks = try synthesizer.remarks(on: request) + [synthesizer.lengthRemark(on: request)].compactMap(\.self)
      for remark in remarks { Console.note("note: \(remark)") }
    }
    let loaded = ContinuousClock.now
    try taste.choose(&clips, in: &files, by: synthesizer, threads: engine.work.threads)
    var report = GenerationReport(model: model.name, loadSeconds: (loaded - start).seconds)
    (report.understanding, report.notes) = (understanding, notes)
    let maker = SetMaker(synthesizer: synthesizer, watch: watch, output: output, threads: engine.work.threads)
    try maker.make(clips, in: &files) { report.add($0, file: $1) }
    report.generateSeconds = loaded.secondsAgo
    if output.json { try Console.result(json: report) } else { Console.note(report.summary) }
    if let shortfall = watch.shortfall(clips.count - report.files.count) { throw shortfall }
  }

  /// One composition for each seed, its parts made from their own notes.
  private func makeStems(_ roles: [IdeaStem.Role], _ draft: RequestDraft, _ source: ModelSource) throws {
    var draft = draft
    draft.controls = ControlRequest()
    (draft.bars, draft.trims) = (nil, false)
    let requests = try draft.requests(for: source, hearsMusic: false).requests
    guard let asked = requests.first else { return }
    let brief = try stems.brief(asked.englishPrompt, controls)
    let maker = StemMaker(
      sound: sound, output: output, words: words, engine: engine, options: stems.form, roles: roles,
      folderName: "stems")
    let sketches = try requests.map { try maker.sketch(brief, $0, controlScale: controls.controlScale) }
    for sketch in sketches {
      if let problem = sketch.partRequest.problem { throw ValidationError(problem) }
    }
    let model = try engine.identity(of: source)
    guard source.configuration.takesControls else { throw ControlError.unsupported(model: model.name) }
    try maker.make(sketches, source, model)
  }

  /// What the options and the prompt ask for.
  private func draft() throws -> RequestDraft {
    var draft = RequestDraft(sampleRate: output.sampleRate)
    sound.fill(&draft, prompt: try readPrompt())
    try controls.fill(&draft)
    try editing.fill(&draft)
    try draft.check()
    return draft
  }

  private func readPrompt() throws -> String {
    let text = prompt ?? sound.prompt ?? ""
    guard prompt == "-" else { return text }
    guard let read = try StandardStream.input.readText() else {
      throw ValidationError("the prompt on standard input is not UTF-8, as text must be here")
    }
    return read.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
