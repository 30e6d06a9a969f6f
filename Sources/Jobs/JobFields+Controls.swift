import Synthesis

extension JobFields {
  static let controlNames = [
    "chords", "bpm", "beats-per-chord", "key", "note", "time-signature", "bars", "midi", "follow", "control-scale",
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
    case "control-scale": controls.scale = Float(try value.asNumber)
    default: bars = try number(value, in: 1...1000)
    }
    request.controls = controls
  }

  /// What the fields make impossible together, in one line; sets the length that bars give.
  package mutating func finish() -> String? {
    if let problem = request.controls?.problem { return problem }
    if let bars {
      guard let seconds = request.controls?.seconds(bars: bars) else { return "bars want a tempo: there is no bpm" }
      request.duration = seconds
    }
    if request.controls?.isEmpty == true { request.controls = nil }
    return request.problem
  }

  private func file(_ value: FieldValue) throws(FieldProblem) -> ControlFile {
    do { return try ControlFile(path: try value.asText) } catch let error as ControlError {
      throw FieldProblem(reason: error.description)
    } catch let error as FieldProblem {
      throw error
    } catch {
      throw FieldProblem(reason: "\(error)")
    }
  }
}
