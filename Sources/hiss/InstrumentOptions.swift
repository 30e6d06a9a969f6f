import ArgumentParser
import Foundation
import Instruments
import Rendering
import Storage
import Synthesis

/// Where an instrument goes, and what it is made with.
struct InstrumentOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The instrument's folder.")
  var output: String

  @Option(
    help: ArgumentHelp(
      "What to write: sfz, sf2, dspreset, and of kits hydrogen (default: all).", valueName: "sfz,sf2"))
  var formats: String?

  @Option(name: .shortAndLong, help: "A model's name or folder; `hiss models` lists them.")
  var model = ModelLibrary.defaultName

  @OptionGroup
  var voices: VoiceOptions

  @Option(parsing: .unconditional, help: "Another seed is another instrument of the same words.")
  var seed: UInt64 = 0

  @OptionGroup
  var words: WordOptions

  @OptionGroup
  var replacing: ReplacingOptions

  @Flag(help: "Print what was made as JSON.")
  var json = false

  func chosenFormats(isKit: Bool) throws -> [InstrumentFormat] {
    guard let formats else { return InstrumentFormat.allCases.filter { $0 != .hydrogen || isKit } }
    let names = formats.split(separator: ",")
    guard !names.isEmpty else { throw ValidationError("--formats names none") }
    let chosen = try names.map { name in
      let name = name.trimmingCharacters(in: .whitespaces)
      guard let format = InstrumentFormat(rawValue: name), format != .hydrogen || isKit else {
        let known = InstrumentFormat.allCases.filter { $0 != .hydrogen || isKit }.map(\.rawValue)
        throw ValidationError("--formats \(name) is none of \(known.joined(separator: ", "))")
      }
      return format
    }
    return chosen.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

/// The way from a prompt to an instrument's folder, which instruments and kits share.
struct InstrumentMaking {
  private let prompt: String
  private let place: InstrumentOptions
  private let engine: EngineOptions
  private let isKit: Bool
  private let folder: URL
  private let formats: [InstrumentFormat]

  /// Finds out, before anything is made, whether it can be written.
  /// - Parameter stems: the names of the samples.
  init(
    _ prompt: String, _ place: InstrumentOptions, _ engine: EngineOptions, stems: [String], isKit: Bool
  ) throws {
    guard !prompt.trimmingCharacters(in: .whitespaces).isEmpty else {
      throw ValidationError("there is no prompt: say what it should sound like")
    }
    (self.prompt, self.place, self.engine, self.isKit) = (prompt, place, engine, isKit)
    folder = try OutputPlace.url(place.output)
    formats = try place.chosenFormats(isKit: isKit)
    try OutputPlace.check(folder: folder)
    let players = InstrumentFolder.files(in: folder, name: name, formats: formats, isKit: isKit)
    for file in players + InstrumentFolder.samples(stems, in: folder, isKit: isKit) {
      try place.replacing.rule().check(file)
    }
  }

  /// Of the instrument's files: the folder's.
  private var name: String { folder.standardizedFileURL.lastPathComponent }

  func make(
    seed: UInt64, _ notes: (NoteMaker, (Int, Int) -> Void) throws -> NoteMaker.Result
  ) throws {
    let source = try EngineOptions.locateModel(place.model, place.voices)
    let model = try engine.identity(of: source)
    if !isKit, !source.configuration.takesControls { throw ControlError.unsupported(model: model.name) }
    let synthesizer = try engine.renderer(source, model).synthesizer
    let display = try WordDisplay(synthesizer, isStrict: place.words.strict)
    _ = try display.tell(GenerationRequest(prompt: prompt), of: synthesizer)
    let maker = NoteMaker(synthesizer, vocabulary: try? source.vocabulary(), threads: engine.work.threads)
    let start = ContinuousClock.now
    let progress = ProgressLine(isKit ? "Making drums" : "Making notes")
    defer { progress.finish() }
    let made: NoteMaker.Result
    do { made = try notes(maker) { progress.update($0, of: $1) } } catch let problem as RequestProblem {
      throw problem.usageError
    }
    progress.finish()
    let list = InstrumentList(
      prompt: prompt, model: model.name, modelHash: model.hash, seed: seed, notes: made.notes, isKit: isKit)
    let files = try InstrumentFolder(
      folder, name: name, notes: made.notes, formats: formats, isKit: isKit, description: prompt
    ).write(list: list.json())
    for remark in made.remarks { Console.note("note: \(remark)") }
    if place.json { return try Console.result(json: list) }
    for file in files { Console.result(path: file.path) }
    let seconds = String(format: "%.1f", start.secondsAgo)
    let loops = made.notes.count { $0.loop != nil }
    Console.note(
      "\(made.notes.count) samples" + (loops > 0 ? ", \(loops) of them with loops," : "") + " in \(seconds) s")
  }
}
