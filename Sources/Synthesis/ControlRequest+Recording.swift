import Audio
import Music
import Spectra

extension ControlRequest {
  /// How far beyond a clip's end a recording is listened to: the analysis looks so far ahead.
  static let secondsAhead = 0.5

  /// What is followed of a recording.
  /// - Parameters:
  ///   - seconds: the clip's length. By the first rules the whole recording was listened to, which decides what is soft,
  ///     and how it is tuned.
  ///   - remarks: gets what was done to it, for people.
  /// - Throws: `ControlError` when the file cannot be used.
  func line(
    of file: ControlFile, seconds: Double, remarks: inout [String]
  ) throws(ControlError) -> ControlTrack {
    try file.check(as: .sound)
    let recording = try Recording(
      file, first: (rules ?? .first) == .first ? .infinity : seconds + Self.secondsAhead,
      sampleRate: ControlAnalysis.sampleRate, keepsLevel: true)
    remarks += recording.remarks
    let heard = ControlAnalysis().analyze(recording.clip.samples)
    guard heard.values.contains(where: { $0 != 0 }) else { throw .silent(path: file.path) }
    let octaves = range.map { heard.octaves(into: $0) } ?? 0
    if octaves != 0, let range, followed.contains(.register) {
      let (way, place) = octaves > 0 ? ("higher", "below") : ("lower", "above")
      let octave = abs(octaves) == 1 ? "an octave" : "\(abs(octaves)) octaves"
      remarks.append(
        "\(file.path) lies \(place) the instrument (\(range.noteNames)): it is followed \(octave) \(way)")
    }
    return heard.moved(octaves: octaves).keeping(followed)
  }

  /// Takes the tempo of a recording that a clip goes on from, where it is clear.
  /// - Throws: `ControlError` when the file cannot be used.
  mutating func takeTempo(of file: ControlFile) throws(ControlError) {
    let mel = MelConfiguration.standard
    let recording = try Recording(
      file, first: GenerationRequest.maximumDuration, sampleRate: mel.sampleRate)
    let frames = MelSpectrogram(mel).analyze(recording.clip.samples)
    guard let pulse = TempoEstimator(framesPerSecond: mel.framesPerSecond).pulse(of: frames),
      pulse.clarity > Self.leastClarity
    else { return }
    (tempo, firstBeat) = ((100 * pulse.tempo).rounded() / 100, (1000 * pulse.firstBeat).rounded() / 1000)
  }

  /// How clear the pulse of a recording has to be for a clip to go on in it.
  private static let leastClarity = 0.1
}

extension ClosedRange<Int> {
  /// MIDI keys as "G3 to A6".
  public var noteNames: String {
    "\(PitchClass.noteName(ofKey: lowerBound)) to \(PitchClass.noteName(ofKey: upperBound))"
  }

  /// Reads `noteNames` again; nil where it is none.
  package init?(noteNames text: String) {
    let keys = text.replacing(" to ", with: "…").split(separator: "…").map {
      PitchClass.key(ofNoteName: $0.split(separator: " ").joined())
    }
    guard keys.count == 2, let low = keys[0], let high = keys[1], low <= high else { return nil }
    self = low...high
  }
}
