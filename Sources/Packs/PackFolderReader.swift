import Foundation
import Instruments
import Jobs
import Music
import Rendering
import Storage
import Synthesis
import Yams

/// Reads one folder of a plan.
struct PackFolderReader {
  /// What holds of all folders of clips.
  let defaults: [PlanField]
  let seed: UInt64

  /// What every folder says.
  private static let fields = ["folder", "kind", "about", "prompts", "count", "seed", "name"]
  static let aliases = [
    "prompt": "prompts", "description": "about", "tempo": "bpm", "tempos": "bpm", "keys": "key", "notes": "note",
    "level": "lufs",
  ]
  private static let mostClips = 100_000

  func read(_ node: Node, with reader: inout PackPlanReader) -> PackFolder? {
    guard case .mapping(let mapping) = node else {
      reader.tell("a folder wants lines of the form \"name: value\", not \(node.kindInWords)", line: node.line)
      return nil
    }
    guard let kind = kind(of: mapping, line: node.line, &reader) else { return nil }
    let problemCount = reader.problems.count
    guard
      let entries = reader.entries(
        of: node, called: "a folder of \(kind.title)", known: Self.fields + kind.fields, aliases: Self.aliases)
    else { return nil }
    var parts = Parts()
    for entry in entries { take(entry, into: &parts, kind, &reader) }
    // What has no value is told already.
    let isWhole = reader.problems.count == problemCount
    if isWhole, parts.path == nil { reader.tell("there is no folder: say its name", line: node.line) }
    if isWhole, parts.prompts.isEmpty {
      reader.tell("there are no prompts: say what the \(kind.title) should sound like", line: node.line)
    }
    guard let path = parts.path, !parts.prompts.isEmpty else { return nil }
    var folder = PackFolder(path: path, kind: kind, about: parts.about)
    folder.rows =
      kind.isInstrument
      ? instruments(parts, path, kind, line: node.line, &reader) : clips(parts, path, kind, line: node.line)
    return folder
  }

  /// What a folder says.
  struct Parts {
    var path: String?
    var about: String?
    var prompts: [PlanScalar] = []
    var count: Int?
    var seed: UInt64?
    var name: NameTemplate?
    var fields: [PlanField] = []
    var instrument = InstrumentFields()
  }

  /// The kind, by which the other fields are known.
  private func kind(of mapping: Node.Mapping, line: Int, _ reader: inout PackPlanReader) -> PackKind? {
    let known = PackKind.allCases.map(\.rawValue).joined(separator: ", ")
    let found = mapping.first { $0.key.string?.lowercased() == "kind" }
    guard let node = found?.value, !node.isEmptyValue else {
      reader.tell("there is no kind: say one of \(known)", line: line)
      return nil
    }
    guard let text = reader.text(PlanEntry(name: "kind", value: node, line: node.line)) else { return nil }
    let plain = RequestField.canonicalName(text.lowercased()).replacing(" ", with: "-")
    let kind = PackKind.allCases.first { $0.rawValue == plain || $0.rawValue + "s" == plain }
    if kind == nil { reader.tell("kind: \(text) is none of \(known)", line: node.line) }
    return kind
  }

  private func take(_ entry: PlanEntry, into parts: inout Parts, _ kind: PackKind, _ reader: inout PackPlanReader) {
    switch entry.name {
    case "kind": break
    case "folder": parts.path = reader.text(entry).flatMap { path($0, line: entry.line, &reader) }
    case "about": parts.about = reader.text(entry)
    case "prompts":
      parts.prompts = reader.scalars(entry)
      for prompt in parts.prompts where Self.saysNoSound(prompt.text) {
        reader.tell(
          "prompts: \"\(prompt.text)\" says no sound: a prompt with a comma in a list stands in quotes",
          line: prompt.line)
      }
    case "count": parts.count = reader.number(entry, Int.self, in: 1...Self.mostClips)
    case "seed": parts.seed = reader.number(entry, UInt64.self, in: 0...UInt64.max)
    case "name":
      guard let text = reader.text(entry) else { return }
      do throws(NameProblem) {
        let template = try NameTemplate(text)
        if template.fileExtension != nil {
          reader.tell("name: the plan's format is what files end with", line: entry.line)
        }
        parts.name = template
      } catch { reader.tell("name: \(error)", line: entry.line) }
    default:
      if kind.isInstrument {
        parts.instrument.take(entry, kind, &reader)
      } else if kind == .stems, StemPlan.fields.contains(entry.name) {
        if let field = composed(entry, &reader) { parts.fields.append(field) }
      } else if let field = reader.field(entry) {
        parts.fields.append(field)
      }
    }
  }

  /// Whether a prompt has nothing in it but tempo, key, length, chords or a note, as a part of one has that a comma cut in two.
  private static func saysNoSound(_ prompt: String) -> Bool { PromptMusic("sound, " + prompt).caption == "sound" }

  /// What a folder says of its compositions.
  private func composed(_ entry: PlanEntry, _ reader: inout PackPlanReader) -> PlanField? {
    var values = reader.scalars(entry)
    // Of players a list is one value: who plays together.
    if entry.name == "stems", let first = values.first {
      values = [PlanScalar(text: values.map(\.text).joined(separator: ","), line: first.line)]
    }
    for value in values {
      var plan = StemPlan()
      do throws(StemPlanError) { try plan.set(entry.name, to: value.text) } catch {
        reader.tell("\(error)", line: value.line)
      }
    }
    return values.isEmpty ? nil : PlanField(name: entry.name, values: values)
  }

  /// A path in the pack, of names that every system takes.
  private func path(_ text: String, line: Int, _ reader: inout PackPlanReader) -> String? {
    let names = text.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = names.allSatisfy { name in
      (1...60).contains(name.utf8.count) && !"._-".contains(name.first ?? ".") && name.last != "."
        && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }
    guard isPlain, names.count <= 4 else {
      reader.tell(
        "folder: \(text) is no path in the pack: up to four names of letters and digits of ASCII, and . _ - within, apart "
          + "by /", line: line)
      return nil
    }
    return text
  }
}
