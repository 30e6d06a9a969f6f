import Music

/// What has been put together of a song.
struct SongNotes {
  let beatsPerBar: Double
  var bars = 0
  var harmony: [ChordSpan] = []
  var notes: [IdeaStem.Role: [NoteEvent]] = [:]
  var sections: [Idea.Section] = []

  init(beatsPerBar: Double) { self.beatsPerBar = beatsPerBar }

  /// Puts a section behind what is there, cut to its bars.
  mutating func append(
    _ name: String, bars count: Int, harmony spans: [ChordSpan], key: Key, _ parts: [IdeaStem.Role: [NoteEvent]]
  ) {
    let (start, length) = (Double(bars) * beatsPerBar, Double(count) * beatsPerBar)
    let own = spans.compactMap { span -> ChordSpan? in
      guard span.startBeats < length - 1e-6 else { return nil }
      let beats = min(span.durationBeats, length - span.startBeats)
      return ChordSpan(chord: span.chord, startBeats: start + span.startBeats, durationBeats: beats)
    }
    harmony += own
    for (role, events) in parts {
      notes[role, default: []] += events.compactMap { event in
        guard event.startBeats < length - 1e-6 else { return nil }
        var event = event
        event.durationBeats = min(event.durationBeats, length - event.startBeats)
        event.startBeats += start
        return event
      }
    }
    let names = own.map { $0.chord.name(preferringFlats: key.prefersFlats) }
    sections.append(
      Idea.Section(
        name: name, firstBar: bars, bars: count,
        chordNames: names.reduce(into: []) { if $0.last != $1 { $0.append($1) } }))
    bars += count
  }
}
