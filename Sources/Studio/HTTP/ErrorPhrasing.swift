import Audio
import Corpus
import Curation
import Foundation
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
  /// - Parameter folder: the library's: paths below it are said from there on.
  static func line(_ error: any Error, in folder: URL? = nil) -> String {
    let line =
      switch error {
      case let problem as Problem: problem.detail
      case let problem as RequestProblem: problem.text(naming: fieldName)
      case ControlError.outside(let path):
        "\(path): the clip's tags name this file outside of the library, so it was not read; `hiss library add` takes it in"
      default: "\(error)"
      }
    return folder.map { self.line(line, from: $0) } ?? line
  }

  /// A line in which paths below a folder are said from there on.
  static func line(_ line: String, from folder: URL) -> String { line.replacing(folder.path + "/", with: "") }

  /// A line about a request, in the words of the API.
  static func line(_ line: RequestLine) -> String { line.text(naming: fieldName) }

  /// What the API calls a field of a `RequestDraft`.
  private static func fieldName(_ name: String) -> String {
    switch name {
    case "duration": "seconds"
    case "negative-prompt": "negativePrompt"
    case "time-signature": "timeSignature"
    case "init-audio", "continue-from": "source"
    case "inpaint-start", "inpaint-end", "loop-start": "region"
    default: name
    }
  }

  /// - Parameter folder: as above.
  static func problem(_ error: any Error, in folder: URL? = nil) -> Problem? {
    known(error).map { Problem($0.status, line($0, in: folder)) }
  }

  private static func known(_ error: any Error) -> Problem? {
    switch error {
    case let error as LibraryError: library(error)
    case is RequestProblem, ControlError.outside: .invalid(line(error))
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
    case .storage(let error): known(error) ?? Problem(.serviceUnavailable, "\(error)")
    case .folderGone, .notAFolder, .cannotWrite, .busy, .damaged, .newer, .database, .notHeld:
      Problem(.serviceUnavailable, "\(error)")
    }
  }
}
