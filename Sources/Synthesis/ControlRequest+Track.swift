public import Music

extension ControlRequest {
  /// The control track of a clip.
  /// - Throws: `ControlError` when a chord, a key, a note or a time signature is not understood, or a file cannot be used.
  public func track(frameCount: Int, framesPerSecond: Double) throws(ControlError) -> ControlTrack {
    var remarks: [String] = []
    return try track(frameCount: frameCount, framesPerSecond: framesPerSecond, remarks: &remarks)
  }

  /// The control track of a clip.
  /// - Parameter remarks: gets what was done to a recording, for people.
  func track(
    frameCount: Int, framesPerSecond: Double, remarks: inout [String]
  ) throws(ControlError) -> ControlTrack {
    var track = ControlTrack(frameCount: frameCount, framesPerSecond: framesPerSecond)
    if let follow {
      let line = try line(of: follow, seconds: Double(frameCount) / framesPerSecond, remarks: &remarks)
      track = track.merging(line.resampled(framesPerSecond: framesPerSecond, frameCount: frameCount))
    }
    let signature = try signature()
    var playsMeter = false
    if let midi {
      let file = try file(midi)
      let notes = ControlTrack(midi: file, frameCount: frameCount, framesPerSecond: framesPerSecond)
      // Every file has a tempo; of a clip without a pulse the network has not learned what one would mean.
      track = track.merging(file.hasPulse ? notes : notes.keeping([.pitch, .register]))
      playsMeter = playsAtTempo && file.hasPulse
    }
    if let chart = try chart() {
      let chords = ControlTrack(
        chords: chart, tempo: tempo ?? 120, timeSignature: signature, frameCount: frameCount,
        framesPerSecond: framesPerSecond)
      track = track.merging(tempo == nil ? chords.keeping(.pitch) : chords)
    } else if let tempo, !playsMeter {
      track = track.merging(
        ControlTrack(
          tempo: tempo, firstBeat: firstBeat ?? 0, timeSignature: signature, frameCount: frameCount,
          framesPerSecond: framesPerSecond))
    }
    if let scale = try scaleTrack(frameCount: frameCount, framesPerSecond: framesPerSecond) {
      track = track.merging(scale)
    }
    return track
  }

  /// What a note, or a key by itself, says of pitch; nil where others say more, or neither is there.
  private func scaleTrack(frameCount: Int, framesPerSecond: Double) throws(ControlError) -> ControlTrack? {
    guard chords == nil, midi == nil else { return nil }
    if let pitch = try pitch() {
      let key = note.flatMap { PitchClass.key(ofNoteName: $0) }
      return key.map { ControlTrack(key: $0, frameCount: frameCount, framesPerSecond: framesPerSecond) }
        ?? ControlTrack(note: pitch, frameCount: frameCount, framesPerSecond: framesPerSecond)
    }
    guard follow == nil || !followed.contains(.pitch), let key = try readKey() else { return nil }
    return ControlTrack(key: key, frameCount: frameCount, framesPerSecond: framesPerSecond)
  }

  /// Whether a MIDI file plays at the tempo that is given; by the first rules that says the metre alone.
  private var playsAtTempo: Bool { tempo != nil && (rules ?? .first) != .first }

  /// When the notes of the MIDI file begin, in seconds; none where that is left to the network.
  /// - Throws: `ControlError` when the file cannot be used.
  func onsets() throws(ControlError) -> [Double] {
    guard placesOnsets == true, let midi else { return [] }
    return try file(midi).onsets
  }

  private func file(_ file: ControlFile) throws(ControlError) -> MIDIFile {
    try file.check(as: .midi)
    let midi: MIDIFile
    do { midi = try MIDIFile.read(file.url) } catch { throw .midi(path: file.path, error) }
    guard playsAtTempo, let tempo else { return midi }
    return midi.played(at: tempo, timeSignature: timeSignature == nil ? nil : try signature())
  }
}
