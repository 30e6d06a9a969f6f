import Foundation

/// Names files after prompts.
public enum ClipName {
  private static let longest = 48
  /// Of a name in other letters than ASCII's, which take up to four bytes each; file systems take 255.
  private static let mostBytes = 150

  /// The prompt's words as the beginning of a file name: letters of any script in lower case, digits and hyphens, at most
  /// 48 of them.
  ///
  /// Where that loses some of the prompt's letters, eight digits of the prompt's hash (FNV-1a) tell it from others that begin
  /// alike.
  public static func of(_ prompt: String) -> String {
    let composed = prompt.precomposedStringWithCanonicalMapping.lowercased()
    let name = composed.split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
    guard name.count > longest || name.utf8.count > mostBytes else { return name.isEmpty ? "clip" : name }
    let hash = prompt.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    let digits = String(hash, radix: 16)
    var beginning = name.prefix(longest)
    while beginning.utf8.count > mostBytes || beginning.last == "-" { beginning.removeLast() }
    return beginning + "-" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
