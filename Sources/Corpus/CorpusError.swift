/// Why the corpus could not be made.
public enum CorpusError: Error, Equatable, Sendable, CustomStringConvertible {
  case fluidSynthMissing(reason: String)
  case soundfontMissing(path: String)
  case soundfontUnreadable(path: String)
  case synthesizerFailed(reason: String)
  case csoundMissing(reason: String)
  case csoundFailed(reason: String)
  case cannotWrite(path: String, reason: String)

  public var description: String {
    switch self {
    case .fluidSynthMissing(let reason):
      "FluidSynth is not installed (\(reason)); run scripts/setup --corpus"
    case .soundfontMissing(let path):
      "\(path): no such soundfont; run scripts/setup --corpus, or name another with --soundfont"
    case .soundfontUnreadable(let path):
      "\(path): FluidSynth cannot read this soundfont; run scripts/setup --corpus, or name another with --soundfont"
    case .synthesizerFailed(let reason): "FluidSynth failed: \(reason)"
    case .csoundMissing(let reason):
      "Csound is not installed (\(reason)); run scripts/setup --corpus"
    case .csoundFailed(let reason): "Csound failed: \(reason)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}
