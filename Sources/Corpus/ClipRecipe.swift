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
  /// What Csound plays; nil where FluidSynth plays the notes.
  let csound: CsoundScore?
  let dynamics: Composition.Dynamics
  let seconds: Double

  /// - Precondition: `parts` is not empty, and a synthesizer plays one of the kinds where there are synths.
  package init(
    seed: UInt64, index: Int, maximumSeconds: Double = 12, captionCount: Int = 1,
    kinds: Set<PhraseKind> = Set(PhraseKind.allCases), parts: Set<CorpusPart> = [.phrases]
  ) {
    switch CorpusPart.part(of: index, among: parts) {
    case .phrases:
      self.init(
        Score(seed: seed, index: index, maximumSeconds: maximumSeconds, captionCount: captionCount, kinds: kinds))
    case .synths:
      self.init(
        Score(synthSeed: seed, index: index, maximumSeconds: maximumSeconds, captionCount: captionCount, kinds: kinds))
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
    csound = score.composition.csoundScore
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
