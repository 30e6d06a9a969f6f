/// A General MIDI drum kit: the program it has on the percussion channel and how it is called.
enum DrumKit: String, Codable, Sendable {
  case standard, room, power, electronic
  case tr808 = "808"
  case jazz, brush, orchestra
  /// No soundfont has it: ``DrumMachine`` plays it.
  case tr909 = "909"

  /// Whether it can be built of oscillators.
  var isMachine: Bool { self == .tr808 || self == .tr909 }

  /// Programs that are kits of this kind, more or less alike.
  var variants: [Int] {
    switch self {
    case .standard: Array(0...7)
    case .room: Array(8...15)
    case .power: Array(16...19)
    case .jazz: Array(32...36)
    case .brush: Array(40...42)
    default: [program]
    }
  }

  var program: Int {
    switch self {
    case .standard: 0
    case .room: 8
    case .power: 16
    case .electronic, .tr909: 24
    case .tr808: 25
    case .jazz: 32
    case .brush: 40
    case .orchestra: 48
    }
  }
}

/// One of the General MIDI percussion sounds, by its key on channel 10.
enum DrumVoice: Int, Codable, Sendable, CaseIterable {
  case kick = 36
  case rim = 37
  case snare = 38
  case clap = 39
  case lowTom = 41
  case closedHat = 42
  case pedalHat = 44
  case midTom = 45
  case openHat = 46
  case highMidTom = 48
  case crash = 49
  case highTom = 50
  case ride = 51
  case rideBell = 53
  case tambourine = 54
  case cowbell = 56
  case highBongo = 60
  case lowBongo = 61
  case mutedConga = 62
  case openConga = 63
  case lowConga = 64
  case highTimbale = 65
  case highAgogo = 67
  case lowAgogo = 68
  case cabasa = 69
  case maracas = 70
  case guiro = 73
  case claves = 75
  case woodblock = 76
  case triangle = 81

  /// Names for a single stroke.
  var names: [String] {
    switch self {
    case .kick: ["kick drum", "bass drum", "kick"]
    case .rim: ["rimshot", "side stick", "cross stick"]
    case .snare: ["snare drum", "snare"]
    case .clap: ["hand clap", "clap"]
    case .lowTom: ["low tom", "floor tom"]
    case .closedHat: ["closed hi-hat", "hi-hat", "closed hat"]
    case .pedalHat: ["pedal hi-hat"]
    case .midTom: ["mid tom", "tom"]
    case .openHat: ["open hi-hat", "open hat"]
    case .highMidTom: ["high mid tom", "tom"]
    case .crash: ["crash cymbal", "crash", "cymbal crash"]
    case .highTom: ["high tom"]
    case .ride: ["ride cymbal", "ride"]
    case .rideBell: ["ride bell"]
    case .tambourine: ["tambourine"]
    case .cowbell: ["cowbell"]
    case .highBongo: ["high bongo", "bongo"]
    case .lowBongo: ["low bongo", "bongo"]
    case .mutedConga: ["muted conga", "conga slap"]
    case .openConga: ["open conga", "conga"]
    case .lowConga: ["low conga", "conga"]
    case .highTimbale: ["timbale"]
    case .highAgogo: ["high agogo bell", "agogo"]
    case .lowAgogo: ["low agogo bell", "agogo"]
    case .cabasa: ["cabasa"]
    case .maracas: ["maraca", "shaker"]
    case .guiro: ["guiro scrape", "guiro"]
    case .claves: ["clave hit", "clave"]
    case .woodblock: ["woodblock", "wood block"]
    case .triangle: ["triangle"]
    }
  }
}
