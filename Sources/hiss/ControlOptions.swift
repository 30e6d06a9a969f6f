import ArgumentParser
import Foundation
import Music
import Synthesis

/// What a clip is asked to do besides its prompt.
struct ControlOptions: ParsableArguments {
  @Option(
    help: """
      Chords in a row: "Am F C G", "Cmaj7 F/A", "Am | F C", or with --key "i VI III VII". They are repeated until the \
      clip is full.
      """)
  var chords: String?

  @Option(parsing: .unconditional, help: "Quarter notes a minute.")
  var bpm: Double?

  @Option(
    parsing: .unconditional,
    help: "How many quarter notes each chord lasts, where the chords have no bar lines (default: a bar).")
  var beatsPerChord: Double?

  @Option(
    help: ArgumentHelp("What roman numerals refer to; without chords, the scale to play in.", valueName: "A minor"))
  var key: String?

  @Option(help: ArgumentHelp("One note to hold, instead of chords.", valueName: "C4"))
  var note: String?

  @Option(help: ArgumentHelp("Beats in a bar.", valueName: "4/4"))
  var timeSignature: String?

  @Option(parsing: .unconditional, help: "The length in bars instead of seconds, exact to the sample; wants a tempo.")
  var bars: Int?

  @Option(help: "A MIDI file whose notes and beats to play, at its own tempo or --bpm.")
  var midi: String?

  @Option(help: "A recording to follow: hum a line and prompt for a violin.")
  var follow: String?

  @Option(help: ArgumentHelp("What to follow of it; register is its octaves.", valueName: "pitch,loudness"))
  var followWhat = ControlRequest.followedByDefault.followedWords

  @Option(
    help: ArgumentHelp(
      "The notes that the instrument plays: a line that lies elsewhere is moved there by octaves (default: as the "
        + "prompt's instrument has it).", valueName: "G3 to A6"))
  var followRange: String?

  @Option(
    parsing: .unconditional,
    help: "How strongly all this is followed; 1 is as learned (default: as --cfg-scale; with --follow 4).")
  var controlScale: Float?

  @Flag(help: "Do not look for a tempo, a key, chords and a note in the prompt: the text encoder is told all of it.")
  var noParse = false

  func validate() throws {
    _ = try groups
    _ = try range
  }

  /// Says in a draft what the options say.
  func fill(_ draft: inout RequestDraft) throws {
    draft.hearsPrompt = !noParse
    draft.bars = bars
    draft.controls.chords = chords
    draft.controls.note = note
    draft.beatsPerChord = beatsPerChord
    draft.controls.key = key
    draft.controls.tempo = bpm
    draft.controls.timeSignature = timeSignature
    draft.controls.midi = try midi.map { try ControlFile(path: $0, as: .midi) }
    draft.controls.follow = try follow.map { try ControlFile(path: $0, as: .sound) }
    draft.controls.followed = try groups
    draft.controls.range = try range
    draft.controls.scale = controlScale
  }

  private var range: ClosedRange<Int>? {
    get throws {
      guard let followRange else { return nil }
      guard let range = ClosedRange(noteNames: followRange) else {
        throw ValidationError("--follow-range \"\(followRange)\" is not like \"G3 to A6\"")
      }
      return range
    }
  }

  private var groups: ControlTrack.Groups {
    get throws {
      guard let groups = ControlTrack.Groups(followed: followWhat) else {
        throw ValidationError("--follow-what \"\(followWhat)\" is not made of pitch, register, loudness and brightness")
      }
      return groups
    }
  }
}
