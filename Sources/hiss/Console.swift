import Foundation

/// What the command line says to people: on stderr, so that stdout is free for results.
enum Console {
  static let isTerminal = isatty(STDERR_FILENO) != 0

  static func note(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  /// A result on stdout, at once, even where stdout is a file or a pipe.
  static func result(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  /// A result on stdout as JSON.
  static func result(json value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    result(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// A number of seconds as people say it: 45 s, 3 min 20 s, 2 h 05 min.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "for ever" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
