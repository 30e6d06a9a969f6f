import Corpus
import Foundation
import Music
import Synthesis

/// A player's stem of a form as the parts that a model makes: each section, or some bars of a long one.
///
/// A part begins a bar early, with what is played there, so that its first note is no beginning; and all parts of a stem
/// begin with the same noise, so that an instrument stays the same and a section that comes again sounds again.
struct StemParts {
  struct Part {
    /// Samples of the stem that are the part's own.
    let own: Range<Int>
    /// Samples of the stem that its clip has: some before, and some behind. The first may be negative.
    let made: Range<Int>
    let notes: [NoteEvent]
    /// Whether nothing sounds in its own samples.
    let isRest: Bool
  }

  private let idea: Idea
  private let player: IdeaStem
  private let sampleRate: Double

  /// The longest part, in seconds; a longer section is made in parts of as many bars.
  private static let longest = 16.0
  /// Seconds behind a part that its clip has: a window's half and the fade; where a rest follows, what rings there.
  private static let tail = 0.15
  private static let ringingTail = 1.5

  init(_ idea: Idea, _ player: IdeaStem, sampleRate: Int) {
    (self.idea, self.player, self.sampleRate) = (idea, player, Double(sampleRate))
  }

  private var beatsPerBar: Double { idea.timeSignature.quartersPerBar }
  private func sample(bar: Int) -> Int {
    Int((Double(bar) * beatsPerBar * 60 / idea.tempo * sampleRate).rounded())
  }

  /// Bars of each part.
  private var spans: [Range<Int>] {
    let secondsPerBar = beatsPerBar * 60 / idea.tempo
    return idea.sections.flatMap { section -> [Range<Int>] in
      let count = max(1, Int((Double(section.bars) * secondsPerBar / Self.longest).rounded(.up)))
      let bars = (section.bars + count - 1) / count
      return stride(from: 0, to: section.bars, by: bars).map { first in
        section.firstBar + first..<section.firstBar + min(section.bars, first + bars)
      }
    }
  }

  func parts() -> [Part] {
    let spans = spans
    return spans.enumerated().map { place, bars in
      let rests = self.rests(bars)
      let isLast = place + 1 == spans.count || self.rests(spans[place + 1])
      let tail = Int(((isLast ? Self.ringingTail : Self.tail) * sampleRate).rounded())
      let own = sample(bar: bars.lowerBound)..<sample(bar: bars.upperBound)
      let first = Double(bars.lowerBound - 1) * beatsPerBar
      let end = Double(bars.upperBound) * beatsPerBar + Double(tail) / sampleRate * idea.tempo / 60
      let notes = player.notes.filter { $0.endBeats > first && $0.startBeats < end }.map { note in
        var note = note
        note.startBeats = max(0, note.startBeats - first)
        note.durationBeats = min(note.durationBeats, note.endBeats - note.startBeats)
        return note
      }
      return Part(
        own: own, made: own.lowerBound - sample(bar: 1)..<own.upperBound + tail, notes: notes, isRest: rests)
    }
  }

  private func rests(_ bars: Range<Int>) -> Bool {
    let beats = Double(bars.lowerBound) * beatsPerBar..<Double(bars.upperBound) * beatsPerBar
    return !player.notes.contains { $0.endBeats > beats.lowerBound + 0.1 && $0.startBeats < beats.upperBound }
  }

  /// The request of a part.
  /// - Parameter folder: gets the MIDI file that it plays, under a name that says what is in it.
  func request(of part: Part, like request: GenerationRequest, in folder: URL) throws -> GenerationRequest {
    var score = idea.score
    score.markers = []
    score.tracks = [player.track]
    score.tracks[0].notes = part.notes
    score.lengthBeats = Double(part.made.count) / sampleRate * idea.tempo / 60
    let bytes = score.encoded()
    var request = request
    // Notes are placed when the parts are together.
    request.controls?.placesOnsets = nil
    request.duration = Double(part.made.count) / sampleRate
    let file = ControlFile(name: "part.mid", in: folder, contents: bytes)
    let name = "\(file.hash).mid"
    try score.write(to: folder.appendingPathComponent(name))
    request.controls?.midi = ControlFile(name: name, in: folder, contents: bytes)
    return request
  }
}
