public import ArgumentParser
import Audio
public import Diffusion
import Synthesis

/// How a clip should sound.
struct SoundOptions: ParsableArguments {
  @Option(help: "Another way to give the prompt.")
  var prompt: String?

  @Option(help: "What it should not sound like.")
  var negativePrompt = ""

  @Option(name: .shortAndLong, help: "A model's name or folder; `hiss models` lists them.")
  var model = ModelLibrary.defaultName

  @Option(
    parsing: .unconditional,
    help:
      "Seconds of audio, 0.1 to \(Int(GenerationRequest.maximumDuration)) (default: 4, or what --bars or --init-audio gives)."
  )
  var duration: Double?

  @Option(
    parsing: .unconditional,
    help: "Steps from noise to sound; more than 20 is seldom better (default: \(GenerationRequest(prompt: "").steps)).")
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: "Above 1, steps are smaller near the noise, where the prompt decides most.")
  var timeShift = GenerationRequest(prompt: "").timeShift

  @Option(
    parsing: .unconditional,
    help: "How strongly the prompt is followed: 1 is without guidance, above 5 sounds forced.")
  var cfgScale = GenerationRequest(prompt: "").guidanceScale

  @Option(help: ArgumentHelp("How the steps are taken.", valueName: "name"))
  var sampler = SamplerKind.euler

  @Option(
    parsing: .unconditional, help: "The first clip's seed, each further one's is one higher (default: by chance).")
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: "Rounds of Griffin-Lim in the vocoder (default: \(GenerationRequest(prompt: "").vocoderIterations)).")
  var vocoderIterations: Int?

  @Flag(help: "Be quick rather than good: 4 steps and 8 rounds of Griffin-Lim, where they are not given.")
  var draft = false

  @Option(
    name: [.customLong("count"), .customShort("n")], parsing: .unconditional,
    help: "How many clips (default: 1, of a morph 5).")
  var count: Int?

  func validate() throws {
    guard (1...10_000).contains(count ?? 1) else {
      throw ValidationError("--count \(count ?? 1) is not between 1 and 10000")
    }
  }

  /// One request for each clip.
  /// - Parameters:
  ///   - controls, edit: what is asked for besides.
  ///   - seconds: the length that --bars gives.
  ///   - natural: the length of a recording that is changed.
  func requests(
    prompt: String, controls: ControlRequest?, edit: EditRequest?, seconds: Double?, natural: Double?
  ) throws -> [GenerationRequest] {
    if duration != nil, seconds != nil { throw ValidationError("--duration and --bars exclude each other") }
    let first = seed ?? UInt64.random(in: 0..<1_000_000)
    var request = GenerationRequest(
      prompt: prompt, negativePrompt: negativePrompt, duration: duration ?? seconds ?? natural ?? 4,
      timeShift: timeShift,
      guidanceScale: cfgScale, sampler: sampler, controls: controls, edit: edit)
    if draft { request.makeDraft() }
    if let steps { request.steps = steps }
    if let vocoderIterations { request.vocoderIterations = vocoderIterations }
    if let problem = request.problem { throw ValidationError(problem) }
    return (0..<UInt64(count ?? 1)).map { index in
      request.seed = first &+ index
      return request
    }
  }
}

/// Where the clips go.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "A folder, or for one clip a file: \(AudioFile.writableExtensions.sorted().joined(separator: ", ")).")
  var output = "out"

  @Option(parsing: .unconditional, help: "The sample rate of the files, in hertz.")
  var sampleRate = 44_100

  @Flag(help: "Also write a picture of each clip's spectrogram.")
  var picture = false

  @Flag(help: "Print what was made as JSON on stdout, when all is done.")
  var json = false

  func validate() throws {
    guard (8_000...192_000).contains(sampleRate) else {
      throw ValidationError("--sample-rate \(sampleRate) is not between 8000 and 192000")
    }
  }
}

extension SamplerKind: ExpressibleByArgument {}
