import Audio
import Library
import Synthesis

/// A clip that a job depends on lies elsewhere than when the job was planned: somebody starred it, or put it into the bin, or
/// its preview became the clip. The job is planned again, and goes on.
struct MovedSource: Error {
  let cause: any Error

  /// Whether an error says that a file is not where it was.
  static func isMissing(_ error: any Error) -> Bool {
    switch error {
    case ControlError.missing, ControlError.audio(.missing), AudioFileError.missing, LibraryError.fileMissing: true
    case let error as RequestProblem: error.cause.map(isMissing) ?? false
    default: false
    }
  }
}
