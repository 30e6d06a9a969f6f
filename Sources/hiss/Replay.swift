import ArgumentParser
import Audio
import Foundation
import Jobs
import Rendering
import Storage
import Synthesis
import Tensors
import Text

struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a clip again, as it was or with changes.",
    discussion: """
      Without changes the result is the same, byte for byte, if the build, the text encoder and the kind of processor are \
      the same. A recording or a MIDI file that the clip was made from is read where it lies in the clip's folder; from \
      elsewhere only with --outside, or where --set names it.

      EXAMPLES
        hiss replay out/drums.wav
        hiss replay out/drums.wav --set seed=8 duration=10
        hiss replay out/drums.wav --set "prompt=rock drums, double time" --output ideas
      """)

  @Argument(help: "The clip.")
  var file: String

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "What should be otherwise: options of `hiss generate`, without the hyphens before them.", valueName: "key=value"))
  var changes: [String] = []

  @Option(name: .shortAndLong, help: "A file, or a folder (default: beside the clip; nothing is replaced there).")
  var output: String?

  @OptionGroup
  var replacing: ReplacingOptions

  @Option(help: "Another model than the one that made it.")
  var model: String?

  @Flag(help: "Also read recordings and MIDI files that the clip's tags name outside of the clip's folder.")
  var outside = false

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func run() throws {
    let tags = try ClipTags(replaying: file, readsOutside: outside)
    // Another prompt is read as the model takes it.
    let located = changesPrompt ? try locateModel(tags) : nil
    let fields = try changed(tags, for: located)
    for request in [fields.request] + (tags.morph.map { [$0.to] } ?? []) { try request.checkFiles() }
    let source = try located ?? locateModel(tags)
    let found = try engine.identity(of: source)
    let isSameModel = found.hash == tags.modelHash
    let isUnchanged =
      isSameModel && fields.request == tags.request && fields.sampleRate == tags.sampleRate && fields.file == tags.file
    let identity = identity(tags, found, isUnchanged: isUnchanged)
    let target = try OutputFiles.replay(of: URL(fileURLWithPath: file), to: output)
    let sources = fields.request.sourceFiles + (tags.morph?.to.sourceFiles ?? [])
    let rule = replacing.rule(inputs: [URL(fileURLWithPath: file)] + sources)
    let made =
      tags.morphRequest.map { identity.tags($0, sampleRate: tags.sampleRate, file: tags.file) }
      ?? identity.tags(fields.request, sampleRate: fields.sampleRate, file: fields.file)
    try OutputPlace.check(
      file: target, extensions: AudioFile.writableExtensions, rule: rule, makingFolders: true, isSame: made.made(clip:))
    let maker = Renderer(try engine.renderer(source, found).synthesizer, model: identity)
    let bytes =
      if let morph = tags.morphRequest {
        try maker.bytes(morph, sampleRate: tags.sampleRate, file: tags.file, for: target)
      } else {
        try maker.bytes(fields.request, sampleRate: fields.sampleRate, file: fields.file, for: target)
      }
    try rule.check(target, isSame: made.made(clip:))
    try rule.check(target, against: bytes)
    try OutputPlace.place(bytes, at: target)
    Console.result(path: target.path)
    if isUnchanged { compare(bytes, tags, here: found.environment.of(tags.request), extension: target.pathExtension) }
  }

  /// What the new clip's tags say of the model and of where they were made.
  private func identity(_ tags: ClipTags, _ found: ModelIdentity, isUnchanged: Bool) -> ModelIdentity {
    var environment = found.environment
    // A clip of a version that noted no processor is the same clip again, to the byte.
    if isUnchanged, tags.environment.processor == nil { environment.processor = nil }
    // The model may have been renamed since.
    let name = found.hash == tags.modelHash ? tags.model : found.name
    return ModelIdentity(name: name, hash: found.hash, environment: environment)
  }

  private var changesPrompt: Bool { changes.contains { $0.hasPrefix("prompt=") } }

  /// - Parameter source: the model, where the prompt is another.
  private func changed(_ tags: ClipTags, for source: ModelSource?) throws -> (
    request: GenerationRequest, sampleRate: Int, file: FileRequest
  ) {
    if tags.morph != nil, !changes.isEmpty {
      throw ValidationError("--set: a morph is made again as it was, not with changes")
    }
    var draft = RequestDraft(tags.request, sampleRate: tags.sampleRate, file: tags.file)
    draft.vocabulary = try? source?.vocabulary()
    let takesControls = source?.configuration.takesControls ?? false
    for change in changes {
      let parts = change.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, parts[0] != "count" else {
        throw ValidationError("--set wants key=value, and \(change) is none that can be changed")
      }
      do {
        try draft.set(parts[0], to: .untyped(parts[1]))
      } catch {
        throw ValidationError("--set \(parts[0]): \(error.reason)")
      }
    }
    do {
      let resolved = try draft.resolve(takesControls: takesControls)
      Console.note(resolved)
      return (resolved.request, draft.sampleRate, Self.file(draft, was: tags.file))
    } catch { throw error.cause ?? ValidationError(error.text()) }
  }

  /// What the file is to say: as it was of earlier versions, unless that is to be otherwise.
  private static func file(_ draft: RequestDraft, was file: FileRequest) -> FileRequest {
    var new = draft.file
    if new != file { new.revision = FileRevision.current }
    return new
  }

  private func locateModel(_ tags: ClipTags) throws -> ModelSource {
    if let model {
      let source = try ModelSource(named: model)
      if try source.hash() != tags.modelHash {
        Console.note("warning: \(tags.model) (\(tags.modelHash)) made this clip; with another model it is another clip")
      }
      return source
    }
    do {
      return try ModelSource(named: tags.model, hash: tags.modelHash)
    } catch ModelError.missing {
      Console.note(
        "hiss: \(file): the model that made it is not here: \(tags.model) (\(tags.modelHash)); put it under Models, or "
          + "name another with --model")
      throw ExitCode(EX_NOINPUT)
    } catch ModelError.changed(let path, let hash, _) {
      Console.note(
        "hiss: \(file): it was made by another model of the name \(tags.model) (\(tags.modelHash)) than \(path) "
          + "(\(hash)); `--model \(path)` makes a clip with that one all the same")
      throw ExitCode(EX_DATAERR)
    }
  }

  private func compare(_ bytes: [UInt8], _ tags: ClipTags, here: ClipEnvironment, extension name: String) {
    let source = URL(fileURLWithPath: file)
    guard source.pathExtension.lowercased() == name.lowercased() else {
      return Console.note("note: not compared with \(file), which is in another format")
    }
    let differences = tags.environment.differences(here: here)
    if AudioFile.holds(bytes, at: source) {
      let isReproducible = AudioFile.isReproducible(name)
      Console.note(
        isReproducible
          ? "the same bytes as \(file)"
          : "the same sound as \(file), bit for bit; only the number differs that each OGG file draws by chance")
    } else if !differences.isEmpty {
      Console.note(
        "warning: not the same bytes as \(file): it was made with \(differences.joined(separator: ", and "))")
    } else if tags.hiss != Hiss.configuration.version {
      Console.note(
        "warning: not the same bytes as \(file): Hiss \(tags.hiss) made it, and this is \(Hiss.configuration.version)")
    } else {
      Console.note("warning: not the same bytes as \(file): another build or another kind of machine made it")
    }
  }
}
