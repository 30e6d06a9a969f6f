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

/// What is said of one composition with stems.
struct StemReport: Encodable {
  let mix: String
  let stems: [String: String]
  let midi: String
  let key: String
  let bpm: Double
  let timeSignature: String
  let bars: Int
  let chords: [String]
  /// Of its form, in order; none without one.
  let sections: [Section]
  let prompts: [String: String]
  let seed: UInt64
  let seconds: Double

  /// A section, its first bar counted from 1.
  struct Section: Encodable {
    let name: String
    let firstBar: Int
    let bars: Int
    let chords: [String]
  }

  init(_ sketch: IdeaSketch, _ written: IdeaStems.Written) {
    let (idea, files) = (sketch.idea, written.files)
    mix = files[0].path
    stems = Dictionary(
      uniqueKeysWithValues: files.dropFirst().map { ($0.deletingPathExtension().lastPathComponent, $0.path) })
    midi = files[0].deletingLastPathComponent().appendingPathComponent("idea.mid").path
    (key, bpm, timeSignature, bars) = (idea.key.name, idea.tempo, idea.timeSignature.name, idea.bars)
    (chords, seed, seconds) = (idea.chordNames, sketch.request.seed, idea.seconds)
    sections = idea.sections.map {
      Section(name: $0.name, firstBar: $0.firstBar + 1, bars: $0.bars, chords: $0.chordNames)
    }
    prompts = Dictionary(uniqueKeysWithValues: written.prompts.map { ($0.key.rawValue, $0.value) })
  }
}

extension Idea {
  /// "D minor, 84 bpm: Dm Bb F C"; of a form "verse Dm Bb, chorus F C" behind it, each section once.
  var summary: String {
    let head = "\(key.name), \(String(format: "%g", tempo)) bpm: "
    guard !sections.isEmpty else { return head + chordNames.joined(separator: " ") }
    let kinds = sections.reduce(into: [Section]()) { kinds, section in
      if !kinds.contains(where: { $0.name == section.name }) { kinds.append(section) }
    }
    return head + kinds.map { "\($0.name) \($0.chordNames.joined(separator: " "))" }.joined(separator: ", ")
  }
}
