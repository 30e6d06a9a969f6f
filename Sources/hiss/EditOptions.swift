import ArgumentParser
import Foundation
import Synthesis

/// What a clip has of an existing sound.
struct EditOptions: ParsableArguments {
  @Option(help: "A recording to change, or with --inpaint-start to repaint parts of.")
  var initAudio: String?

  @Option(parsing: .unconditional, help: "How much of it may change: 0 returns it, 1 ignores it.")
  var strength = EditRequest().strength

  @Option(parsing: .unconditionalSingleValue, help: "Where a part to make anew begins, in seconds; once for each part.")
  var inpaintStart: [Double] = []

  @Option(parsing: .unconditionalSingleValue, help: "Where it ends. The rest comes back sample for sample.")
  var inpaintEnd: [Double] = []

  @Option(help: "A recording to go on from, up to --duration.")
  var continueFrom: String?

  @Flag(
    help: """
      Make a loop: its end goes over into its beginning. Unless a tempo or chords say where that is, it begins where it \
      is quietest.
      """)
  var loop = false

  @Option(
    parsing: .unconditional,
    help: """
      Where in --init-audio the loop begins, in seconds: cuts it out of the recording as it is, as long as --duration or \
      --bars say, and lets its end go over into its beginning.
      """)
  var loopStart: Double?

  func validate() throws {
    // Before the files are opened, of which one is not meant.
    if initAudio != nil, continueFrom != nil {
      throw ValidationError("--init-audio and --continue-from exclude each other")
    }
  }

  /// Says in a draft what the options say.
  func fill(_ draft: inout RequestDraft) throws {
    draft.changedRecording = try initAudio.map { try ControlFile(path: $0, as: .sound) }
    draft.continuedRecording = try continueFrom.map { try ControlFile(path: $0, as: .sound) }
    (draft.inpaintStarts, draft.inpaintEnds) = (inpaintStart, inpaintEnd)
    (draft.strength, draft.isLoop, draft.loopStart) = (strength, loop || loopStart != nil, loopStart)
  }
}
