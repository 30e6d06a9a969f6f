/// The musical content of a standard MIDI file: tempo, metre, and tracks of notes, programs and controllers.
///
/// Times are in quarter notes ("beats"). What a synthesizer needs for these is kept; system exclusive data, pitch bend,
/// pressure and other meta events are read past.
public struct MIDIFile: Equatable, Sendable {
  public enum Format: Int, Sendable {
    /// All events in one track.
    case single = 0
    /// A conductor track with tempo and metre, then tracks that play together.
    case parallel = 1
  }

  public struct TempoChange: Hashable, Sendable {
    public var beat: Double
    public var microsecondsPerQuarter: Int

    public init(beat: Double, microsecondsPerQuarter: Int) {
      self.beat = beat
      self.microsecondsPerQuarter = microsecondsPerQuarter
    }
  }

  public struct TimeSignatureChange: Hashable, Sendable {
    public var beat: Double
    public var timeSignature: TimeSignature

    public init(beat: Double, timeSignature: TimeSignature) {
      self.beat = beat
      self.timeSignature = timeSignature
    }
  }

  public struct ProgramChange: Hashable, Sendable {
    public var beat: Double
    public var channel: Int
    /// General MIDI program counted from 0, or the drum kit on channel 9.
    public var program: Int

    public init(beat: Double = 0, channel: Int, program: Int) {
      self.beat = beat
      self.channel = channel
      self.program = program
    }
  }

  public struct ControlChange: Hashable, Sendable {
    public var beat: Double
    public var channel: Int
    public var controller: Int
    public var value: Int

    public init(beat: Double = 0, channel: Int, controller: Int, value: Int) {
      self.beat = beat
      self.channel = channel
      self.controller = controller
      self.value = value
    }
  }

  public struct Track: Equatable, Sendable {
    public var name: String
    public var programs: [ProgramChange]
    public var controls: [ControlChange]
    /// In order of their start.
    public var notes: [NoteEvent]

    public init(
      name: String = "", programs: [ProgramChange] = [], controls: [ControlChange] = [], notes: [NoteEvent] = []
    ) {
      self.name = name
      self.programs = programs
      self.controls = controls
      self.notes = notes
    }

    var isSilent: Bool { programs.isEmpty && controls.isEmpty && notes.isEmpty }
  }

  public var format: Format
  /// Resolution, 1 … 32767.
  public var ticksPerQuarter: Int
  public var title: String
  public var tempos: [TempoChange]
  public var timeSignatures: [TimeSignatureChange]
  public var keySignatures: [KeySignature]
  public var markers: [Marker]
  public var tracks: [Track]
  /// Where the file ends, in quarter notes; never before its last note's end.
  public var lengthBeats: Double
  /// Whether it counts seconds (SMPTE time code): then its "beats" are half seconds.
  public var countsSeconds = false
  /// What in its bytes was not as the standard has it, and how it was read.
  public internal(set) var remarks: [MIDIRemark] = []

  public init(
    format: Format = .parallel, ticksPerQuarter: Int = 480, title: String = "", tempos: [TempoChange] = [],
    timeSignatures: [TimeSignatureChange] = [], keySignatures: [KeySignature] = [], markers: [Marker] = [],
    tracks: [Track] = [], lengthBeats: Double = 0
  ) {
    precondition((1...32767).contains(ticksPerQuarter), "1 to 32767 ticks a quarter note, not \(ticksPerQuarter)")
    self.format = format
    self.ticksPerQuarter = ticksPerQuarter
    self.title = title
    self.tempos = tempos
    self.timeSignatures = timeSignatures
    self.keySignatures = keySignatures
    self.markers = markers
    self.tracks = tracks
    self.lengthBeats = max(lengthBeats, tracks.flatMap(\.notes).map(\.endBeats).max() ?? 0)
  }

  /// All tracks' notes in order of their start.
  public var notes: [NoteEvent] {
    tracks.flatMap(\.notes).sorted { ($0.startBeats, $0.channel, $0.key) < ($1.startBeats, $1.channel, $1.key) }
  }

  /// Whether the notes tell a beat: not where all begin together, as a single note's or a strummed chord's.
  public var hasPulse: Bool {
    if countsSeconds { return false }
    let starts = tracks.flatMap(\.notes).map(\.startBeats)
    guard let first = starts.min(), let last = starts.max() else { return false }
    return last - first >= 0.25
  }

  /// When each quarter note falls; made anew every time, so ask once for many.
  public var tempoMap: TempoMap { TempoMap(tempos) }

  /// Seconds from the start to `beat`, through every tempo change; 120 beats a minute until the first of them.
  public func seconds(atBeat beat: Double) -> Double { tempoMap.seconds(atBeat: beat) }

  public var duration: Double { seconds(atBeat: lengthBeats) }
}

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

/// One note: when it starts and how long it lasts in quarter notes, which key it strikes and how hard.
public struct NoteEvent: Hashable, Sendable {
  public var startBeats: Double
  public var durationBeats: Double
  /// MIDI key, 0 … 127; 60 is middle C.
  public var key: Int
  /// 1 … 127.
  public var velocity: Int
  /// MIDI channel counted from 0; 9 is the percussion channel.
  public var channel: Int

  public init(startBeats: Double, durationBeats: Double, key: Int, velocity: Int, channel: Int = 0) {
    self.startBeats = startBeats
    self.durationBeats = durationBeats
    self.key = key
    self.velocity = velocity
    self.channel = channel
  }

  public var endBeats: Double { startBeats + durationBeats }
}
