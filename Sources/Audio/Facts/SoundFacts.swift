/// What a sound file says of its sound to samplers, sequencers, game engines and DJ programs, beside its texts.
///
/// | | WAV | AIFF | FLAC, OGG | MP3 |
/// |---|---|---|---|---|
/// | note | `smpl`, `inst`, `acid` | `INST` | | |
/// | loop | `smpl`, `acid` | `INST`, `MARK` | `LOOPSTART`, `LOOPLENGTH` | |
/// | sustain | `smpl` | | | |
/// | tempo, beats, meter | `acid`, XMP, ID3 | ID3 | `BPM` | `TBPM`, XMP |
/// | key | `acid`, XMP, ID3 | ID3 | `INITIALKEY`, `KEY` | `TKEY`, XMP |
/// | cues | `cue `, `adtl` | `MARK` | | |
/// | origin | `bext` | | | |
/// | source | XMP (`_PMX`) | ID3 | `DIGITALSOURCETYPE` | `TXXX`, XMP (`PRIV`) |
///
/// In WAV and AIFF "ID3" is a chunk with a tag like an MP3's.
public struct SoundFacts: Sendable, Equatable {
  /// The one note that sounds.
  public var note: Note?
  /// What it is about, 0 … 11 for C … B: a note whose octave nobody knows; nil where `note` or `key` say it.
  public var pitchClass: Int?
  /// Whether its end goes over into its beginning.
  public var isLoop = false
  /// The frames that repeat while a key is held, of a sound that is no loop itself; nil for none.
  public var sustain: Range<Int>?
  /// Quarter notes a minute.
  public var tempo: Double?
  /// Quarter notes from its beginning to its end, where both lie on beats.
  public var beats: Int?
  /// Beats in a bar, and which part of a whole note a beat is.
  public var meter: Meter?
  public var key: Key?
  /// Points in it, in their order.
  public var cues: [Cue] = []
  /// Who made it, and of what; nil leaves that out.
  public var origin: Origin?
  /// How it came to be; nil for what nobody is told of.
  public var source: DigitalSource?

  public init() {}

  /// Of a sound of which nothing is known but that a model made it.
  public static let generated: SoundFacts = {
    var facts = SoundFacts()
    facts.source = .trainedAlgorithmicMedia
    return facts
  }()

  /// A MIDI key, 0 … 127, and how far the sound is above it, in cents from −50 to 50.
  public struct Note: Sendable, Equatable {
    public var key: Int
    public var cents: Double

    /// - Precondition: the key is a MIDI key, and no cent more than 50 away.
    public init(key: Int, cents: Double = 0) {
      precondition((0...127).contains(key), "\(key) is no MIDI key")
      precondition(abs(cents) <= 50, "\(cents) cents are another key")
      (self.key, self.cents) = (key, cents)
    }
  }

  public struct Meter: Sendable, Equatable {
    public var numerator: Int
    public var denominator: Int

    public init(_ numerator: Int, _ denominator: Int) { (self.numerator, self.denominator) = (numerator, denominator) }
  }

  /// A tonic, 0 … 11 for C … B, and its scale.
  public struct Key: Sendable, Equatable {
    public var tonic: Int
    /// As DJ programs write it: "Am", "F#m", "Eb"; nil where it is neither major nor minor, which they do not know.
    public var symbol: String?

    public init(tonic: Int, symbol: String?) { (self.tonic, self.symbol) = (tonic, symbol) }
  }

  /// A point, in frames of the file from its beginning.
  public struct Cue: Sendable, Equatable {
    public var frame: Int
    public var label: String

    public init(frame: Int, label: String) { (self.frame, self.label) = (frame, label) }
  }

  /// What broadcasters and archives want to know.
  public struct Origin: Sendable, Equatable {
    public var description: String
    /// The program, with its version.
    public var program: String
    /// What it was made with: a model, say.
    public var means: String

    public init(description: String, program: String, means: String) {
      (self.description, self.program, self.means) = (description, program, means)
    }
  }

  /// The tempo as texts have it: "120", "97.5".
  var tempoText: String? { tempo.map(Self.text) }

  /// A number to two places: "120", "97.5".
  package static func text(_ number: Double) -> String {
    let hundredths = (number * 100).rounded() / 100
    return hundredths == hundredths.rounded() ? "\(Int(hundredths))" : "\(hundredths)"
  }
}
