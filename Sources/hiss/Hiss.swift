import ArgumentParser

/// The command line: one file for each subcommand, and no logic of its own.
@main
struct Hiss: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hiss",
    abstract: "A diffusion synthesizer: starts from hiss, and denoises it into sound.",
    discussion: """
      EXAMPLES
        hiss generate "warm electric piano chords in A minor, 90 bpm"
        hiss generate "punchy funk drum loop" --count 4 --duration 8 --output out
        hiss train my-samples --output Models/mine
        hiss vocode in.wav out.wav
      """,
    version: "0.1.0",
    subcommands: [
      Generate.self, Train.self, Vocode.self, Spectrogram.self, MakeCorpus.self, Models.self, Bench.self,
      BenchVocoder.self,
    ])
}
