import Storage
import Synthesis
import Yams

/// A field of a folder's clips, with one value or with several, which go round.
struct PlanField: Sendable {
  let name: String
  let values: [PlanScalar]
}

/// The values of a plan: each is of its kind, or told with its line.
extension PackPlanReader {
  /// The entries of a mapping; nil where it is none.
  mutating func entries(
    of node: Node, called name: String, known: [String], aliases: [String: String]
  ) -> [PlanEntry]? {
    guard case .mapping(let mapping) = node else {
      tell("\(name): wants lines of the form \"name: value\", not \(node.kindInWords)", line: node.line)
      return nil
    }
    var (entries, seen) = ([PlanEntry](), Set<String>())
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        tell("\(name): a name is one word, not \(key.kindInWords)", line: key.line)
        continue
      }
      // As people write names: "Negative Prompt".
      let written = RequestField.canonicalName(scalar.string.lowercased().replacing(" ", with: "-"))
      let field = aliases[written] ?? written
      guard known.contains(field) else {
        tell("\(name): \(scalar.string) is unknown; the fields are \(known.joined(separator: ", "))", line: key.line)
        continue
      }
      guard seen.insert(field).inserted else {
        tell("\(name): \(field) is said twice", line: key.line)
        continue
      }
      guard !value.isEmptyValue else {
        tell("\(scalar.string): has no value", line: key.line)
        continue
      }
      entries.append(PlanEntry(name: field, value: value, line: key.line))
    }
    return entries
  }

  /// A value that is a text.
  mutating func text(_ entry: PlanEntry) -> String? {
    guard case .scalar(let scalar) = entry.value else {
      tell("\(entry.name): wants one value, not \(entry.value.kindInWords)", line: entry.value.line)
      return nil
    }
    let text = scalar.string.trimmingBlanks
    if text.isEmpty { tell("\(entry.name): has no value", line: entry.line) }
    if text.holdsControlCharacters(besides: "\n\t") {
      tell("\(entry.name): holds control characters", line: entry.line)
    }
    return text.isEmpty ? nil : text
  }

  /// A whole number.
  mutating func number<Integer: FixedWidthInteger & Sendable>(
    _ entry: PlanEntry, _ type: Integer.Type, in range: ClosedRange<Integer>
  ) -> Integer? {
    guard let text = text(entry) else { return nil }
    do throws(FieldProblem) {
      let number = try FieldValue.untyped(text).asInteger(Integer.self)
      if range.contains(number) { return number }
      tell("\(entry.name): \(text) is not between \(range.lowerBound) and \(range.upperBound)", line: entry.value.line)
    } catch { tell("\(entry.name): \(error.reason)", line: entry.value.line) }
    return nil
  }

  /// A number.
  mutating func decimal(_ entry: PlanEntry, in range: ClosedRange<Double>) -> Double? {
    guard let text = text(entry) else { return nil }
    do throws(FieldProblem) {
      let number = try FieldValue.untyped(text).asNumber
      if range.contains(number) { return number }
      tell("\(entry.name): \(text) is not between \(range.lowerBound) and \(range.upperBound)", line: entry.value.line)
    } catch { tell("\(entry.name): \(error.reason)", line: entry.value.line) }
    return nil
  }

  /// The parts of a list.
  mutating func list(_ entry: PlanEntry) -> [Node] {
    guard case .sequence(let nodes) = entry.value, !nodes.isEmpty else {
      tell("\(entry.name): wants a list, each part behind a \"- \"", line: entry.value.line)
      return []
    }
    return Array(nodes)
  }

  /// A value, or a list of values.
  mutating func scalars(_ entry: PlanEntry) -> [PlanScalar] {
    guard case .sequence(let nodes) = entry.value else {
      return text(entry).map { [PlanScalar(text: $0, line: entry.value.line)] } ?? []
    }
    if nodes.isEmpty { tell("\(entry.name): the list is empty", line: entry.line) }
    return nodes.compactMap { node in
      if case .mapping = node {
        tell("\(entry.name): a value with a colon and a space in it stands in quotes", line: node.line)
        return nil
      }
      return text(PlanEntry(name: entry.name, value: node, line: node.line))
        .map { PlanScalar(text: $0, line: node.line) }
    }
  }

  /// A field of clips, each of whose values is one that it takes.
  mutating func field(_ entry: PlanEntry) -> PlanField? {
    let values = scalars(entry)
    for value in values {
      var draft = RequestDraft()
      do throws(FieldProblem) { try draft.set(entry.name, to: .untyped(value.text)) } catch {
        tell("\(entry.name): \(error.reason)", line: value.line)
      }
    }
    return values.isEmpty ? nil : PlanField(name: entry.name, values: values)
  }
}
