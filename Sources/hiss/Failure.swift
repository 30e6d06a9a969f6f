import ArgumentParser
import Audio
import Benchmarks
import Corpus
import Curation
import Evaluation
import Foundation
import Instruments
import Layers
import Library
import Novelty
import Pictures
import Ranks
import Rendering
import Storage
import Studio
import Synthesis
import Taste
import Tensors
import Text
import Training

/// What is said when something fails: one line on stderr, and an exit code of sysexits.h.
enum Failure {
  /// Ends the program as the error demands; a request for help or the version is none, and goes to stdout.
  static func exit(_ error: any Error) -> Never {
    // Whoever throws a code has said why.
    if let code = error as? ExitCode { Console.end(code.rawValue) }
    switch Hiss.exitCode(for: error) {
    case .success:
      Console.help(Hiss.fullMessage(for: error))
      Console.exit()
    case .validationFailure:
      // The parser lists choices on lines of their own.
      let lines = Hiss.message(for: error).split(whereSeparator: \.isNewline)
      let message = lines.map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " ")
      Console.note("hiss: " + lowercasingStart(of: message) + " (see `\(helpCommand)`)")
      Console.end(EX_USAGE)
    default:
      let text = description(of: error)
      // However many hands it went through: what the system has no memory for is that.
      if text.contains(String(cString: strerror(ENOMEM))) {
        Console.note(noMemory)
        Console.end(EX_OSERR)
      }
      Console.note("hiss: " + text + advice(for: error))
      Console.end(code(of: error))
    }
  }

  /// What is said where memory is short.
  static let noMemory =
    "hiss: there is not enough memory: ask for a shorter or a smaller thing, fewer --threads, or allow it more (ulimit -v)"

  static func code(of error: any Error) -> Int32 {
    switch error {
    case let error as LibraryError: code(of: error)
    case StorageError.cannotLock: EX_IOERR
    case StorageError.cannotRead, AudioFileError.missing, ModelError.missing, ControlError.missing,
      ModelError.weights(.file(.missing)),
      DatasetError.notAFolder,
      ModelError.baseMissing, VoiceError.originMissing, TextError.encoderNotFound, TextError.missingFile,
      CorpusError.soundfontMissing, NoveltyError.indexMissing:
      EX_NOINPUT
    case AudioFileError.unsupportedFormat, OutputError.isInput, OutputError.unknownExtension, OutputError.noName,
      OutputError.namesFile:
      EX_USAGE
    case AudioFileError.cannotWrite, ModelError.cannotWrite, CheckpointError.cannotWrite, PictureError.cannotWrite,
      is StorageError, SafetensorsError.cannotWrite, DatasetError.cannotWriteCache, CorpusError.cannotWrite,
      EvaluationError.cannotWrite, NoveltyError.cannotWrite,
      is OutputError, is CurationError, VoiceError.holdsModel,
      is CocoaError:
      EX_CANTCREAT
    case ModelError.tooLarge, TextError.tooLarge: EX_OSERR
    case ControlError.outside: EX_NOINPUT
    case is AudioFileError, is ModelError, is CheckpointError, is DatasetError, is TextError,
      is TrainingSetupError, is ControlError, is TrainingRunError, is ClipTagsError, is VoiceError,
      CorpusError.soundfontUnreadable:
      EX_DATAERR
    case WordError.noList: EX_NOINPUT
    case TasteError.badName, TasteError.unknown: EX_USAGE
    case TasteError.missing: EX_NOINPUT
    case TasteError.cannotWrite: EX_CANTCREAT
    case is TasteError: EX_DATAERR
    case StudioError.noToken, StudioError.badToken: EX_USAGE
    case is StudioError: EX_UNAVAILABLE
    case InstrumentError.unknownDrum: EX_USAGE
    case is InstrumentError: EX_DATAERR
    case BenchmarkError.notAReport, is WordError: EX_DATAERR
    case CorpusError.fluidSynthMissing, CorpusError.csoundMissing, NoveltyError.notNovel: EX_UNAVAILABLE
    case is RankError: EX_UNAVAILABLE
    case TrainingFolderError.taken: EX_TEMPFAIL
    case is TrainingFolderError: EX_CANTCREAT
    case NoveltyError.indexOfOtherDataset: EX_CANTCREAT
    case is EvaluationError, is NoveltyError: EX_DATAERR
    default: EX_SOFTWARE
    }
  }

  private static func code(of error: LibraryError) -> Int32 {
    switch error {
    case .folderGone, .fileMissing, .noClip, .noJob: EX_NOINPUT
    case .notAFolder, .cannotWrite, .diskFull: EX_CANTCREAT
    case .busy, .notHeld: EX_TEMPFAIL
    case .damaged, .newer: EX_DATAERR
    case .badPath, .invalid: EX_USAGE
    case .sound(let error): code(of: error as any Error)
    case .storage(let error): code(of: error as any Error)
    case .database: EX_SOFTWARE
    }
  }

  private static func description(of error: any Error) -> String {
    guard let error = error as? CocoaError else { return "\(error)" }
    return (error.filePath.map { $0 + ": " } ?? "") + error.systemReason
  }

  private static func advice(for error: any Error) -> String {
    switch error {
    case ModelError.missing(let path):
      // A bare name was looked for in the library's folders too.
      (path.contains("/") ? "" : ", nor in \(ModelLibrary.searchedPlaces.joined(separator: ", "))")
        + "; `hiss models` lists those that are here, `hiss train` makes one"
    default: ""
    }
  }

  /// The help of the subcommand that was meant.
  private static var helpCommand: String {
    let names = Hiss.configuration.subcommands.map { $0._commandName }
    guard let name = CommandLine.arguments.dropFirst().first, names.contains(name) else { return "hiss --help" }
    return "hiss \(name) --help"
  }

  private static func lowercasingStart(of message: String) -> String {
    let text = message.hasSuffix(".") ? String(message.dropLast()) : message
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
