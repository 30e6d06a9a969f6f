import Synthesis

/// The names of a set's files in a folder: each is free, or its own clip's already, and no two are alike.
///
/// The takes of a set have numbers in their order, and go on behind those that are there.
struct ClipNames {
  enum Pattern {
    case given([String])
    case template(NameTemplate)
  }

  private let pattern: Pattern
  private var chosen: [Int: (number: Int, name: String)] = [:]
  private var numbers: Set<Int> = []
  private var names: Set<String> = []

  init(_ pattern: Pattern) { self.pattern = pattern }

  /// Whether a name has its clip's number in it; else a number behind it tells it from others.
  private var numbersTakes: Bool {
    if case .template(let template) = pattern { template.numbersTakes } else { false }
  }

  /// The name of a clip, the first that is free.
  /// - Parameter keepsNumber: whether names before the one that it has already are passed over.
  mutating func choose(
    _ index: Int, _ request: GenerationRequest, keepsNumber: Bool = false, isFree: (String) -> Bool
  ) -> String {
    let former = chosen[index]
    if let former {
      numbers.remove(former.number)
      names.remove(former.name)
    }
    let first = numbersTakes ? index + 1 : 1
    var number = keepsNumber ? former?.number ?? first : first
    var name = name(index, request, number)
    while numbersTakes && numbers.contains(number) || names.contains(name) || !isFree(name) {
      number += 1
      name = self.name(index, request, number)
    }
    chosen[index] = (number, name)
    if numbersTakes { numbers.insert(number) }
    names.insert(name)
    return name
  }

  private func name(_ index: Int, _ request: GenerationRequest, _ number: Int) -> String {
    let name =
      switch pattern {
      case .given(let names): names[index]
      case .template(let template): template.name(of: request, take: number)
      }
    return numbersTakes || number == 1 ? name : "\(name)-\(number)"
  }
}
