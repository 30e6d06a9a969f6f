import Foundation
import Storage
import Synchronization

/// What the command line says: results on stdout, all else on stderr, both fit for a terminal whatever names and tags hold.
///
/// What cannot be said ends nothing: the work goes on. A lost result makes the exit code `EX_IOERR` in the end.
enum Console {
  /// Whether a line can be written over: stderr is a terminal, and no dumb one.
  static let isTerminal =
    StandardStream.errors.isTerminal && ProcessInfo.processInfo.environment["TERM"] != "dumb"

  /// The most characters of one line on stderr.
  private static let longestNote = 600
  /// The most characters of one line of a result: more than the longest prompt has.
  private static let longestResult = 20_000
  /// Why a result could not be written; those after it are not tried.
  private static let loss = Mutex<StorageError?>(nil)

  /// One line on stderr. That it is lost says nothing of what was made.
  static func note(_ line: String) { draw(VisibleText.of(line, limit: longestNote) + "\n") }

  /// Text on stderr as it is: a line of progress with what moves the cursor.
  static func draw(_ text: String) { try? StandardStream.errors.write(text) }

  /// Lines of a result on stdout, at once, even where stdout is a file or a pipe.
  /// - Parameter isTrusted: whether its lines may be long; else they are no longer than those on stderr.
  static func result(_ text: String, isTrusted: Bool = true) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let limit = isTrusted ? longestResult : longestNote
    write(lines.map { VisibleText.of(String($0), limit: limit) }.joined(separator: "\n"))
  }

  /// What the parser says on stdout: the help, the version, a shell's completions.
  static func help(_ text: String) { write(text) }

  /// The path of what was made: as it is, so that scripts find the file, but on a terminal fit for it.
  static func result(path: String) {
    write(StandardStream.output.isTerminal ? VisibleText.of(path) : path)
  }

  /// A result on stdout as JSON.
  static func result(json value: some Encodable, isPretty: Bool = true) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    write(VisibleText.ofJSON(String(decoding: try encoder.encode(value), as: UTF8.self)))
  }

  private static func write(_ text: String) {
    loss.withLock { loss in
      guard loss == nil else { return }
      do throws(StorageError) { try StandardStream.output.write(text + "\n") } catch { loss = error }
    }
  }

  /// Whether nobody gets results any more.
  static var hasLostResults: Bool { loss.withLock { $0 != nil } }

  /// Ends the program whose work is done, in one line and with `EX_IOERR` if a result was lost. A reader that went away,
  /// as `head` does, has what it wanted, and gets no line.
  static func exit() -> Never {
    guard let loss = loss.withLock({ $0 }) else { end(EX_OK) }
    if case .cannotWrite(_, EPIPE) = loss {} else { note("hiss: \(loss): the results are lost") }
    end(EX_IOERR)
  }

  /// Ends the process at once. Threads may still make sound, and `exit` would free what they run: the code that oneDNN
  /// compiled.
  static func end(_ code: Int32) -> Never {
    fflush(nil)
    _exit(code)
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
