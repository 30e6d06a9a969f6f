import ArgumentParser
import Foundation
import Instruments
import Rendering
import Synthesis

struct MakeInstrument: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instrument",
    abstract: "Make an instrument that samplers play: notes over the keyboard, as SFZ, SF2 and DecentSampler.",
    discussion: """
      One key of --every is sampled, each in --velocities layers from soft to loud and --takes that are played in turns. \
      All notes begin with the same noise, so that they are of one timbre; one that stands out, or is out of tune, is made \
      again. Samples begin with their attack, have one level, and say how many cents they are off; held sounds loop. The \
      SoundFont has the first take of each note, as its format knows no turns.

      EXAMPLES
        hiss instrument "soft felt piano" --output felt
        hiss instrument "church organ" --range C2..C6 --every 4 --output organ
        hiss instrument "warm pad" --seconds 6 --velocities 1 --output pad
        hiss instrument "nylon guitar" --range E2..C6 --velocities 3 --takes 2 --output guitar
      """)

  @Argument(help: "What the instrument should sound like.")
  var prompt: String

  @Option(help: ArgumentHelp("The lowest and the highest key, C4 being MIDI's 60.", valueName: "A1..C6"))
  var range = "A1..C6"

  @Option(parsing: .unconditional, help: "One key of so many is sampled; its neighbours play the same sample.")
  var every = 3

  @Option(parsing: .unconditional, help: "Layers from soft to loud, 1 to 3.")
  var velocities = 1

  @Option(parsing: .unconditional, help: "Samples of each note, which are played in turns.")
  var takes = 1

  @Option(parsing: .unconditional, help: "The longest note, in seconds.")
  var seconds = 3.0

  @OptionGroup(title: "Output Options")
  var place: InstrumentOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func run() throws {
    var plan = InstrumentPlan(
      prompt: prompt, keys: try keys(), every: every, velocities: velocities, takes: takes, seconds: seconds)
    plan.seed = place.seed
    if let problem = plan.problem { throw ValidationError(problem) }
    let making = try InstrumentMaking(prompt, place, engine, stems: plan.stems, isKit: false)
    try making.make(seed: plan.seed) { maker, progress in try maker.notes(of: plan, progress: progress) }
  }

  private func keys() throws -> ClosedRange<Int> {
    guard let keys = KeyName.range(range) else {
      throw ValidationError("--range \(range) is not a low and a high key, as A1..C6")
    }
    return keys
  }
}

struct MakeKit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kit",
    abstract: "Make a drum kit that samplers play, as SFZ, SF2, DecentSampler and Hydrogen.",
    discussion: """
      Drums lie on the keys of General MIDI; hi-hats cut each other off. Each drum begins with its attack, and ends where \
      it is silent.

      EXAMPLES
        hiss kit "808 techno" --output 808
        hiss kit "dusty lo-fi" --takes 3 --output dusty
        hiss kit "acoustic jazz" --drums kick,snare,closed-hat,open-hat,ride --output jazz
      """)

  @Argument(help: "What the kit should sound like.")
  var prompt: String

  @Option(
    help: ArgumentHelp(
      "The drums, of \(KitDrum.all.map(\.name).joined(separator: ", ")) (default: all).", valueName: "kick,snare"))
  var drums: String?

  @Option(parsing: .unconditional, help: "Samples of each drum, which are played in turns.")
  var takes = 1

  @OptionGroup(title: "Output Options")
  var place: InstrumentOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func run() throws {
    let names = drums?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let plan = DrumKitPlan(
      style: prompt, drums: try names.map { try KitDrum.named($0) } ?? KitDrum.all, takes: takes,
      seed: place.seed)
    if let problem = plan.problem { throw ValidationError(problem) }
    let making = try InstrumentMaking(prompt, place, engine, stems: plan.stems, isKit: true)
    try making.make(seed: plan.seed) { maker, progress in try maker.kit(plan, progress: progress) }
  }
}
