import Storage
import Synthesis

/// What jobs are called.
extension ManifestReader {
  /// The jobs of a line whose names a template makes. Without a seed, theirs are those of the names that their prompt makes.
  mutating func append(
    _ job: JobReader.Described, _ resolved: RequestDraft.Resolved, named template: NameTemplate, line: Int
  ) {
    let draft = job.draft
    guard hasRoom(for: draft.count, line: line) else { return }
    for index in 0..<draft.count {
      var request = resolved.request
      let key = "\(ClipName.of(draft.prompt))-\(index + 1)"
      request.seed = draft.seed.map { $0 &+ UInt64(index) } ?? StableHash.of(key) % 1_000_000
      if let problem = job.product?.problem(of: request) {
        tell(problem, line: line)
        continue
      }
      let id = freeID(template, of: request, in: job.folder)
      if index == 0 { tell(resolved, of: id, line: line) }
      lines[id.lowercased()] = line
      jobs.append(
        Job(id: id, request: request, sampleRate: draft.sampleRate, file: draft.file, product: job.product))
    }
  }

  /// The first name of a template that no job has, by its take or by a number behind it.
  private mutating func freeID(
    _ template: NameTemplate, of request: GenerationRequest, in folder: String?
  ) -> String {
    func id(_ number: Int) -> String {
      let name = template.name(of: request, take: number, isPlain: true)
      let path = folder.map { "\($0)/" } ?? ""
      return path + (template.numbersTakes || number == 1 ? name : "\(name)-\(number)")
    }
    let key = "{" + id(1).lowercased()
    var number = nextNumbers[key] ?? 1
    while lines[id(number).lowercased()] != nil { number += 1 }
    nextNumbers[key] = number + 1
    return id(number)
  }

  /// An id made of a prompt, with a number where another job has it already.
  mutating func freeID(of prompt: String) -> String {
    let letters = ClipName.of(prompt).filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) }
    let name = letters.isEmpty ? "clip" : letters
    let key = name.lowercased()
    var (id, number) = (name, nextNumbers[key] ?? 2)
    while lines[id.lowercased()] != nil {
      id = "\(name)-\(number)"
      number += 1
    }
    nextNumbers[key] = number
    return id
  }
}
