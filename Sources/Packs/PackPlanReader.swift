import Audio
import Foundation
import Jobs
import Synthesis
import Yams

/// Reads a plan's YAML, and gathers all that is wrong with it.
struct PackPlanReader {
  let path: String
  private(set) var problems: [ManifestProblem] = []

  init(path: String) { self.path = path }

  private static let fields = [
    "name", "about", "author", "licence", "model", "voices", "format", "seed", "defaults", "folders",
  ]
  /// Under which names fields may be said too.
  private static let aliases = ["description": "about", "license": "licence"]

  mutating func tell(_ reason: String, line: Int) { problems.append(ManifestProblem(line: line, reason: reason)) }

  /// The plan; nil, or of no account, where there are problems.
  mutating func read(_ data: Data) -> PackPlan? {
    var text = String(validating: data, as: UTF8.self)
    if text?.first == "\u{FEFF}" { text?.removeFirst() }
    guard let text else {
      tell("this is not UTF-8, as text must be here", line: 1)
      return nil
    }
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch {
      problems.append((error as? YamlError)?.problem(of: text) ?? ManifestProblem(line: 1, reason: "\(error)"))
      return nil
    }
    guard let root, !root.isEmptyValue else {
      tell("there is nothing in it: a plan has a name and folders", line: 1)
      return nil
    }
    guard let entries = entries(of: root, called: "the plan", known: Self.fields, aliases: Self.aliases) else {
      return nil
    }
    return plan(entries, line: root.line)
  }

  private mutating func plan(_ entries: [PlanEntry], line: Int) -> PackPlan {
    var plan = PackPlan(name: "", path: path)
    var (defaults, folders, seed) = ([PlanField](), [Node](), UInt64(0))
    for entry in entries {
      switch entry.name {
      case "defaults": defaults = self.defaults(entry.value)
      case "folders": folders = list(entry)
      case "voices": plan.voices = scalars(entry).map(\.text)
      case "seed": seed = number(entry, UInt64.self, in: 0...UInt64.max) ?? 0
      default:
        guard let text = text(entry) else { continue }
        take(text, of: entry, into: &plan)
      }
    }
    if !entries.contains(where: { $0.name == "name" }) { tell("there is no name", line: line) }
    if folders.isEmpty, !entries.contains(where: { $0.name == "folders" }) {
      tell("there are no folders", line: line)
    }
    var paths: [String: Int] = [:]
    for node in folders {
      guard let folder = PackFolderReader(defaults: defaults, seed: seed).read(node, with: &self) else { continue }
      if let former = paths.updateValue(node.line, forKey: folder.path.lowercased()) {
        tell("the folder \(folder.path) is that of line \(former)", line: node.line)
      }
      plan.folders.append(folder)
    }
    return plan
  }

  private mutating func take(_ text: String, of entry: PlanEntry, into plan: inout PackPlan) {
    switch entry.name {
    case "name": plan.name = text
    case "about": plan.about = text
    case "author": plan.author = text
    case "licence": plan.licence = text
    case "model": plan.model = text
    default:
      let formats = AudioFile.writableExtensions.filter(AudioFile.isReproducible).sorted()
      if !formats.contains(text) {
        tell("format: wants one of \(formats.joined(separator: ", ")), not \(text)", line: entry.line)
      }
      plan.format = text
    }
    if entry.name != "licence", entry.name != "about", text.contains(where: \.isNewline) {
      tell("\(entry.name): wants one line", line: entry.line)
    }
  }

  private mutating func defaults(_ node: Node) -> [PlanField] {
    let known = PackKind.loop.fields
    let entries = self.entries(of: node, called: "defaults", known: known, aliases: PackFolderReader.aliases) ?? []
    return entries.compactMap { field($0) }
  }
}
