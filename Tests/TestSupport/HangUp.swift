import Foundation

/// The signal of a terminal that goes away.
public enum HangUp {
  /// Whether it is heard here, and by what is started from here: under `nohup` it is ignored by all of them.
  public static var isHeard: Bool {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("SigIgn:") }),
      let ignored = UInt64(line.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16)
    else { return true }
    return ignored & 1 << (UInt64(SIGHUP) - 1) == 0
  }
}
