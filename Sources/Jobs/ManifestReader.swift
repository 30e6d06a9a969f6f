import Foundation
import Storage
import Synthesis
import Text

/// Gathers the jobs of a manifest, and all that is wrong with it.
struct ManifestReader {
  /// Whether the music that prompts name becomes controls.
  let hearsPrompts: Bool
  /// The model's words.
  let vocabulary: Vocabulary?
  /// Whether the model ends what it makes.
  let endsSounds: Bool
  private(set) var jobs: [Job] = []
  private(set) var problems: [ManifestProblem] = []
  private(set) var notes = ManifestNotes()
  /// The line of each id, in lower case: some file systems do not tell A from a.
  private(set) var lines: [String: Int] = [:]
  /// Jobs that share a file read it once.
  private let files = ControlFileMemory()

  init(hearsPrompts: Bool, vocabulary: Vocabulary? = nil, endsSounds: Bool = false) {
    (self.hearsPrompts, self.vocabulary, self.endsSounds) = (hearsPrompts, vocabulary, endsSounds)
  }

  var isFull: Bool { problems.count >= Manifest.mostProblems }

  mutating func readLines(_ data: Data) {
    data.withUnsafeBytes { (bytes: UnsafeRawBufferPointer) in
      var rest = bytes[...]
      if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
      var number = 0
      while !rest.isEmpty, !isFull {
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
        number += 1
        readLine(rest[rest.startIndex..<end], number: number)
        rest = rest[min(end + 1, rest.endIndex)...]
      }
    }
  }

  private mutating func readLine(_ line: Slice<UnsafeRawBufferPointer>, number: Int) {
    guard line.count <= Manifest.longestLine else {
      return report("a line of \(line.count) bytes is longer than \(Manifest.longestLine)", line: number)
    }
    guard line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { return }
    do {
      add(try JSONLine.fields(ArraySlice(line)), line: number)
    } catch {
      report("column \(error.column): \(error.reason)", line: number)
    }
  }

  mutating func readTable(_ data: Data) {
    let table: SpreadsheetTable
    do {
      table = try SpreadsheetTable(data)
    } catch {
      return report(error.reason, line: error.line)
    }
    for remark in table.remarks { notes.add(remark, line: table.line) }
    guard let columns = columns(of: table) else { return }
    var faults = table.faults[...]
    for row in table.rows where !isFull {
      while let fault = faults.first, fault.line < row.line { report(faults.removeFirst().reason, line: fault.line) }
      // An empty value is a field that is left out.
      let fields = zip(columns, row.values).compactMap { name, value in
        name.flatMap { value.isEmpty ? nil : ($0, Self.value(value, of: $0, in: table)) }
      }
      if !fields.isEmpty { add(fields, line: row.line) }
    }
    for fault in faults { report(fault.reason, line: fault.line) }
  }

  /// The field of each column, nil of those that are none; nil where the header cannot be used.
  private mutating func columns(of table: SpreadsheetTable) -> [String?]? {
    guard !table.columns.isEmpty else { return nil }
    let names = table.columns.map { column in
      // As people write headers: "Negative Prompt".
      let name = RequestField.canonicalName(column.lowercased().replacing(" ", with: "-"))
      return Self.names.contains(name) ? name : nil
    }
    let known = "the fields are \(Self.names.joined(separator: ", "))"
    let unknown = zip(table.columns, names).filter { $1 == nil }.map { Self.quoted($0.0) }
    guard names.contains("prompt") else {
      report("the header has no field prompt, but \(unknown.joined(separator: ", ")); \(known)", line: table.line)
      return nil
    }
    for (index, name) in names.enumerated() where name != nil && names[..<index].contains(name) {
      report("the field \(name ?? "") is there twice", line: table.line)
    }
    if !unknown.isEmpty {
      notes.add("left out, as \(known): \(unknown.joined(separator: ", "))", line: table.line)
    }
    return problems.isEmpty ? names : nil
  }

  /// A cell. Where decimal commas are in use, several numbers are separated by blanks or semicolons.
  private static func value(_ text: String, of field: String, in table: SpreadsheetTable) -> FieldValue {
    let isList = field == "inpaint-start" || field == "inpaint-end"
    guard isList, table.mayHaveDecimalCommas, !text.contains(".") else { return .untyped(text) }
    return .untyped(text.replacing(", ", with: " ").replacing(",", with: "."))
  }

