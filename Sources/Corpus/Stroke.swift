import Music

/// A note as a part writes it: on the grid, at no particular loudness, before a player has touched it.
struct Stroke: Sendable {
  var beat: Double
  var durationBeats: Double
  var key: Int
  /// Added to the phrase's velocity.
  var accent = 0
}

/// How a part's strokes become notes.
struct Performance: Sendable {
  var frame: PhraseFrame
  var lengthBeats: Double
  var dynamics: Composition.Dynamics
  var channel = 0
  /// The share of its written length that a note is held for.
  var gate = 0.94
  /// Deviation of note onsets in seconds: 0 for a machine.
  var loosenessSeconds = 0.005
  /// Notes sound at least this long, as strings and bars that nobody damps do.
  var leastSeconds = 0.0

  /// Notes sound at most this long.
  var mostSeconds = Double.infinity
  /// How long a note goes on into the next.
  var overlapSeconds = 0.0

  /// Plays as part `music` has it: staccato notes are short whatever is written, legato ones go on into the next, and others leave
  /// room between them.
  mutating func articulate(_ articulation: Composition.Articulation?) {
    switch articulation {
    case .staccato: (gate, mostSeconds) = (0.35, 0.15)
    case .legato: (gate, overlapSeconds, loosenessSeconds) = (1, 0.07, loosenessSeconds * 0.6)
    case nil: gate = 0.86
    }
  }

  /// Swings the strokes, moves them off the grid, and gives each a velocity.
  func notes(_ strokes: [Stroke], random: inout CorpusRandom) -> [NoteEvent] {
    var ordered = strokes.sorted { ($0.beat, $0.key) < ($1.beat, $1.key) }
    if overlapSeconds > 0 { ordered = Self.joined(ordered) }
    var notes: [NoteEvent] = []
    for stroke in ordered where stroke.beat < lengthBeats {
      let jitter = loosenessSeconds / frame.secondsPerBeat * random.bell()
      let start = stroke.beat == 0 ? 0 : max(0, frame.swing.swung(stroke.beat) + jitter)
      let end = frame.swing.swung(stroke.beat + stroke.durationBeats * gate)
      let held = min(end - start + overlapSeconds / frame.secondsPerBeat, mostSeconds / frame.secondsPerBeat)
      let length = max(held, leastSeconds / frame.secondsPerBeat, 0.05)
      let velocity = dynamics.velocity + stroke.accent + metricAccent(stroke.beat) + Int((4 * random.bell()).rounded())
      notes.append(
        NoteEvent(
          startBeats: start, durationBeats: min(length, lengthBeats - start), key: stroke.key,
          velocity: min(max(velocity, 12), 127), channel: channel))
    }
    return Self.withoutOverlaps(notes.filter { $0.startBeats < lengthBeats - 0.02 })
  }

  /// Strokes that last until the next one, over rests of up to two beats.
  private static func joined(_ strokes: [Stroke]) -> [Stroke] {
    strokes.map { stroke in
      guard let next = strokes.first(where: { $0.beat > stroke.beat + 0.05 }) else { return stroke }
      var stroke = stroke
      stroke.durationBeats = max(stroke.durationBeats, min(next.beat - stroke.beat, 2))
      return stroke
    }
  }

  private func metricAccent(_ beat: Double) -> Int {
    let inBar = beat.truncatingRemainder(dividingBy: frame.beatsPerBar)
    if inBar < 0.01 { return 5 }
    if frame.isCompound {
      let pulse = inBar / 1.5
      return abs(pulse - pulse.rounded()) < 0.01 ? 3 : -4
    }
    return abs(inBar - inBar.rounded()) < 0.01 ? 1 : -4
  }

  /// Ends a note where its own key is struck again, or its release would silence the new one.
  private static func withoutOverlaps(_ notes: [NoteEvent]) -> [NoteEvent] {
    var result: [NoteEvent] = []
    var last: [Int: Int] = [:]
    for note in notes.sorted(by: { ($0.startBeats, $0.key) < ($1.startBeats, $1.key) }) {
      if let index = last[note.key] {
        let gap = note.startBeats - result[index].startBeats
        if gap < 0.03 { continue }
        result[index].durationBeats = min(result[index].durationBeats, gap)
      }
      last[note.key] = result.count
      result.append(note)
    }
    return result
  }
}
