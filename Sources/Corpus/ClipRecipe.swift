import Foundation
package import Music

/// A clip before it is rendered, of whichever part: what is said of it and what is played.
package struct ClipRecipe: Sendable {
  package let caption: String
  /// What else might be said of it, in other words; none of them twice.
  package let wordings: [String]
  package let labels: ClipLabels
  /// The notes; nil where it has none.
  package let midi: MIDIFile?
  /// What Csound plays; nil where FluidSynth alone plays the notes.
  let csound: CsoundScore?
  /// What FluidSynth plays before Csound puts it in its place, and of which soundfont; nil where it does not.
  let played: (file: MIDIFile, soundfont: Staging.Soundfont)?
  let dynamics: Composition.Dynamics
  let seconds: Double

  /// - Parameter isHeldOut: whether it is one of the combinations that corpora leave out.
  /// - Precondition: `parts` is not empty, a synthesizer plays one of the kinds where there are synths, and of the parts of what
  ///   is held out `HeldOutCombination` has some.
  package init(
    seed: UInt64, index: Int, maximumSeconds: Double = 12, captionCount: Int = 1,
    kinds: Set<PhraseKind> = Set(PhraseKind.allCases), parts: Set<CorpusPart> = [.phrases], isHeldOut: Bool = false
  ) {
    precondition(!isHeldOut || parts.isSubset(of: [.music, .synths]), "Of \(parts) nothing is held out")
    switch CorpusPart.part(of: index, among: parts) {
    case .phrases:
      self.init(
        Score(seed: seed, index: index, maximumSeconds: maximumSeconds, captionCount: captionCount, kinds: kinds))
    case .synths:
      self.init(
        Score(
          synthSeed: seed, index: index, maximumSeconds: maximumSeconds, captionCount: captionCount, kinds: kinds,
          isHeldOut: isHeldOut))
    case .music:
      self.init(
        Score(
          musicSeed: seed, index: index, maximumSeconds: maximumSeconds, captionCount: captionCount, kinds: kinds,
          isHeldOut: isHeldOut))
    case .sounds:
      self.init(
        SoundComposer(seed: seed, index: index, maximumSeconds: maximumSeconds), captionCount: captionCount)
    }
  }

  init(_ score: Score) {
    caption = score.caption
    wordings = score.wordings
    labels = score.labels
    midi = score.midi
    csound = score.composition.csoundScore ?? score.composition.stagedScore
    played = score.composition.playedFile.flatMap { file in
      score.composition.staging.map { (file, $0.soundfont) }
    }
    dynamics = score.composition.dynamics
    seconds = score.composition.seconds
  }

  init(_ composer: SoundComposer, captionCount: Int) {
    var composer = composer
    let sound = composer.compose()
    var writer = SoundCaptionWriter(sound, random: composer.random)
    (caption, wordings) = Score.captions(captionCount) { writer.caption() }
    labels = sound.labels
    midi = nil
    csound = sound.score
    played = nil
    dynamics = sound.dynamics
    seconds = sound.score.seconds
  }

  /// The files beside the audio that say what it is of, by their extensions.
  var notes: [(pathExtension: String, data: Data)] {
    var files: [(String, Data)] = []
    if let midi { files.append(("mid", Data(midi.encoded()))) }
    if let csound { files.append(("sco", Data(csound.text(title: caption).utf8))) }
    return files
  }

  /// The line of a clip in `metadata.jsonl`.
  func metadata(stem: String, container: CorpusGenerator.Container) -> CorpusGenerator.MetadataLine {
    CorpusGenerator.MetadataLine(
      fileName: "\(stem).\(container.rawValue)", text: caption, captions: wordings.isEmpty ? nil : wordings,
      midi: midi == nil ? nil : "\(stem).mid", labels: labels)
  }
}
