import Foundation
import Music

/// What the files that a draft names say of its clip: how long it is, and what of them it has no room for.
struct GivenFiles {
  private(set) var score: (path: String, contents: MIDIFile)?
  private(set) var followed: (path: String, seconds: Double)?
  private(set) var changed: (path: String, seconds: Double)?
  /// What a loop is cut out of, from where it begins on.
  private(set) var looped: (path: String, seconds: Double)?

  /// - Parameters:
  ///   - former: the request that the draft began with, whose files have had their say.
  /// - Throws: `ControlError` where a file cannot be read.
  init(
    _ controls: ControlRequest, _ edit: EditRequest?, former: GenerationRequest, memory: ControlFileMemory
  ) throws(ControlError) {
    if let file = controls.midi, file != former.controls?.midi {
      var score = try memory.score(file)
      if let tempo = controls.tempo {
        score = score.played(at: tempo, timeSignature: controls.timeSignature.flatMap { TimeSignature(name: $0) })
      }
      self.score = (file.path, score)
    }
    if let file = controls.follow, file != former.controls?.follow {
      followed = (file.path, try memory.seconds(of: file))
    }
    if let file = edit?.source, file != former.edit?.source {
      let seconds = try memory.seconds(of: file)
      if let start = edit?.loopStart {
        looped = (file.path, seconds - start)
      } else if edit?.continues == false {
        changed = (file.path, seconds)
      }
    }
  }

  /// The clip's length in seconds where nothing else says it; nil where they do not either.
  var seconds: Double? { looped?.seconds ?? changed?.seconds ?? score?.contents.duration ?? followed?.seconds }

  /// The file that says a length which no clip has; nil where it is long enough.
  var tooShort: (path: String, seconds: Double)? {
    let deciding = looped ?? changed ?? score.map { ($0.path, $0.contents.duration) } ?? followed
    return deciding.flatMap { $0.seconds < GenerationRequest.minimumDuration ? $0 : nil }
  }

  /// What a clip of so many seconds has not of them, and what it has not from them.
  func notes(clip seconds: Double) -> [RequestLine] {
    var notes: [RequestLine] = []
    for recording in [changed, followed].compactMap(\.self) {
      notes += Self.lengthNotes(recording.path, seconds: recording.seconds, clip: seconds)
    }
    guard let score else { return notes }
    return notes + Self.lengthNotes(score.path, seconds: score.contents.duration, clip: seconds)
      + Self.noteNotes(score.path, score.contents, clip: seconds)
      + score.contents.remarks.map { "\(score.path): \($0)" }
  }

  private static func lengthNotes(_ path: String, seconds: Double, clip: Double) -> [RequestLine] {
    if seconds > clip + 0.05 { return ["\(path) lasts \(text(seconds)), and the clip \(text(clip)): the rest is cut"] }
    if seconds < clip - 0.5 {
      return ["\(path) ends after \(text(seconds)), and the clip after \(text(clip)): the rest follows nothing"]
    }
    return []
  }

  private static func noteNotes(_ path: String, _ score: MIDIFile, clip: Double) -> [RequestLine] {
    let map = score.tempoMap
    let (drums, pitched) = score.notes.reduce(into: (0, [NoteEvent]())) { sum, note in
      if note.channel == GeneralMIDI.percussionChannel { sum.0 += 1 } else { sum.1.append(note) }
    }
    guard let first = pitched.first else {
      return [
        "\(path) holds drum notes only (channel 10), which cannot be played: its tempo and its length are all that is used"
      ]
    }
    var notes: [RequestLine] = []
    if drums > 0 {
      notes.append("\(path): \(drums) drum notes (channel 10) are not played; the prompt can ask for drums")
    }
    let start = map.seconds(atBeat: first.startBeats)
    if start >= clip {
      notes.append("\(path): no note sounds within the clip of \(text(clip)); the first begins at \(text(start))")
      return notes
    }
    let pedals = SustainPedals(score)
    let last = map.seconds(atBeat: pitched.map(pedals.release).max() ?? 0)
    if min(clip, score.duration) - last > longSilence {
      notes.append("\(path) is silent from \(text(last)) on, where its last note ends")
    }
    return notes
  }

  /// Seconds behind the last note that are worth a word.
  private static let longSilence = 4.0

  static func text(_ seconds: Double) -> String { String(format: "%.1f s", seconds) }
}
