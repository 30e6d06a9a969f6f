import Foundation
import Parallelism
import Storage
import Synthesis

/// Gathers the jobs of a manifest, and all that is wrong with it.
struct ManifestReader {
  /// What a line comes to, until its turn.
  enum Pending: Sendable {
    case job(JobReader.Described)
    case problem(String)
  }

  private typealias Resolution = Result<RequestDraft.Resolved, RequestProblem>?

  let reader: JobReader
  private let names: NameTemplate?
  private let threads: Int
  var jobs: [Job] = []
  /// Whether what many jobs have in common is told of the first alone.
  var tellsOnce = false
  private(set) var problems: [ManifestProblem] = []
  private(set) var notes = ManifestNotes()
  /// The line of each id, in lower case: some file systems do not tell A from a.
  var lines: [String: Int] = [:]
  /// Of names that ids are made of, the number that the next one gets.
  var nextNumbers: [String: Int] = [:]
  /// Lines that are read, and in order: so many at a time are resolved side by side.
  private var pending: [(line: Int, what: Pending)] = []
  private static let mostPending = 2048

  init(_ reader: JobReader, names: NameTemplate? = nil, threads: Int) {
    (self.reader, self.names, self.threads) = (reader, names, threads)
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
    settle()
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
      return tell(error.reason, line: error.line)
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
    settle()
  }

  /// The field of each column, nil of those that are none; nil where the header cannot be used.
  private mutating func columns(of table: SpreadsheetTable) -> [String?]? {
    guard !table.columns.isEmpty else { return nil }
    let names = table.columns.map { column in
      // As people write headers: "Negative Prompt".
      let name = RequestField.canonicalName(column.lowercased().replacing(" ", with: "-"))
      return JobReader.names.contains(name) ? name : nil
    }
    let known = "the fields are \(JobReader.names.joined(separator: ", "))"
    let unknown = zip(table.columns, names).filter { $1 == nil }.map { JobReader.quoted($0.0) }
    guard names.contains("prompt") else {
      tell("the header has no field prompt, but \(unknown.joined(separator: ", ")); \(known)", line: table.line)
      return nil
    }
    for (index, name) in names.enumerated() where name != nil && names[..<index].contains(name) {
      tell("the field \(name ?? "") is there twice", line: table.line)
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
    var reasons: [String] = []
    let job = reader.described(fields) { reasons.append($0) }
    for reason in reasons { report(reason, line: line) }
    if let job { queue(.job(job), line: line) }
  }

  mutating func report(_ reason: String, line: Int) { queue(.problem(reason), line: line) }

  mutating func queue(_ what: Pending, line: Int) {
    pending.append((line, what))
    if pending.count >= Self.mostPending { settle() }
  }

  /// Takes up what was read, in the order of its lines.
  mutating func settle() {
    let (waiting, reader) = (pending, reader)
    pending.removeAll(keepingCapacity: true)
    let resolved = Parallel.map(waiting.count, threads: threads) { index -> Resolution in
      if case .job(let job) = waiting[index].what { .some(reader.resolved(job)) } else { .none }
    }
    for ((line, what), resolved) in zip(waiting, resolved) {
      switch (what, resolved) {
      case (.problem(let reason), _): tell(reason, line: line)
      case (.job(let job), .success(let resolved)): take(job, resolved, line: line)
      case (.job, .failure(let problem)): tell(problem.text(), line: line)
      case (.job, nil): break
      }
    }
  }

  private mutating func take(_ job: JobReader.Described, _ resolved: RequestDraft.Resolved, line: Int) {
    if case .template(let template)? = job.id ?? names.map({ .template($0) }) {
      return append(job, resolved, named: template, line: line)
    }
    var given: String?
    if case .name(let name)? = job.id { given = name }
    let name = given ?? freeID(of: job.draft.prompt)
    tell(resolved, of: name, line: line)
    if given == nil { notes.add("there is no id: the clip is named after its prompt", line: line) }
    append(job.draft, resolved, id: name, line: line)
  }

  mutating func tell(_ resolved: RequestDraft.Resolved, of name: String, line: Int) {
    for note in resolved.readingLines + resolved.notes { notes.add(note.text(), line: line, job: name) }
  }

  /// One job, or as many as `count` says, with consecutive seeds.
  private mutating func append(_ draft: RequestDraft, _ resolved: RequestDraft.Resolved, id: String, line: Int) {
    guard hasRoom(for: draft.count, line: line) else { return }
    for index in 0..<draft.count {
      let id = draft.count == 1 ? id : "\(id)-\(index + 1)"
      if let former = lines.updateValue(line, forKey: id.lowercased()) {
        tell("the id \(id) is that of line \(former)", line: line)
        continue
      }
      var request = resolved.request
      // Without a seed, one that stays the same when the manifest is run again.
      request.seed = draft.seed.map { $0 &+ UInt64(index) } ?? StableHash.of(id) % 1_000_000
      jobs.append(Job(id: id, request: request, sampleRate: draft.sampleRate, file: draft.file))
    }
  }

  mutating func hasRoom(for count: Int, line: Int) -> Bool {
    let isThere = jobs.count + count <= Manifest.mostJobs
    if !isThere { tell("more than \(Manifest.mostJobs) jobs; split the manifest", line: line) }
    return isThere
  }

  mutating func tell(_ reason: String, line: Int) {
    guard !isFull, !tellsOnce || !problems.contains(where: { $0.reason == reason }) else { return }
    problems.append(ManifestProblem(line: line, reason: reason))
  }
}
