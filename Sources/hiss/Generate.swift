public import ArgumentParser
import Audio
public import Diffusion
import Foundation
import Pictures
import Spectra
import Synthesis
import Tensors
import Text

struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make clips from a prompt.",
    discussion: """
      EXAMPLES
        hiss generate "warm electric piano chords in A minor, 90 bpm"
        hiss generate "solo violin melody, legato" --count 6 --seed 42
        hiss generate "rock drum beat, 120 bpm" --duration 8 --output loops/drums.wav
        hiss generate "dark synth pad" --negative-prompt "drums" --cfg-scale 3 --steps 16 --picture
      """)

  @Argument(help: "What it should sound like.")
  var prompt: String

  @Option(help: "What it should not sound like.")
  var negativePrompt = ""

  @Option(help: "Seconds of audio.")
  var duration = 4.0

  @Option(help: "Steps from noise to sound: 4 is a draft, more than 20 is seldom better.")
  var steps = 8

  @Option(help: "How strongly the prompt is followed; 1 is without guidance, above 5 sounds forced.")
  var cfgScale: Float = 2.5

  @Option(
    help: ArgumentHelp(
      "How the steps are taken: \(SamplerKind.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "name"))
  var sampler = SamplerKind.euler

  @Option(help: "The first clip's seed, each further one's is one higher (default: by chance, and told).")
  var seed: UInt64?

  @Option(help: "How many clips.")
  var count = 1

  @Option(name: .shortAndLong, help: "A folder, or for one clip a file: .wav, .flac, .ogg or .aiff.")
  var output = "out"

  @Option(help: "A model's name or folder; `hiss models` lists them.")
  var model = ModelLibrary.defaultName

  @Option(help: "The folder of the text encoder.")
  var textEncoder: String?

  @Option(help: "The sample rate of the files.")
  var sampleRate = 44_100

  @Option(help: "Rounds of Griffin-Lim in the vocoder: 8 is a draft.")
  var vocoderIterations = 32

  @Flag(help: "Also write a picture of each clip's spectrogram.")
  var picture = false

  @Flag(help: "Print what was made as JSON on stdout.")
  var json = false

  @Option(help: "Threads (default: all cores). The result does not depend on it.")
  var threads = Parallel.coreCount

  func run() throws {
    try reportingErrors {
      let requests = try makeRequests()
      let files = OutputFiles(output, prompt: prompt, seeds: requests.map(\.seed))
      try files.check()
      let start = Date()
      let synthesizer = try makeSynthesizer()
      let loaded = Date()
      let progress = ProgressLine("Denoising")
      let clips = synthesizer.generate(requests) { progress.update($0, of: $1) }
      progress.finish()
      let seconds = Date().timeIntervalSince(loaded)
      let tags = try tags(requests, of: synthesizer.model)
      try files.write(clips, tags: tags, picture: picture ? synthesizer.model : nil)
      let report = GenerationReport(
        files: files.urls.map(\.path), requests: requests, model: synthesizer.model.name,
        loadSeconds: loaded.timeIntervalSince(start), generateSeconds: seconds)
      try report.show(json: json)
    }
  }

  private func makeRequests() throws -> [GenerationRequest] {
    guard (1...10_000).contains(count) else { throw ValidationError("--count \(count) is not between 1 and 10000") }
    guard (8_000...192_000).contains(sampleRate) else {
      throw ValidationError("--sample-rate \(sampleRate) is not between 8000 and 192000")
    }
    let first = seed ?? UInt64.random(in: 0..<1_000_000)
    let requests = (0..<count).map { index in
      GenerationRequest(
        prompt: prompt, negativePrompt: negativePrompt, duration: duration, steps: steps, guidanceScale: cfgScale,
        sampler: sampler, seed: first &+ UInt64(index), vocoderIterations: vocoderIterations)
    }
    if let problem = requests[0].problem { throw ValidationError(problem) }
    return requests
  }

  /// What makes the clips replayable.
  private func tags(_ requests: [GenerationRequest], of bundle: ModelBundle) throws -> [ClipTags] {
    let hash = try ModelBundle.hash(of: bundle.directory)
    return requests.map {
      ClipTags(
        hiss: Hiss.configuration.version, model: bundle.name, modelHash: hash, sampleRate: sampleRate, request: $0)
    }
  }

  private func makeSynthesizer() throws -> Synthesizer {
    let bundle = try ModelBundle(reading: try ModelLibrary.locate(model))
    if let warning = bundle.configuration.training?.warning { Console.note("warning: \(warning)") }
    let directory = try SentenceEncoder.locate(explicit: textEncoder.map { URL(fileURLWithPath: $0) })
    return Synthesizer(model: bundle, encoder: try SentenceEncoder(directory: directory), threads: threads)
  }
}

extension SamplerKind: ExpressibleByArgument {}
