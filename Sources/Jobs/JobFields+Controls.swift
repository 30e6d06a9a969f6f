import Music
import Synthesis

extension JobFields {
  static let controlNames = [
    "chords", "bpm", "beats-per-chord", "key", "note", "time-signature", "bars", "midi", "follow", "follow-what",
    "control-scale", "no-parse",
  ]

  /// Takes one field of those that say what a clip should do besides its prompt.
  mutating func setControl(_ name: String, to value: FieldValue) throws(FieldProblem) {
    var controls = request.controls ?? ControlRequest()
    switch name {
    case "chords": controls.chords = try value.asText
    case "bpm": controls.tempo = try value.asNumber
    case "beats-per-chord": controls.beatsPerChord = try value.asNumber
    case "key": controls.key = try value.asText
    case "note": controls.note = try value.asText
    case "time-signature": controls.timeSignature = try value.asText
    case "midi": controls.midi = try file(value)
    case "follow": controls.follow = try file(value)
    case "follow-what": controls.followed = try groups(value)
    case "control-scale": controls.scale = Float(try value.asNumber)
    case "no-parse": isUnheard = try value.asFlag
    default: bars = try number(value, in: 1...1000)
    }
    request.controls = controls
  }

  /// Adds what the prompt says of music, and forgets controls that ask for nothing.
  mutating func finishControls(hearsPrompt: Bool) -> String? {
    var controls = request.controls ?? ControlRequest()
    if hearsPrompt { controls.hear(PromptMusic(request.prompt)) }
    request.controls = controls.isEmpty ? nil : controls
    return controls.problem
  }

  private func groups(_ value: FieldValue) throws(FieldProblem) -> ControlTrack.Groups {
    guard let groups = ControlTrack.Groups(followed: try value.asText) else {
      throw FieldProblem(reason: "wants some of pitch, register, loudness, brightness")
    }
    return groups
  }
}
