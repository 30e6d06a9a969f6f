import Diffusion
import Music

/// One thing that can be said of a clip, by its name: an option of `hiss generate`, a field of a job, a row of `hiss inspect`.
///
/// A new scalar option is a property of `GenerationRequest`, a row here, an option of the command line, and what consumes it.
public struct RequestField: Sendable {
  public let name: String
  /// In a few words.
  public let meaning: String
  /// Takes a value into a draft; throws `FieldProblem`.
  let set: @Sendable (inout RequestDraft, FieldValue) throws -> Void
  /// What a request has of it, as text that `set` takes again; nil where it is not said, or is of no account.
  public let shown: @Sendable (GenerationRequest) -> String?

  init(
    _ name: String, _ meaning: String, shown: @escaping @Sendable (GenerationRequest) -> String? = { _ in nil },
    set: @escaping @Sendable (inout RequestDraft, FieldValue) throws -> Void
  ) {
    (self.name, self.meaning, self.shown, self.set) = (name, meaning, shown, set)
  }

  /// Every field, as they are shown.
  public static let all = sound + channels + liking + control + editing + relation
  public static let names = all.map(\.name)
  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// A field by its name; underscores do for hyphens.
  package static func named(_ written: String) -> RequestField? { byName[canonicalName(written)] }

  package static func canonicalName(_ written: String) -> String {
    String(written.map { $0 == "_" ? "-" : $0 })
  }

  /// What a request says, field by field, as `hiss inspect` shows it.
  public static func rows(of request: GenerationRequest) -> [(name: String, value: String)] {
    all.compactMap { field in field.shown(request).map { (field.name, $0) } }
  }

  // swift-format-ignore: OnlyOneTrailingClosureArgument
  private static let sound: [RequestField] = [
    .init("prompt", "what it should sound like", shown: { $0.prompt }) { $0.prompt = try $1.asText },
    .init("negative-prompt", "what it should not sound like", shown: { $0.negativePrompt.nonempty }) {
      $0.negativePrompt = try $1.asText
    },
    .init("understood", "what the text encoder is told instead of the prompt", shown: { $0.understoodPrompt }) { _, _ in
      throw FieldProblem(reason: "follows from the prompt, and cannot be set")
    },
    .init(
      "negative-scale", "how strongly the negative prompt is kept away", shown: { $0.negativeScale.map { "\($0)" } }
    ) {
      $0.negativeScale = Float(try $1.asNumber)
    },
    .init("duration", "seconds of audio", shown: { "\($0.duration)" }) { $0.duration = try $1.asNumber },
    .init("steps", "steps from noise to sound", shown: { "\($0.steps)" }) { $0.steps = try $1.asInteger(Int.self) },
    .init("time-shift", "above 1, smaller steps near the noise", shown: { "\($0.timeShift)" }) {
      $0.request.timeShift = Float(try $1.asNumber)
    },
    .init("cfg-scale", "how strongly the prompt is followed", shown: { "\($0.guidanceScale)" }) {
      $0.request.guidanceScale = Float(try $1.asNumber)
    },
    .init("sampler", "how the steps are taken", shown: { $0.sampler.rawValue }) {
      $0.request.sampler = try sampler($1)
    },
    .init("seed", "decides the noise that the clip starts from", shown: { "\($0.seed)" }) {
      $0.seed = try $1.asInteger(UInt64.self)
    },
    .init("count", "how many clips, with consecutive seeds") { $0.count = try $1.asInteger(Int.self) },
    .init("sample-rate", "of the file, in hertz") { $0.sampleRate = try $1.asInteger(Int.self) },
    .init("vocoder-iterations", "rounds of Griffin-Lim", shown: { "\($0.vocoderIterations)" }) {
      $0.vocoderIterations = try $1.asInteger(Int.self)
    },
    .init("lufs", "the clip's integrated loudness", shown: { $0.lufs.map { "\($0)" } }) {
      $0.request.lufs = try $1.asNumber
    },
    .init("peak", "its highest sample in dBFS", shown: { $0.peak.map { "\($0)" } }) {
      $0.request.peak = try $1.asNumber
    },
    .init("tail", "seconds in which the last notes ring", shown: { $0.tail.map { "\($0)" } }) {
      $0.tail = try $1.asNumber
    },
    .init("trim", "whether silence at its end is cut off", shown: { $0.trims.map { "\($0)" } }) {
      $0.trims = try $1.asFlag
    },
    .init("revision", "the rules that it sounds by", shown: { $0.revision.map { "\($0)" } }) {
      $0.request.revision = try $1.asInteger(Int.self)
    },
    .init("cues", "where its file has cue points") { $0.file.cues = try FileRequest.Cues(field: $1) },
    .init("plain", "whether its file holds the sound alone") { $0.file.isPlain = try $1.asFlag },
    .init("draft", "quick rather than good") { $0.isDraft = try $1.asFlag },
  ]

