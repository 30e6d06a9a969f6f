public import ArgumentParser
import Audio
public import Diffusion
import Foundation
import Synthesis
import Text

/// How a clip should sound.
struct SoundOptions: ParsableArguments {
  @Option(help: "Another way to give the prompt.")
  var prompt: String?

  @Option(help: "What it should not sound like.")
  var negativePrompt = ""

  @Option(
    parsing: .unconditional,
    help:
      "How strongly the negative prompt is kept away, 0 to 20; 1 is as strongly as the prompt is followed (default: \(GenerationRequest.usualNegativeScale))."
  )
  var negativeScale: Float?

  @Option(name: .shortAndLong, help: "A model's name or folder; `hiss models` lists them.")
  var model = ModelLibrary.defaultName

  @OptionGroup
  var voices: VoiceOptions

  @Option(
    parsing: .unconditional,
    help:
      "Seconds of audio, 0.1 to \(Int(GenerationRequest.maximumDuration)) (default: 4, or what --bars, the prompt, --init-audio, --midi or --follow gives)."
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

  @Option(
    parsing: .unconditional,
    help: "How far it goes toward what is liked, 0 to 20, of a model that was trained with --taste: 1 to 3 are usual.")
  var tasteScale: Float?

  @Option(help: ArgumentHelp("How the steps are taken.", valueName: "name"))
  var sampler = SamplerKind.euler

  @Option(
    parsing: .unconditional, help: "The first clip's seed, each further one's is one higher (default: by chance).")
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: "Rounds of Griffin-Lim in the vocoder (default: \(GenerationRequest(prompt: "").vocoderIterations)).")
  var vocoderIterations: Int?

  @Option(
    parsing: .unconditional,
    help: """
      The clip's integrated loudness in LUFS (EBU R 128), -23 for instance; less where its true peak would pass -1 dBTP \
      (default: as it comes).
      """)
  var lufs: Double?

  @Option(parsing: .unconditional, help: "The clip's highest sample in dBFS, -1 for instance (default: as it comes).")
  var peak: Double?

  @Option(
    parsing: .unconditional,
    help: "Seconds behind the clip's end, its last bar line for instance, in which the last notes ring.")
  var tail: Double?

  @Flag(
    inversion: .prefixedNo,
    help: "Cut silence off the clip's end (default: of one-shots without a --duration).")
  var trim: Bool?

  @Flag(help: "One channel, the mean of both, of a model that makes two.")
  var mono = false

  @Option(
    parsing: .unconditional,
    help: """
      Where the clip lies: -1 (left) to 1 (right), or left, right, centre, "slightly left", "hard right"; it has two \
      channels then, of any model (default: as it comes).
      """,
    transform: { try value($0, named: StereoImage.pan(named:)) })
  var pan: Double?

  @Option(
    parsing: .unconditional,
    help: """
      How wide the clip is: 0 to 2, where 1 is as it comes and 0 the same on both sides, or narrow, wide; a model of one \
      channel gets a side that is made for it (default: as it comes).
      """,
    transform: { try value($0, named: StereoImage.width(named:)) })
  var width: Double?

  @Flag(help: "Be quick rather than good: 4 steps and 8 rounds of Griffin-Lim, where they are not given.")
  var draft = false

  @Option(
    name: [.customLong("count"), .customShort("n")], parsing: .unconditional,
    help: "How many clips (default: 1, of a morph 5).")
  var count: Int?

  /// A number, or a word for one.
  private static func value(_ text: String, named: (String) -> Double?) throws -> Double {
    guard let value = named(text) ?? Double(text) else { throw ValidationError("'\(text)' is no such number or word.") }
    return value
  }

  /// Says in a draft what the options say.
  func fill(_ draft: inout RequestDraft, prompt: String) {
    draft.prompt = prompt
    draft.negativePrompt = negativePrompt
    draft.negativeScale = negativeScale
    draft.request.timeShift = timeShift
    draft.request.guidanceScale = cfgScale
    draft.request.sampler = sampler
    draft.request.tasteScale = tasteScale
    draft.request.lufs = lufs
    draft.request.peak = peak
    draft.request.mono = mono ? true : nil
    (draft.request.pan, draft.request.width) = (pan, width)
    (draft.tail, draft.trims) = (tail, trim)
    (draft.duration, draft.steps, draft.vocoderIterations) = (duration, steps, vocoderIterations)
    (draft.isDraft, draft.seed, draft.count) = (draft.isDraft || self.draft, seed, count ?? 1)
  }
}

extension RequestDraft {
  /// One request for each clip, the first with a seed by chance unless one is asked for, and what is known of it; what was
  /// understood of the prompt is said on stderr.
  /// - Parameters:
  ///   - source: the model.
  ///   - hearsMusic: whether the prompt's music becomes controls, of a model that takes any.
  func requests(for source: ModelSource, hearsMusic: Bool = true) throws -> (
    requests: [GenerationRequest], notes: [String]
  ) {
    var draft = self
    // One that cannot be read is told later.
    draft.vocabulary = try? source.vocabulary()
    draft.modelEndsSounds = source.configuration.endsSounds ?? false
    let takesControls = hearsMusic && source.configuration.takesControls
    do {
      let resolved = try draft.resolve(takesControls: takesControls)
      Console.note(resolved, prefix: "--")
      return (resolved.requests(seed: seed ?? UInt64.random(in: 0..<1_000_000)), resolved.told(prefix: "--"))
    } catch { throw error.usageError }
  }

  /// Refuses, before any work, what no model can make.
  func check() throws {
    if let problem = rangeProblem { throw problem.usageError }
  }
}

extension RequestProblem {
  /// What the command line says: of a file its own error, of the options how they are wrong.
  var usageError: any Error { cause ?? ValidationError(text(prefix: "--")) }
}

extension SamplerKind: ExpressibleByArgument {}
