import ArgumentParser
import Synthesis

/// The command line: one file for each subcommand, and no logic of its own.
struct Hiss: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hiss",
    abstract: "A diffusion synthesizer: starts from hiss, and denoises it into sound.",
    discussion: """
      EXAMPLES
        hiss generate "warm electric piano chords in A minor, 90 bpm"
        hiss generate "punchy funk drum loop" --count 4 --duration 8 --output loops
        hiss idea "lofi, melancholic" --count 6
        hiss morph "soft flute" "distortion guitar" --count 5
        hiss vary out/soft-flute_01.wav --count 8 --distance 0.3
        hiss pack house.yaml --output House
        hiss rate out --taste mine
        hiss dataset my-samples
        hiss train my-samples --output Models/mine
        hiss generate "my kind of pad" --model mine
        hiss library list --state picked
        hiss vocode in.wav out.wav
        hiss studio

      `hiss help generate` and so on say more. Results go to stdout, all else to stderr; what fails says so in one \
      line, and gives an exit code of sysexits.h (64 usage, 65 bad data, 66 no such input, 73 cannot write, 74 a result \
      is lost).
      """,
    version: ClipTags.currentVersion,
    subcommands: [
      Generate.self, MakeIdeas.self, MorphClips.self, VaryClip.self, Batch.self, MakePack.self, Inspect.self,
      Replay.self, Sheet.self, RateClips.self, ShowTaste.self,
      DatasetCommand.self, Train.self, DistillModel.self, MakeVoice.self, MakeInstrument.self, MakeKit.self,
      Evaluate.self, Vocode.self,
      Spectrogram.self, MakeCorpus.self,
      Models.self, LibraryCommand.self, OpenStudio.self,
      Words.self, Bench.self,
      BenchVocoder.self,
      BenchPeer.self,
    ])
}