  // swift-format-ignore: OnlyOneTrailingClosureArgument
  private static let control: [RequestField] = [
    .init("chords", "chords in a row", shown: { $0.controls?.chords }) { $0.controls.chords = try $1.asText },
    .init("bpm", "quarter notes a minute", shown: { $0.controls?.tempo.map { "\($0)" } }) {
      $0.controls.tempo = try $1.asNumber
    },
    .init("beats-per-chord", "how long each chord lasts", shown: { beatsPerChord($0) }) {
      $0.beatsPerChord = try $1.asNumber
    },
    .init("key", "the scale, and what roman numerals refer to", shown: { $0.controls?.key }) {
      $0.controls.key = try $1.asText
    },
    .init("note", "one note to hold", shown: { $0.controls?.note }) { $0.controls.note = try $1.asText },
    .init("time-signature", "beats in a bar", shown: { $0.controls?.timeSignature }) {
      $0.controls.timeSignature = try $1.asText
    },
    .init("bars", "the length in bars") { $0.bars = try $1.asInteger(Int.self) },
    .init("midi", "a MIDI file to play", shown: { $0.controls?.midi?.path }) {
      $0.controls.midi = try file($1, as: .midi)
    },
    .init("follow", "a recording to follow", shown: { $0.controls?.follow?.path }) {
      $0.controls.follow = try file($1)
    },
    .init("follow-what", "what to follow of it", shown: { followed($0) }) {
      $0.controls.followed = try followed($1)
    },
    .init("follow-range", "which notes the instrument plays", shown: { $0.controls?.range?.noteNames }) {
      $0.controls.range = try range($1)
    },
    .init("first-beat", "where a bar begins, in seconds", shown: { $0.controls?.firstBeat.map { "\($0)" } }) {
      $0.controls.firstBeat = try $1.asNumber
    },
    .init("control-scale", "how strongly controls are followed", shown: { $0.controls?.scale.map { "\($0)" } }) {
      $0.controls.scale = Float(try $1.asNumber)
    },
    .init(
      "place-onsets", "whether the MIDI file's notes begin to the millisecond where it has them",
      shown: { $0.controls?.placesOnsets.map { "\($0)" } }
    ) { $0.controls.placesOnsets = try $1.asFlag },
    .init("no-parse", "leave the prompt's music to the text encoder") { $0.hearsPrompt = !(try $1.asFlag) },
  ]

  // swift-format-ignore: OnlyOneTrailingClosureArgument
  private static let editing: [RequestField] = [
    .init("init-audio", "a recording to change", shown: { $0.edit.flatMap { $0.continues ? nil : $0.source?.path } }) {
      $0.changedRecording = try file($1)
    },
    .init("strength", "how much of it may change", shown: { strength($0) }) { $0.strength = try $1.asNumber },
    .init("inpaint-start", "where parts to make anew begin", shown: { seconds($0) { $0.start } }) {
      $0.inpaintStarts = try $1.asNumbers
    },
    .init("inpaint-end", "where they end", shown: { seconds($0) { $0.end } }) { $0.inpaintEnds = try $1.asNumbers },
    .init(
      "continue-from", "a recording to go on from", shown: { $0.edit.flatMap { $0.continues ? $0.source?.path : nil } }
    ) { $0.continuedRecording = try file($1) },
    .init("loop", "whether its end goes over into its beginning", shown: { $0.edit?.isLoop == true ? "true" : nil }) {
      $0.isLoop = try $1.asFlag
    },
    .init(
      "loop-start", "where in a recording the loop begins that is cut out of it",
      shown: { $0.edit?.loopStart.map { "\($0)" } }
    ) { $0.loopStart = try $1.asNumber },
  ]

  private static func sampler(_ value: FieldValue) throws -> SamplerKind {
    guard let kind = SamplerKind(rawValue: try value.asText.lowercased()) else {
      throw FieldProblem(reason: "wants one of \(SamplerKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return kind
  }

  /// The file that a clip depends on, as it is now.
  private static func file(_ value: FieldValue, as kind: ControlFile.Kind = .sound) throws -> ControlFile {
    let path = try value.asText
    do { return try ControlFile(path: path, as: kind) } catch { throw FieldProblem(reason: "\(error)") }
  }

  private static func followed(_ value: FieldValue) throws -> ControlTrack.Groups {
    guard let groups = ControlTrack.Groups(followed: try value.asText) else {
      throw FieldProblem(reason: "wants some of pitch, register, loudness, brightness")
    }
    return groups
  }

  private static func range(_ value: FieldValue) throws -> ClosedRange<Int> {
    guard let range = ClosedRange(noteNames: try value.asText) else {
      throw FieldProblem(reason: "wants a lowest and a highest note, as in \"G3 to A6\"")
    }
    return range
  }

  private static func followed(_ request: GenerationRequest) -> String? {
    request.controls.flatMap { $0.follow == nil ? nil : $0.followed.followedWords }
  }

  private static func beatsPerChord(_ request: GenerationRequest) -> String? {
    request.controls.flatMap { $0.chords == nil ? nil : "\($0.beatsPerChord)" }
  }

  private static func strength(_ request: GenerationRequest) -> String? {
    guard let edit = request.edit, edit.source != nil, !edit.continues, edit.repainted.isEmpty else { return nil }
    return "\(edit.strength)"
  }

  private static func seconds(_ request: GenerationRequest, _ time: (EditRequest.Span) -> Double) -> String? {
    guard let spans = request.edit?.repainted, !spans.isEmpty else { return nil }
    return spans.map { "\(time($0))" }.joined(separator: ", ")
  }
}

extension String {
  fileprivate var nonempty: String? { isEmpty ? nil : self }
}
