import Audio
import Corpus
import Curation
import HTTPTypes
import Library
import Music
import Novelty
import Rendering
import Storage
import Synthesis
import Text
import Training

/// What the world's mistakes are to somebody who asks over HTTP.
enum ErrorPhrasing {
  /// One line for people.
  static func line(_ error: any Error) -> String {
    switch error {
    case let problem as Problem: problem.detail
    case let problem as RequestProblem: problem.text()
    default: "\(error)"
    }
  }

  static func problem(_ error: any Error) -> Problem? {
    switch error {
    case let error as LibraryError: library(error)
    case let error as RequestProblem: .invalid(error.text())
    case ModelError.missing, is RequestError: .invalid("\(error)")
    case is AudioFileError, is ControlError, is MIDIError, is ClipTagsError, is VoiceError: .invalid("\(error)")
    case let error as StorageError where error.concernsWholeDisk:
      Problem(.init(code: 507, reasonPhrase: "Insufficient Storage"), "The disk takes no more: \(error)")
    case is CurationError, is DatasetError: .invalid("\(error)")
    case NoveltyError.indexMissing: .notFound("index of training clips")
    case is ModelError, is TextError, is StorageError, is NoveltyError, is CorpusError:
      Problem(.serviceUnavailable, "\(error)")
    default: nil
    }
  }

  private static func library(_ error: LibraryError) -> Problem {
    switch error {
    case .noClip, .noJob: Problem(.notFound, "\(error)")
    case .fileMissing: Problem(.gone, "\(error)")
    case .invalid, .badPath, .sound: .invalid("\(error)")
    case .diskFull: Problem(.init(code: 507, reasonPhrase: "Insufficient Storage"), "\(error)")
    case .storage(let error): problem(error) ?? Problem(.serviceUnavailable, "\(error)")
    case .folderGone, .notAFolder, .cannotWrite, .busy, .damaged, .newer, .database, .notHeld:
      Problem(.serviceUnavailable, "\(error)")
    }
  }
}
