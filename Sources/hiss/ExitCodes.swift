import Audio
import Corpus
import Foundation
import Layers
import Synthesis
import Text
import Training

/// The exit code of sysexits.h for an error.
func errorCode(of error: any Error) -> Int32 {
  switch error {
  case AudioFileError.missing, ModelError.missing: EX_NOINPUT
  case AudioFileError.cannotWrite, ModelError.cannotWrite, CheckpointError.cannotWrite: EX_CANTCREAT
  case is AudioFileError, is ModelError, is CheckpointError, is DatasetError, is TextError: EX_DATAERR
  default: EX_SOFTWARE
  }
}
