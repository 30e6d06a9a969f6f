import Foundation

/// The words of a prompt, and what is left of them.
extension Exclusion {
  struct Word {
    var raw: String
    /// In lower case, without the punctuation around it.
    let text: String
    var isDash: Bool { text.allSatisfy { "-–—".contains($0) } && !text.isEmpty }
    var endsClause: Bool { raw.last.map { ",.;:!?)".contains($0) } ?? false }

    init(_ raw: Substring) {
      self.raw = String(raw)
      text = raw.lowercased().trimmingCharacters(in: .punctuationCharacters.subtracting(["-", "/", "#"]).union(["="]))
    }
  }

  private static let trailing: Set<String> = ["that", "which", "is", "are", "be"]
  private static let leading: Set<String> = ["just", "only", "but", "and", "instead", "please", "with", "or"]

  /// Without what only led to the excluded words, or from them.
  static func tidied(_ words: [Word]) -> String {
    var words = words[...]
    while let first = words.first, leading.contains(first.text) || first.text.isEmpty { words = words.dropFirst() }
    while let last = words.last,
      leading.contains(last.text) || trailing.contains(last.text) || last.text.isEmpty || last.isDash
    {
      words = words.dropLast()
    }
    var text = words.map(\.raw).joined(separator: " ")
    for word in ["just", "only", "but"] { text = text.replacing(", \(word) ", with: ", ") }
    while let last = text.last, ",.;: ".contains(last) { text.removeLast() }
    return text
  }
}
