extension ControlTrack {
  /// A track of the chords' tones, bass notes among them, and the metre, from the first bar line on.
  ///
  /// Tones are 1 for as long as their chord lasts; the chart goes round until the track is full.
  /// - Parameter tempo: quarter notes a minute.
  /// - Precondition: the tempo is positive and finite.
  public init(
    chords chart: ChordChart, tempo: Double, timeSignature: TimeSignature = .common, frameCount: Int,
    framesPerSecond: Double = Self.framesPerSecond
  ) {
    self.init(tempo: tempo, timeSignature: timeSignature, frameCount: frameCount, framesPerSecond: framesPerSecond)
    declare(.pitch)
    let tones = chart.spans.map { span in
      var tones = [Float](repeating: 0, count: 12)
      for pitch in span.chord?.pitchClasses ?? [] { tones[pitch.value] = 1 }
      return tones
    }
    for frame in 0..<frameCount {
      let beat = Double(frame) / framesPerSecond * tempo / 60
      set(.pitch, frame: frame, to: tones[chart.index(atBeat: beat)])
    }
  }
}
