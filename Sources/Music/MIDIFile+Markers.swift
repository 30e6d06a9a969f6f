extension MIDIFile {
  /// A name at a place, which sequencers show on their time line: a section, a chord.
  public struct Marker: Hashable, Sendable {
    public var beat: Double
    public var text: String

    public init(beat: Double, text: String) {
      self.beat = beat
      self.text = text
    }
  }

  /// The accidentals that a score is written with.
  public struct KeySignature: Hashable, Sendable {
    public var beat: Double
    /// Sharps, 0 … 7, or as negative numbers flats.
    public var sharps: Int
    public var isMinor: Bool

    /// - Precondition: seven accidentals at most.
    public init(beat: Double, sharps: Int, isMinor: Bool) {
      precondition((-7...7).contains(sharps), "\(sharps) accidentals: wants -7 to 7")
      self.beat = beat
      self.sharps = sharps
      self.isMinor = isMinor
    }

    /// That of a key; modes have their relative major's, and only minor is called so.
    public init(beat: Double, key: Key) {
      self.init(beat: beat, sharps: key.sharps, isMinor: key.mode == .minor)
    }
  }
}

extension Key {
  /// Sharps of the key signature, 0 … 5, or as negative numbers flats, down to −6: as many as `prefersFlats` says.
  public var sharps: Int {
    // Fifths above C of the relative major.
    let fifths = PitchClass(7 * (tonic.value + mode.relativeMajorOffset)).value
    return fifths >= 6 ? fifths - 12 : fifths
  }
}
