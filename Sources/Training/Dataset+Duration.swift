import Spectra

extension Dataset {
  /// Seconds of audio in the clips to learn from.
  public var trainingSeconds: Double {
    Double(trainingIndices.reduce(0) { $0 + frameCount($1) }) / mel.framesPerSecond
  }
}
