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

  func validate() throws {
    guard inpaintStart.count == inpaintEnd.count else {
      throw ValidationError("every --inpaint-start wants an --inpaint-end")
    }
    if !inpaintStart.isEmpty, initAudio == nil { throw ValidationError("--inpaint-start wants an --init-audio") }
    if initAudio != nil, continueFrom != nil {
      throw ValidationError("--init-audio and --continue-from exclude each other")
    }
  }

  /// What is asked for; nil when nothing is.
  var request: EditRequest? {
    get throws {
      var request = EditRequest()
      request.source = try (initAudio ?? continueFrom).map { try ControlFile(path: $0) }
      request.strength = strength
      request.repainted = zip(inpaintStart, inpaintEnd).map { EditRequest.Span(start: $0, end: $1) }
      request.continues = continueFrom != nil
      request.isLoop = loop
      return request.isEmpty ? nil : request
    }
  }
}
