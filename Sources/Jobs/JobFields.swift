import Diffusion
package import Synthesis

/// A clip that is being described field by field: the options of `hiss generate` under their own names.
package struct JobFields: Sendable {
  package var id: String?
  package var request: GenerationRequest
  package var sampleRate: Int
  package var count = 1
  package var seed: UInt64?
  // What decides together with other fields, and so after all have been read.
  var duration: Double?
  /// The length in bars instead of seconds.
  var bars: Int?
  var steps: Int?
  var vocoderIterations: Int?
  var isDraft = false
  /// Whether the prompt's words are left to the prompt.
  var isUnheard = false
  /// Whether the clip is a recording with changes, and so as long, unless something else is said.
  var changesRecording = false
  /// Where parts to make anew begin and end, in seconds.
  var inpainted: (starts: [Double], ends: [Double]) = ([], [])

  package static let names =
    [
      "id", "prompt", "negative-prompt", "duration", "steps", "time-shift", "cfg-scale", "sampler", "seed", "count",
      "sample-rate", "vocoder-iterations", "draft",
    ] + controlNames + editNames

  package init(request: GenerationRequest = GenerationRequest(prompt: ""), sampleRate: Int = 44_100) {
    self.request = request
    self.sampleRate = sampleRate
  }

  /// A field's own name: underscores do for hyphens.
  package static func name(_ written: String) -> String {
    String(written.map { $0 == "_" ? "-" : $0 })
  }

  /// Takes one field.
  /// - Throws: `FieldProblem` for a field that is unknown or whose value is of the wrong kind.
  package mutating func set(_ name: String, to value: FieldValue) throws(FieldProblem) {
    switch Self.name(name) {
    case "id":
      let text = try value.asText
      if let problem = Self.problem(ofID: text) { throw FieldProblem(reason: problem) }
      id = text
    case "prompt":
      request.prompt = try prompt(value)
      request.controls?.hasHeardPrompt = nil
    case "negative-prompt": request.negativePrompt = try prompt(value)
    case "duration": duration = try value.asNumber
    case "steps": steps = try value.asInteger(Int.self)
    case "time-shift": request.timeShift = Float(try value.asNumber)
    case "cfg-scale": request.guidanceScale = Float(try value.asNumber)
    case "sampler": request.sampler = try sampler(value)
    case "seed": seed = try value.asInteger(UInt64.self)
    case "count": count = try number(value, in: 1...10_000)
    case "sample-rate": sampleRate = try number(value, in: 8_000...192_000)
    case "vocoder-iterations": vocoderIterations = try value.asInteger(Int.self)
    case "draft": isDraft = try value.asFlag
    case let name where Self.controlNames.contains(name): try setControl(name, to: value)
    case let name where Self.editNames.contains(name): try setEdit(name, to: value)
    default: throw FieldProblem(reason: "unknown; the fields are \(Self.names.joined(separator: ", "))")
    }
  }

  /// Why a text cannot be the name of a clip's file on every system; nil if it can.
  package static func problem(ofID id: String) -> String? {
    guard (1...100).contains(id.utf8.count) else { return "wants 1 to 100 characters, not \(id.utf8.count)" }
    let isPlain = id.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isPlain else { return "names a file: letters and digits of ASCII, and . _ - within, are all it may hold" }
    guard id.first != ".", id.first != "-" else { return "names a file: it begins with a letter, a digit or _" }
    return nil
  }

  /// Brings together what the fields say.
  /// - Parameter hearsPrompt: whether tempo, key, chords and a note in the prompt become controls, as of `hiss generate`.
  /// - Returns: what they make impossible together, in one line; nil if nothing.
  package mutating func finish(hearsPrompt: Bool) -> String? {
    if isDraft { request.makeDraft() }
    if let steps { request.steps = steps }
    if let vocoderIterations { request.vocoderIterations = vocoderIterations }
    if let problem = finishControls(hearsPrompt: hearsPrompt && !isUnheard) ?? finishEdit() { return problem }
    if let problem = finishLength() { return problem }
    return request.problem
  }

  private mutating func finishLength() -> String? {
    if duration != nil, bars != nil { return "duration and bars exclude each other" }
    if let bars {
      guard let seconds = request.controls?.seconds(bars: bars) else { return "bars want a tempo: there is no bpm" }
      request.duration = seconds
    } else if let duration {
      request.duration = duration
    } else if changesRecording {
      do { request.duration = try request.edit?.naturalSeconds() ?? request.duration } catch {
        return error.description
      }
    }
    return nil
  }

  private func prompt(_ value: FieldValue) throws(FieldProblem) -> String {
    let text = try value.asText
    guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
      throw FieldProblem(reason: "holds control characters")
    }
    return text
  }

  private func sampler(_ value: FieldValue) throws(FieldProblem) -> SamplerKind {
    guard let kind = SamplerKind(rawValue: try value.asText) else {
      let names = SamplerKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw FieldProblem(reason: "wants one of \(names)")
    }
    return kind
  }

  /// The file that a clip depends on, as it is now.
  func file(_ value: FieldValue) throws(FieldProblem) -> ControlFile {
    let path = try value.asText
    do { return try ControlFile(path: path) } catch { throw FieldProblem(reason: error.description) }
  }

  func number(_ value: FieldValue, in range: ClosedRange<Int>) throws(FieldProblem) -> Int {
    let number = try value.asInteger(Int.self)
    guard range.contains(number) else {
      throw FieldProblem(reason: "wants a number between \(range.lowerBound) and \(range.upperBound), not \(number)")
    }
    return number
  }
}
