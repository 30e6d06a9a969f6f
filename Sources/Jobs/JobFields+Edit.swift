import Synthesis

extension JobFields {
  static let editNames = ["init-audio", "strength", "inpaint-start", "inpaint-end", "continue-from", "loop"]

  /// Takes one field of those that say what a clip has of an existing sound.
  mutating func setEdit(_ name: String, to value: FieldValue) throws(FieldProblem) {
    var edit = request.edit ?? EditRequest()
    switch name {
    case "init-audio", "continue-from":
      guard edit.source == nil || edit.continues == (name == "continue-from") else {
        throw FieldProblem(reason: "goes with no other recording: init-audio and continue-from exclude each other")
      }
      edit.source = try file(value)
      edit.continues = name == "continue-from"
      changesRecording = name == "init-audio"
    case "strength": edit.strength = try value.asNumber
    case "inpaint-start": inpainted.starts = try value.asNumbers
    case "inpaint-end": inpainted.ends = try value.asNumbers
    default: edit.isLoop = try value.asFlag
    }
    request.edit = edit
  }

  /// Brings the times of parts to make anew together, and forgets an edit that asks for nothing.
  mutating func finishEdit() -> String? {
    guard var edit = request.edit else { return nil }
    guard inpainted.starts.count == inpainted.ends.count else { return "every inpaint-start wants an inpaint-end" }
    if !inpainted.starts.isEmpty {
      edit.repainted = zip(inpainted.starts, inpainted.ends).map { EditRequest.Span(start: $0, end: $1) }
    }
    if edit.source == nil, !edit.repainted.isEmpty { return "inpaint-start wants an init-audio" }
    request.edit = edit.isEmpty ? nil : edit
    return nil
  }
}
