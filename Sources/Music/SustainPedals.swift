/// When each channel's sustain pedal (controller 64) is down.
package struct SustainPedals {
  /// Stretches with the pedal down, in quarter notes, in order, by channel.
  private var stretches: [Int: [(start: Double, end: Double)]] = [:]

  package init(_ midi: MIDIFile) {
    let controls = midi.tracks.flatMap(\.controls).filter { $0.controller == 64 }.sorted { $0.beat < $1.beat }
    var pressed: [Int: Double] = [:]
    for control in controls {
      if control.value >= 64 {
        if pressed[control.channel] == nil { pressed[control.channel] = control.beat }
      } else if let start = pressed.removeValue(forKey: control.channel) {
        stretches[control.channel, default: []].append((start, control.beat))
      }
    }
    for (channel, start) in pressed {
      stretches[channel, default: []].append((start, max(start, midi.lengthBeats)))
    }
  }

  /// The quarter note at which a note is let go, by its key and by the pedal.
  package func release(of note: NoteEvent) -> Double {
    guard let stretches = stretches[note.channel] else { return note.endBeats }
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].start <= note.endBeats { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return note.endBeats }
    return max(note.endBeats, stretches[low - 1].end)
  }
}
