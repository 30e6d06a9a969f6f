import Foundation
import Storage
import Synthesis

/// Gathers the jobs of a manifest, and all that is wrong with it.
struct ManifestReader {
  /// Whether the music that prompts name becomes controls.
  let hearsPrompts: Bool
  private(set) var jobs: [Job] = []
  private(set) var problems: [ManifestProblem] = []
  /// The line of each id, in lower case: some file systems do not tell A from a.
  private(set) var lines: [String: Int] = [:]

  init(hearsPrompts: Bool) { self.hearsPrompts = hearsPrompts }

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

  mutating func readCommaSeparated(_ data: Data) {
    let table: [CommaSeparatedValues.Record]
    do {
      table = try CommaSeparatedValues.parse(data)
    } catch {
      return report(error.reason, line: error.line)
    }
    guard let header = table.first else { return }
    for (index, field) in header.fields.enumerated() {
      let name = RequestField.canonicalName(field)
      if !Self.names.contains(name) {
        let known = Self.names.joined(separator: ", ")
        report("\(Self.quoted(field)) is unknown; the fields are \(known)", line: header.line)
      } else if header.fields[..<index].contains(where: { RequestField.canonicalName($0) == name }) {
        report("the field \(name) is there twice", line: header.line)
      }
    }
    guard problems.isEmpty else { return }
    for record in table.dropFirst() where !isFull {
      guard record.fields.count == header.fields.count else {
        report("\(record.fields.count) values, and the header names \(header.fields.count) fields", line: record.line)
        continue
      }
      // An empty value is a field that is left out.
      let fields = zip(header.fields, record.fields).filter { !$1.isEmpty }
      add(fields.map { ($0, .untyped($1)) }, line: record.line)
    }
  }

  private mutating func add(_ fields: [(name: String, value: FieldValue)], line: Int) {
    let before = problems.count
    var (draft, id) = (RequestDraft(), String?.none)
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
    for name in ["id", "prompt"] where !seen.contains(name) { report("there is no \(name)", line: line) }
    guard problems.count == before, let id else { return }
    do {
      append(draft, try draft.resolve(takesControls: hearsPrompts), id: id, line: line)
    } catch { report(error.text(), line: line) }
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
