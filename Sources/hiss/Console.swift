import ArgumentParser
import Foundation

/// What the command line says to people: on stderr, so that stdout is free for scripts.
enum Console {
  static let isTerminal = isatty(STDERR_FILENO) != 0

  static func note(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  /// A number of seconds as people say it: 45 s, 3 min 20 s, 2 h 05 min.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

/// Runs a command's body; an error becomes one line on stderr and an exit code of sysexits.h.
func reportingErrors(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as ExitCode {
    throw error
  } catch let error as ValidationError {
    throw error
  } catch {
    Console.note("hiss: \(error)")
    throw ExitCode(errorCode(of: error))
  }
}

/// A line that is written over as work goes on, with the time left; silent where stderr is no terminal, and for the
/// first second. Any thread may move it.
final class ProgressLine: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let lock = NSRecursiveLock()
  private let title: String
  private let start = Date()
  private var lastDrawn = Date.distantPast
  private var drawn = false

  init(_ title: String) { self.title = title }

  func update(_ done: Int, of total: Int) {
    lock.lock()
    defer { lock.unlock() }
    let elapsed = Date().timeIntervalSince(start)
    guard Console.isTerminal, elapsed > 1, total > 0, Date().timeIntervalSince(lastDrawn) > 0.1 else { return }
    lastDrawn = Date()
    let share = Double(done) / Double(total)
    let filled = Int(share * 24)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let left = done > 0 ? ", \(Console.duration(elapsed / share - elapsed)) left" : ""
    write("\(title) \(bar) \(done) of \(total)\(left)")
  }

  func write(_ line: String) {
    guard Console.isTerminal else { return }
    lock.lock()
    defer { lock.unlock() }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
    drawn = true
  }

  func finish() {
    lock.lock()
    defer { lock.unlock() }
    if drawn { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    drawn = false
  }
}
