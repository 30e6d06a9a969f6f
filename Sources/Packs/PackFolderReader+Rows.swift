import Instruments
import Jobs
import Rendering
import Storage
import Synthesis

/// What a folder's clips are.
extension PackFolderReader {
  /// A row for each clip: prompts, tempos, keys and whatever else is a list go round side by side.
  func clips(_ parts: Parts, _ path: String, _ kind: PackKind, line: Int) -> [ManifestRow] {
    let fields = [PlanField(name: "prompt", values: parts.prompts)] + settled(parts.fields, kind)
    let count = parts.count ?? fields.map(\.values.count).max() ?? 1
    let template = parts.name ?? .standard
    var repetitions: [String: Int] = [:]
    return Dealing(fields.map(\.values.count)).places(count).map { places in
      let values = zip(fields, places).map { ($0.name, $0.values[$1]) }
      let content = values.map { "\($0)=\($1.text)" }.joined(separator: "\n")
      let repetition = repetitions[content, default: 0]
      repetitions[content] = repetition + 1
      // Of what the clip is alone: a plan that grows keeps the clips that it had.
      let seed = StableHash.of("\(parts.seed ?? seed) \(path) \(repetition)\n\(content)") % 1_000_000
      var row = ManifestRow(line: values[0].1.line, fields: [], folder: path, template: template)
      if kind == .stems { row.product = .stems(plan(values)) }
      for (name, value) in values where kind != .stems || !StemPlan.fields.contains(name) {
        row.fields.append((name, .untyped(value.text)))
      }
      row.fields.append(("seed", .untyped("\(seed)")))
      return row
    }
  }

  /// What is composed of a row's values, which are known to be its fields'.
  private func plan(_ values: [(String, PlanScalar)]) -> StemPlan {
    var plan = StemPlan()
    for (name, value) in values where StemPlan.fields.contains(name) { try? plan.set(name, to: value.text) }
    return plan
  }

  /// The fields of a folder, those of all folders that it does not say, and what follows from its kind.
  private func settled(_ own: [PlanField], _ kind: PackKind) -> [PlanField] {
    var fields = own
    func isSaid(_ names: [String]) -> Bool { fields.contains { names.contains($0.name) } }
    let known = kind.fields
    for field in defaults
    where known.contains(field.name) && !isSaid([field.name] + Self.excluded(by: field.name)) {
      fields.append(field)
    }
    for usual in kind.usual where !isSaid([usual.name] + usual.unless) {
      fields.append(PlanField(name: usual.name, values: [PlanScalar(text: usual.value, line: 0)]))
    }
    return fields
  }

  /// What a folder says instead of a default.
  private static func excluded(by name: String) -> [String] {
    [["lufs", "peak"], ["bars", "duration"]].filter { $0.contains(name) }.flatMap(\.self)
  }

  /// A row for each instrument, with a folder of its own.
  func instruments(
    _ parts: Parts, _ path: String, _ kind: PackKind, line: Int, _ reader: inout PackPlanReader
  ) -> [ManifestRow] {
    let count = parts.count ?? parts.prompts.count
    var told: Set<String> = []
    return (0..<count).map { index in
      let prompt = parts.prompts[index % parts.prompts.count]
      let repetition = UInt64(index / parts.prompts.count)
      let seed = (parts.seed ?? seed) &+ repetition
      let product = parts.instrument.product(kind, prompt: prompt.text, seed: seed)
      if let problem = product.problem, told.insert(problem).inserted { reader.tell(problem, line: line) }
      return ManifestRow(
        line: prompt.line, fields: [("prompt", .untyped(prompt.text)), ("seed", .untyped("\(seed)"))], folder: path,
        template: parts.name ?? .instrument, product: product)
    }
  }
}

extension NameTemplate {
  /// Of folders that instruments have of their own.
  fileprivate static let instrument = (try? NameTemplate("{prompt}")) ?? .standard
}

/// Which part of each of several lists comes when, where all go round: every combination once before one comes again.
struct Dealing {
  private let counts: [Int]

  init(_ counts: [Int]) { self.counts = counts }

  /// The places in the lists of so many draws.
  func places(_ count: Int) -> [[Int]] { (0..<count).map(places(at:)) }

  /// Lists go round side by side. When all have come round, the later is shifted by one against the earlier ones.
  private func places(at draw: Int) -> [Int] {
    var period = 1
    return counts.map { count in
      let round = Self.product(period, count)
      let together = round / Self.greatestCommonDivisor(period, count)
      let place = draw % round
      period = round
      return (place + place / together) % count
    }
  }

  /// So large as not to matter where it is too large to count.
  private static func product(_ a: Int, _ b: Int) -> Int {
    let (product, isTooLarge) = a.multipliedReportingOverflow(by: b)
    return isTooLarge ? .max : product
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : greatestCommonDivisor(b, a % b) }
}