  private mutating func add(_ fields: [(name: String, value: FieldValue)], line: Int) {
    let before = problems.count
    var (draft, id) = (RequestDraft(), String?.none)
    (draft.files, draft.vocabulary, draft.modelEndsSounds) = (files, vocabulary, endsSounds)
    var seen: Set<String> = []
    for (name, value) in fields {
      guard seen.insert(RequestField.canonicalName(name)).inserted else {
        report("the field \(Self.quoted(name)) is there twice", line: line)
        continue
      }
      do throws(FieldProblem) {
        if name == "id" {
          id = try Self.id(value)
        } else if RequestField.named(name) == nil {
          throw FieldProblem(reason: "unknown; the fields are \(Self.names.joined(separator: ", "))")
        } else {
          try draft.set(name, to: value)
        }
      } catch {
        report("\(Self.quoted(name)) \(error.reason)", line: line)
      }
    }
    if !seen.contains("prompt") { report("there is no prompt", line: line) }
    guard problems.count == before else { return }
    do {
      let resolved = try draft.resolve(takesControls: hearsPrompts)
      let name = id ?? freeID(of: draft.prompt)
      for note in resolved.readingLines + resolved.notes { notes.add(note.text(), line: line, job: name) }
      if id == nil { notes.add("there is no id: the clip is named after its prompt", line: line) }
      append(draft, resolved, id: name, line: line)
    } catch { report(error.text(), line: line) }
  }

  /// An id made of a prompt, with a number where another job has it already.
  private func freeID(of prompt: String) -> String {
    let letters = ClipName.of(prompt).filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
    let name = letters.isEmpty ? "clip" : letters
    var (id, number) = (name, 2)
    while lines[id.lowercased()] != nil {
      id = "\(name)-\(number)"
      number += 1
    }
    return id
  }

  /// What a job may say: its file's name, and every field of a request.
  private static let names = ["id"] + RequestField.names

  /// A text that can be the name of a clip's file on every system.
  private static func id(_ value: FieldValue) throws(FieldProblem) -> String {
    let id = try value.asText
    guard (1...100).contains(id.utf8.count) else {
      throw FieldProblem(reason: "wants 1 to 100 characters, not \(id.utf8.count)")
    }
    let isPlain = id.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || $0.properties.numericType != nil || "._-".unicodeScalars.contains($0))
    }
    guard isPlain else {
      throw FieldProblem(reason: "names a file: letters and digits of ASCII, and . _ - within, are all it may hold")
    }
    guard id.first != ".", id.first != "-" else {
      throw FieldProblem(reason: "names a file: it begins with a letter, a digit or _")
    }
    return id
  }

  /// One job, or as many as `count` says, with consecutive seeds.
  private mutating func append(_ draft: RequestDraft, _ resolved: RequestDraft.Resolved, id: String, line: Int) {
    guard jobs.count + draft.count <= Manifest.mostJobs else {
      return report("more than \(Manifest.mostJobs) jobs; split the manifest", line: line)
    }
    for index in 0..<draft.count {
      let id = draft.count == 1 ? id : "\(id)-\(index + 1)"
      if let former = lines.updateValue(line, forKey: id.lowercased()) {
        report("the id \(id) is that of line \(former)", line: line)
        continue
      }
      var request = resolved.request
      // Without a seed, one that stays the same when the manifest is run again.
      request.seed = draft.seed.map { $0 &+ UInt64(index) } ?? StableHash.of(id) % 1_000_000
      jobs.append(Job(id: id, request: request, sampleRate: draft.sampleRate))
    }
  }

  private mutating func report(_ reason: String, line: Int) {
    if !isFull { problems.append(ManifestProblem(line: line, reason: reason)) }
  }

  /// A name from the file, fit for a terminal.
  private static func quoted(_ text: String) -> String {
    let start = text.prefix(40)
    let printable = start.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : String($0) }
    return "\"\(printable.joined())\(start.endIndex < text.endIndex ? "…" : "")\""
  }
}
