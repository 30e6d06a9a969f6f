import Corpus
import Foundation
import Music
import Rendering
import Synthesis

/// What `idea` says when it is done.
struct IdeaReport: Encodable {
  struct Entry: Encodable {
    var file: String
    var midi: String
    var key: String
    var bpm: Double
    var timeSignature: String
    var bars: Int
    var chords: [String]
    /// Where the melody goes, if it plainly goes anywhere.
    var melody: String?
    var prompt: String
    var seed: UInt64
    var seconds: Double
  }

  var ideas: [Entry]
  var model: String
  /// What the model takes the words for; nil where it has no list of its words.
  var understanding: PromptUnderstanding?
  var loadSeconds: Double
  var generateSeconds: Double

  init(_ files: IdeaFiles, model: String, loadSeconds: Double, generateSeconds: Double) {
    ideas = files.sketches.indices.map { index in
      let idea = files.sketches[index].idea
      return Entry(
        file: files.clips.urls[index].path, midi: files.midi[index].path, key: idea.key.name, bpm: idea.tempo,
        timeSignature: idea.timeSignature.name, bars: idea.bars, chords: idea.chordNames, melody: idea.contour,
        prompt: idea.prompt, seed: files.requests[index].seed, seconds: idea.seconds)
    }
    self.model = model
    self.loadSeconds = loadSeconds
    self.generateSeconds = generateSeconds
  }

  /// One line for people.
  var summary: String {
    GenerationReport.summary(
      seconds: ideas.reduce(0) { $0 + $1.seconds }, generateSeconds: generateSeconds, loadSeconds: loadSeconds,
      model: model, seeds: ideas.map(\.seed))
  }
}

/// What `idea --stems` says of one idea.
struct StemReport: Encodable {
  let mix: String
  let stems: [String: String]
  let midi: String
  let key: String
  let bpm: Double
  let timeSignature: String
  let bars: Int
  let chords: [String]
  let prompts: [String: String]
  let seed: UInt64
  let seconds: Double

  init(_ sketch: IdeaSketch, _ written: IdeaStems.Written) {
    let (idea, files) = (sketch.idea, written.files)
    mix = files[0].path
    stems = Dictionary(
      uniqueKeysWithValues: files.dropFirst().map { ($0.deletingPathExtension().lastPathComponent, $0.path) })
    midi = files[0].deletingLastPathComponent().appendingPathComponent("idea.mid").path
    (key, bpm, timeSignature, bars) = (idea.key.name, idea.tempo, idea.timeSignature.name, idea.bars)
    (chords, seed, seconds) = (idea.chordNames, sketch.request.seed, idea.seconds)
    prompts = Dictionary(uniqueKeysWithValues: written.prompts.map { ($0.key.rawValue, $0.value) })
  }
}

extension Idea {
  /// "D minor, 84 bpm: Dm Bb F C".
  var summary: String {
    "\(key.name), \(String(format: "%g", tempo)) bpm: \(chordNames.joined(separator: " "))"
  }
}
