import ArgumentParser
import Synthesis

/// The voices that are added to a model.
struct VoiceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Add a voice to the model, by its name or folder, with a weight from 0 to 2 (default: 1); may be given several \
      times. `hiss voice` makes them.
      """, valueName: "name[:weight]"))
  var voice: [String] = []

  var references: [VoiceReference] { voice.map { VoiceReference($0) } }

  func validate() throws {
    for (text, reference) in zip(voice, references) where !ModelSource.Voice.weights.contains(reference.weight) {
      throw ValidationError("--voice \(text): a weight is between 0 and 2, and \(reference.weight) is not")
    }
  }
}
