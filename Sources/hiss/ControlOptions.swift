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

  @Option(parsing: .unconditional, help: "How long each chord lasts, where the chords have no bar lines.")
  var beatsPerChord = ControlRequest().beatsPerChord

  @Option(
    help: ArgumentHelp("What roman numerals refer to; without chords, the scale to play in.", valueName: "A minor"))
  var key: String?

  @Option(help: ArgumentHelp("One note to hold, instead of chords.", valueName: "C4"))
  var note: String?

  @Option(help: ArgumentHelp("Beats in a bar.", valueName: "4/4"))
  var timeSignature: String?

  @Option(parsing: .unconditional, help: "The length in bars instead of seconds, exact to the sample; wants --bpm.")
  var bars: Int?

  @Option(help: "A MIDI file whose notes and beats to play.")
  var midi: String?

  @Option(help: "A recording to follow: hum a line and prompt for a violin.")
  var follow: String?

  @Option(help: ArgumentHelp("What to follow of it, and of its octaves: register.", valueName: "pitch,loudness"))
  var followWhat = "pitch,loudness,brightness"

  @Option(
    parsing: .unconditional,
    help: "How strongly all this is followed; 1 is as learned (default: as --cfg-scale; with --follow 4).")
  var controlScale: Float?

  @Flag(help: "Do not look for a tempo, a key, chords and a note in the prompt: the text encoder is told all of it.")
  var noParse = false

  func validate() throws {
    if let bars, !(1...1000).contains(bars) { throw ValidationError("--bars \(bars) is not between 1 and 1000") }
    _ = try groups
  }

  /// What options and prompt ask for; what was understood of the prompt is said on stderr.
  /// - Parameter takesControls: whether the model does; else nothing is looked for in the prompt.
  func request(prompt: String, takesControls: Bool) throws -> ControlRequest {
    let heard = takesControls && !noParse ? PromptMusic(prompt) : nil
    let request = try request(heard: heard)
    if let heard, !heard.isEmpty {
      Console.note("understood: \(heard.summary) (--no-parse: leave it to the prompt)")
    }
    return request
  }

  /// What is asked for by options, or by the prompt where the options leave it open.
  /// - Parameter heard: what the prompt says of music; nil when it is not to be looked at.
  private func request(heard: PromptMusic?) throws -> ControlRequest {
    var request = ControlRequest()
    request.chords = chords
    request.note = note
    request.beatsPerChord = beatsPerChord
    request.key = key
    request.tempo = bpm
    request.timeSignature = timeSignature
    request.midi = try midi.map { try ControlFile(path: $0) }
    request.follow = try follow.map { try ControlFile(path: $0) }
    request.followed = try groups
    request.scale = controlScale
    if let heard { request.hear(heard) }
    if let problem = request.problem { throw ValidationError(problem) }
    return request
  }

  /// The length in seconds that bars give; nil without --bars.
  func seconds(_ request: ControlRequest) throws -> Double? {
    guard let bars else { return nil }
    guard let seconds = request.seconds(bars: bars) else {
      throw ValidationError("--bars wants a tempo: --bpm, or one in the prompt")
    }
    return seconds
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

extension PromptMusic {
  /// What was read, in words.
  var summary: String {
    var parts: [String] = []
    if let tempo { parts.append(String(format: "%g bpm", tempo)) }
    if let timeSignature { parts.append(timeSignature.name) }
    if let key { parts.append(key.name) }
    if let chordNames { parts.append("chords \(chordNames)") }
    if let noteName { parts.append("note \(noteName)") }
    return parts.joined(separator: ", ")
  }
}
