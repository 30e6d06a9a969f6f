import Music

extension Composition {
  /// The phrase as a standard MIDI file of format 1: what is rendered, and what is kept beside the audio.
  func midiFile(title: String) -> MIDIFile {
    let tracks = parts.indices.map { index in
      let part = parts[index]
      let channel = part.notes.first?.channel ?? (part.role == .drums ? GeneralMIDI.percussionChannel : 0)
      let program = part.player.isKit ? staging?.kit?.program ?? part.player.program : part.player.program
      let volume = MIDIFile.ControlChange(channel: channel, controller: 7, value: part.role.volume)
      let room = [MIDIFile.ControlChange(channel: channel, controller: 91, value: 24)]
      return MIDIFile.Track(
        name: part.player.name, programs: [.init(channel: channel, program: program)],
        controls: [volume] + (staging?.controls(part: index, isKit: part.player.isKit, channel: channel) ?? room),
        notes: part.notes)
    }
    let tempo = Tempo(beatsPerMinute: Double(frame.tempo))
    return MIDIFile(
      title: title, tempos: [.init(beat: 0, microsecondsPerQuarter: tempo.microsecondsPerQuarter)],
      timeSignatures: [.init(beat: 0, timeSignature: frame.timeSignature)], tracks: tracks, lengthBeats: lengthBeats)
  }
}

extension Composition.Player {
  var isKit: Bool {
    if case .kit = self { true } else { false }
  }

  var name: String {
    switch self {
    case .instrument(let instrument, _): instrument.name
    case .kit: "drums"
    }
  }

  var program: Int {
    switch self {
    case .instrument(_, let program): program
    case .kit(let kit): kit.program
    }
  }
}

extension Composition.Role {
  /// MIDI channel volume, which balances a band: the part in front is louder than what carries it.
  var volume: Int {
    switch self {
    case .solo, .drums: 100
    case .bass, .lead: 104
    case .chords: 84
    }
  }
}
