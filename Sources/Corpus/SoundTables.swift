import Foundation

/// Looks through the catalogues that composing sounds trusts.
package enum SoundTables {
  /// What is wrong in the catalogues of sounds and synthesizers, one line each.
  package static var faults: [String] {
    let instruments = instrumentTexts
    let sounds = Orchestra.sounds.flatMap { kind in
      faults(kind.name, kind.instrument, kind.parameters, firstField: 6, in: instruments) + faults(of: kind)
    }
    let synths = Orchestra.synths.flatMap { family in
      faults(family.name, family.instrument, family.parameters, firstField: 8, in: instruments) + faults(of: family)
    }
    let unknown = Orchestra.finishes.flatMap { $0.values.keys }.filter { !Finish.fields.contains($0) }
    let names = Orchestra.sounds.map(\.name) + Orchestra.synths.map(\.name)
    let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.map { "\($0.key) is there twice" }
    return sounds + synths + unknown.map { "no effect is called \($0)" } + twice
  }

  /// Instruments of the orchestras by name, with their code.
  private static var instrumentTexts: [String: String] {
    var texts: [String: String] = [:]
    for part in Orchestra.text.components(separatedBy: "\ninstr ").dropFirst() {
      guard let end = part.range(of: "\nendin") else { continue }
      texts[String(part.prefix { $0 != "\n" })] = String(part[..<end.lowerBound])
    }
    return texts
  }

  /// An instrument that is not there, or whose fields are not those of the catalogue.
  private static func faults(
    _ name: String, _ instrument: String, _ parameters: [SoundParameter], firstField: Int, in texts: [String: String]
  ) -> [String] {
    guard let text = texts[instrument] else { return ["\(name): no instrument \(instrument)"] }
    let used = Set(text.matches(of: /\bp([0-9]+)\b/).compactMap { Int($0.output.1) })
    let given = Set(firstField..<firstField + parameters.count)
    let unheard = given.subtracting(used).sorted().map { "\(name): \(instrument) does not use p\($0)" }
    let missing = used.filter { $0 >= firstField + parameters.count }.sorted().map {
      "\(name): \(instrument) uses p\($0), which nobody gives"
    }
    let badRanges = parameters.filter { parameter in
      parameter.range.map { $0.count != 2 || $0[0] >= $0[1] } ?? false || parameter.choices?.isEmpty == true
    }
    return unheard + missing + badRanges.map { "\(name): \($0.name) has no range" }
  }

  private static func faults(of kind: SoundKind) -> [String] {
    var faults: [String] = []
    if kind.ucs.wholeMatch(of: /[A-Z]{2,5}([A-Z][a-z]+)?/) == nil {
      faults.append("\(kind.name): no category \(kind.ucs)")
    }
    if kind.seconds.count != 2 || kind.seconds[0] > kind.seconds[1] { faults.append("\(kind.name): no length") }
    if kind.allNames.count < 4 { faults.append("\(kind.name): \(kind.allNames.count) ways of saying it are few") }
    if let times = kind.times, times.most < 2 || times.every.count != 2 || times.series.isEmpty {
      faults.append("\(kind.name): its series cannot be made")
    }
    return faults
  }

  private static func faults(of family: SynthFamily) -> [String] {
    var faults: [String] = []
    if family.range.count != 2 || family.range[1] - family.range[0] < 15 { faults.append("\(family.name): no range") }
    if family.release.count != 2 { faults.append("\(family.name): no release") }
    if family.aliases.count < 3 { faults.append("\(family.name): few names") }
    if !family.uses.allSatisfy({ SynthFamily.useNames[$0] != nil }) || family.uses.isEmpty {
      faults.append("\(family.name): unknown uses")
    }
    if !(0...127).contains(family.program) { faults.append("\(family.name): no program \(family.program)") }
    return faults
  }

  /// Instruments of the orchestras that synthesizers of the catalogue play.
  package static var synthesisNames: Set<String> { Set(Orchestra.synths.map(\.instrument)) }

  /// Every name by which captions may call a sound.
  package static func names(ofSound name: String) -> [String] {
    Orchestra.sounds.first { $0.name == name }?.allNames ?? []
  }

  /// Words that would be untrue of a clip with such labels: those of the other end of a parameter's range.
  package static func untrueWords(of labels: ClipLabels) -> Set<String> {
    let parameters =
      Orchestra.sounds.first { $0.name == labels.instrument }?.parameters
      ?? Orchestra.synths.first { $0.name == labels.instrument }?.parameters ?? []
    var untrue: Set<String> = []
    var isTrue: Set<String> = []
    for parameter in parameters {
      guard let value = labels.values?[parameter.name] else { continue }
      let words = words(of: parameter, at: value)
      isTrue.formUnion(words)
      untrue.formUnion(Set(parameter.allWords).subtracting(words))
    }
    return untrue.subtracting(isTrue)
  }

  private static func words(of parameter: SoundParameter, at value: Double) -> [String] {
    if let choices = parameter.choices {
      return choices.filter { abs($0.value - value) < 0.001 }.flatMap { $0.words ?? [] }
    }
    let (lowest, highest) = (parameter.range?.first ?? 0, parameter.range?.last ?? 1)
    let position = (value - lowest) / (highest - lowest)
    return (position < 0.31 ? parameter.low ?? [] : []) + (position > 0.69 ? parameter.high ?? [] : [])
  }
}
