import Foundation
import Testing

/// Holds a failed run to what every failure owes its user: the exit code, one line on stderr that begins with the
/// program's name and says `words`, and nothing on stdout.
func expectFailure(
  _ run: HissProcess, code: Int32, saying words: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(run.exitCode == code, "\(run.errors)", sourceLocation: sourceLocation)
  #expect(run.errorLines.count == 1, "\(run.errors)", sourceLocation: sourceLocation)
  #expect(run.errors.hasPrefix("hiss: "), "\(run.errors)", sourceLocation: sourceLocation)
  #expect(run.errors.contains(words), "\(run.errors)", sourceLocation: sourceLocation)
  #expect(run.output.isEmpty, "\(run.output)", sourceLocation: sourceLocation)
}

func expectSuccess(_ run: HissProcess, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(run.exitCode == 0, "\(run.errors)", sourceLocation: sourceLocation)
}

/// The exit codes of sysexits.h that the program uses.
enum SystemExit {
  static let usage: Int32 = 64
  static let badData: Int32 = 65
  static let noInput: Int32 = 66
  static let cannotCreate: Int32 = 73
}
