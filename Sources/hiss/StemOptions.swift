import ArgumentParser
import Corpus
import Music
import Rendering
import Synthesis

/// Whether a prompt becomes a composition with a file for each player.
struct StemOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compose for a band, and write each of these players as a file of their own, and their mix: a folder for each seed.",
      valueName: "drums,bass,chords,lead"))
  var stems: String?

  @OptionGroup
  var form: FormOptions

  /// The players that are asked for; nil where stems are not.
  var roles: [IdeaStem.Role]? {
    get throws {
      guard let stems else { return nil }
      do throws(StemPlanError) { return try StemPlan.roles(stems) } catch { throw ValidationError("\(error)") }
    }
  }

  /// Refuses what does not go with stems, and what goes with stems alone.
  func check(
    _ sound: SoundOptions, _ controls: ControlOptions, _ editing: EditOptions, _ novelty: NoveltyOptions,
    _ output: OutputOptions
  ) throws {
    guard try roles != nil else {
      guard form.form == nil, form.arrange == nil else {
        throw ValidationError("--form and --arrange go with --stems drums,bass,chords,lead")
      }
      return
    }
    try StemMaker.check(sound, output)
    let others: [(name: String, isGiven: Bool)] = [
      ("--note", controls.note != nil), ("--midi", controls.midi != nil), ("--follow", controls.follow != nil),
      ("--follow-range", controls.followRange != nil), ("--no-parse", controls.noParse),
      ("--init-audio", editing.initAudio != nil), ("--inpaint-start", !editing.inpaintStart.isEmpty),
      ("--inpaint-end", !editing.inpaintEnd.isEmpty), ("--continue-from", editing.continueFrom != nil),
      ("--loop", editing.loop), ("--loop-start", editing.loopStart != nil), ("--novelty", novelty.novelty != nil),
      ("--novelty-index", novelty.noveltyIndex != nil),
    ]
    let given = others.filter(\.isGiven).map(\.name)
    guard given.isEmpty else {
      throw ValidationError("\(given.joined(separator: ", ")): not with --stems, which composes its own notes")
    }
  }

  /// What to compose.
  func brief(_ text: String, _ controls: ControlOptions) throws -> IdeaBrief {
    let heard = PromptMusic(text)
    let key = try controls.key.map { name in
      guard let key = Key(name: name) else { throw ValidationError(ControlError.key(name).description) }
      return key
    }
    let signature = try controls.timeSignature.map { name in
      guard let signature = TimeSignature(name: name) else {
        throw ValidationError(ControlError.timeSignature(name).description)
      }
      return signature
    }
    if let beats = controls.beatsPerChord, !(0.25...64).contains(beats) {
      throw ValidationError("--beats-per-chord \(beats) is not between 0.25 and 64")
    }
    var chart: ChordChart?
    if let text = controls.chords {
      do throws(ChordChartError) {
        chart = try ChordChart(
          text, key: key ?? heard.key, beatsPerChord: controls.beatsPerChord,
          timeSignature: signature ?? heard.timeSignature ?? .common)
      } catch { throw ValidationError(ControlError.chords(error).description) }
    }
    let brief = IdeaBrief(
      text, tempo: controls.bpm, key: key, timeSignature: signature, bars: controls.bars, chords: chart)
    if let problem = brief.problem { throw ValidationError(problem) }
    return brief
  }
}
