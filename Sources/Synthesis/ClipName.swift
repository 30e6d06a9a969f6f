/// Names files after prompts.
public enum ClipName {
  private static let longest = 48

  /// The prompt's words as the beginning of a file name: lower-case ASCII letters, digits and hyphens, at most 57.
  ///
  /// Where that loses some of the prompt's letters or digits, eight digits of the prompt's hash (FNV-1a) tell it from
  /// others that begin alike.
  public static func of(_ prompt: String) -> String {
    let words = prompt.lowercased().split { !($0.isLetter || $0.isNumber) }
    let ascii = words.map { $0.filter(\.isASCII) }.filter { !$0.isEmpty }.joined(separator: "-")
    guard ascii.utf8.count > longest || words.contains(where: { !$0.allSatisfy(\.isASCII) }) else {
      return ascii.isEmpty ? "clip" : ascii
    }
    let hash = prompt.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    let digits = String(hash, radix: 16)
    let beginning = ascii.isEmpty ? "clip" : ascii.prefix(longest).trimmingSuffix("-")
    return beginning + "-" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var text = self
    while text.last == character { text.removeLast() }
    return String(text)
  }
}
