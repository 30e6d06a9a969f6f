/// What a sound does over time, frame by frame: pitch classes, loudness, brightness, where in the beat and bar it is, and in
/// which octaves.
///
/// The frames are those of the mel spectrogram: frame i is centred on sample i · 768 at 44.1 kHz. Each has 27 values,
/// `[frame, 27]` row-major:
///
/// | index | value |
/// |---|---|
/// | 0 … 11 | how strongly the pitch classes C … B sound, 0 … 1 |
/// | 12 | loudness: RMS from −60 dBFS (0) to 0 dBFS (1), a full-scale sine being 0 dBFS |
/// | 13 | brightness: the spectral centroid's place on the axis ln(1 + f / 200 Hz) from 0 to 20 kHz, 0 … 1 |
/// | 14, 15 | sine and cosine of the phase within the quarter note, counted from the bar line |
/// | 16, 17 | sine and cosine of the phase within the bar |
/// | 18 … 26 | how strongly the octaves C0 to B0 … C8 to B8 sound, 0 … 1 |
///
/// A track has only some groups of these; the values of the others are 0, as those of the metre are where it is not known.
public struct ControlTrack: Equatable, Sendable {
  /// Values a frame.
  public static let valueCount = 27
  /// Octaves that are told apart, from C0 to B8; what lies beyond counts as the nearest.
  static let octaveCount = 9
  /// Hops of 768 samples at 44.1 kHz: 57.421875.
  public static let framesPerSecond = 44_100.0 / 768

  /// The values, `[frame, 27]` row-major.
  public private(set) var values: [Float]
  /// The groups that the track has.
  public private(set) var groups: Groups
  /// The frame rate, in hertz.
  public let framesPerSecond: Double

  /// Frames held.
  public var frameCount: Int { values.count / Self.valueCount }
  /// Length in seconds.
  public var duration: Double { Double(frameCount) / framesPerSecond }

  /// A track that says nothing.
  /// - Precondition: `frameCount` is not negative, and the rate positive and finite.
  public init(frameCount: Int, framesPerSecond: Double = Self.framesPerSecond) {
    precondition(frameCount >= 0, "a control track of \(frameCount) frames")
    self.init(
      values: [Float](repeating: 0, count: frameCount * Self.valueCount), groups: [], framesPerSecond: framesPerSecond)
  }

  /// A track over `values`, `[frame, 27]` row-major, as it is stored. The values of groups that it lacks become 0.
  /// - Precondition: `values` holds whole frames, and the rate is positive and finite.
  public init(values: [Float], groups: Groups, framesPerSecond: Double = Self.framesPerSecond) {
    precondition(
      values.count % Self.valueCount == 0, "\(values.count) values are not whole frames of \(Self.valueCount)")
    precondition(
      framesPerSecond > 0 && framesPerSecond.isFinite, "\(framesPerSecond) frames a second: wants a positive number")
    self.values = values
    self.groups = groups
    self.framesPerSecond = framesPerSecond
    for group in Groups.each where !groups.contains(group) { clear(group) }
  }

  /// Whether every frame says the same.
  public var isConstant: Bool { (0..<frameCount).allSatisfy { self[$0].elementsEqual(self[0]) } }

  /// The 27 values of a frame.
  public subscript(frame: Int) -> ArraySlice<Float> {
    values[frame * Self.valueCount..<(frame + 1) * Self.valueCount]
  }

  /// Which octave a MIDI key belongs to.
  static func octave(ofKey key: Int) -> Int { max(0, min(octaveCount - 1, key / 12 - 1)) }

  /// How strongly a pitch class sounds in a frame, 0 … 1.
  public func strength(of pitch: PitchClass, frame: Int) -> Float { values[frame * Self.valueCount + pitch.value] }
  /// Loudness of a frame, 0 (−60 dBFS and below) … 1 (0 dBFS).
  public func loudness(frame: Int) -> Float { values[frame * Self.valueCount + 12] }
  /// Brightness of a frame, 0 (0 Hz) … 1 (20 kHz).
  public func brightness(frame: Int) -> Float { values[frame * Self.valueCount + 13] }
  /// How strongly an octave sounds in a frame, 0 … 1: 4 is that from C4, MIDI key 60, up.
  public func strength(ofOctave octave: Int, frame: Int) -> Float {
    values[frame * Self.valueCount + Groups.register.valueRange.lowerBound + octave]
  }
  /// How much of its quarter note has passed at a frame, 0 ..< 1; nil where the metre is not known.
  public func beatPhase(frame: Int) -> Double? { phase(frame: frame, at: 14) }
  /// How much of its bar has passed at a frame, 0 ..< 1; nil where the metre is not known.
  public func barPhase(frame: Int) -> Double? { phase(frame: frame, at: 16) }

  /// Puts values of one group into a frame; the group becomes one that the track has.
  /// - Precondition: as many values as the group has, for a frame of the track.
  mutating func set(_ group: Groups, frame: Int, to newValues: some Collection<Float>) {
    let range = group.valueRange
    precondition(newValues.count == range.count, "\(newValues.count) values for \(range.count) of a frame")
    for (offset, value) in zip(range, newValues) { values[frame * Self.valueCount + offset] = value }
    groups.insert(group)
  }

  /// Puts a group's values into all frames, `[frame, value]`.
  mutating func set(_ group: Groups, rows: [Float]) {
    let width = group.valueRange.count
    precondition(rows.count == frameCount * width, "\(rows.count) values for \(frameCount) frames of \(width)")
    declare(group)
    for frame in 0..<frameCount { set(group, frame: frame, to: rows[frame * width..<(frame + 1) * width]) }
  }

  /// Puts the same values of a group into every frame.
  mutating func set(_ group: Groups, throughout values: [Float]) {
    declare(group)
    for frame in 0..<frameCount { set(group, frame: frame, to: values) }
  }

  /// Says that the track has a group, whether or not any of its values differ from 0.
  mutating func declare(_ group: Groups) { groups.formUnion(group) }

  /// Takes a group away.
  public mutating func clear(_ group: Groups) {
    for part in Groups.each where group.contains(part) {
      for frame in 0..<frameCount {
        for offset in part.valueRange { values[frame * Self.valueCount + offset] = 0 }
      }
    }
    groups.subtract(group)
  }
}

extension ControlTrack {
  /// The parts of a control track that can be given or left out, each on its own.
  public struct Groups: OptionSet, Codable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// 12 pitch classes.
    public static let pitch = Groups(rawValue: 1)
    public static let loudness = Groups(rawValue: 2)
    public static let brightness = Groups(rawValue: 4)
    /// Phase within the beat and the bar.
    public static let meter = Groups(rawValue: 8)
    /// 9 octaves.
    public static let register = Groups(rawValue: 16)

    public static let all: Groups = [.pitch, .loudness, .brightness, .meter, .register]
    /// The groups one by one, in the order of their values.
    public static let each: [Groups] = [.pitch, .loudness, .brightness, .meter, .register]

    /// Where in a frame's 27 values a single group lies.
    var valueRange: Range<Int> {
      switch self {
      case .pitch: 0..<12
      case .loudness: 12..<13
      case .brightness: 13..<14
      case .meter: 14..<18
      case .register: 18..<27
      default: preconditionFailure("groups \(rawValue) are not a single one")
      }
    }
  }

  /// One group's values in a frame.
  package func values(of group: Groups, frame: Int) -> ArraySlice<Float> {
    let (start, range) = (frame * Self.valueCount, group.valueRange)
    return values[start + range.lowerBound..<start + range.upperBound]
  }
}
