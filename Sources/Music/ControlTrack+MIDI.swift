import Foundation

extension ControlTrack {
  /// How long a note takes to fade away after its end, in seconds.
  static let releaseSeconds = 0.05

  /// A track of the notes that sound in a MIDI file, and its metre.
  ///
  /// A pitch class or an octave is as strong as its hardest struck note, 0.5 + velocity / 254, and fades over 50 ms after
  /// the note's end, or after the sustain pedal's. Percussion (channel 10) has no pitch. Bars are counted from each time
  /// signature, 4/4 until the first. Loudness and brightness are absent: a file says nothing of them that a synthesizer
  /// keeps to.
  public init(midi: MIDIFile, frameCount: Int, framesPerSecond: Double = Self.framesPerSecond) {
    self.init(frameCount: frameCount, framesPerSecond: framesPerSecond)
    let tempoMap = midi.tempoMap
    addMeter(midi.timeSignatures, tempoMap: tempoMap)
    addNotes(of: midi, tempoMap: tempoMap)
  }

  private mutating func addMeter(_ changes: [MIDIFile.TimeSignatureChange], tempoMap: TempoMap) {
    declare(.meter)
    let changes = changes.sorted { $0.beat < $1.beat }
    var next = 0
    var current = MIDIFile.TimeSignatureChange(beat: 0, timeSignature: .common)
    for frame in 0..<frameCount {
      let beat = tempoMap.beat(atSeconds: Double(frame) / framesPerSecond)
      while next < changes.count && changes[next].beat <= beat + 1e-9 {
        current = changes[next]
        next += 1
      }
      setMeter(frame: frame, quartersIntoBar: beat - current.beat, timeSignature: current.timeSignature)
    }
  }

  private mutating func addNotes(of midi: MIDIFile, tempoMap: TempoMap) {
    declare([.pitch, .register])
    var pitches = [Float](repeating: 0, count: frameCount * 12)
    var octaves = [Float](repeating: 0, count: frameCount * Self.octaveCount)
    let pedals = SustainPedals(midi)
    for note in midi.tracks.lazy.flatMap(\.notes) where note.channel != GeneralMIDI.percussionChannel {
      let endBeats = pedals.release(of: note)
      let (start, end) = (tempoMap.seconds(atBeat: note.startBeats), tempoMap.seconds(atBeat: endBeats))
      let strength = Float(0.5 + Double(note.velocity) / 254)
      // A note is heard in the frame that it begins nearest to, however short it is.
      let first = (start * framesPerSecond).rounded()
      let last = max(first, ((end + Self.releaseSeconds) * framesPerSecond).rounded(.down))
      guard last >= 0, first < Double(frameCount) else { continue }
      for frame in Int(max(0, first))...Int(min(last, Double(frameCount - 1))) {
        let overtime = max(0, Double(frame) / framesPerSecond - max(end, first / framesPerSecond))
        let faded = strength * Float(1 - overtime / Self.releaseSeconds)
        let pitch = frame * 12 + PitchClass(note.key).value
        pitches[pitch] = max(pitches[pitch], faded)
        let octave = frame * Self.octaveCount + Self.octave(ofKey: note.key)
        octaves[octave] = max(octaves[octave], faded)
      }
    }
    set(.pitch, rows: pitches)
    set(.register, rows: octaves)
  }
}
