import CSndfile

/// The containers that can be written, each known by its extensions.
enum AudioContainer: CaseIterable {
  case wav, aiff, flac, ogg, mp3

  init?(pathExtension: String) {
    let wanted = pathExtension.lowercased()
    guard let container = Self.allCases.first(where: { $0.extensions.contains(wanted) }) else { return nil }
    self = container
  }

  var extensions: [String] {
    switch self {
    case .wav: ["wav", "wave"]
    case .aiff: ["aiff", "aif"]
    case .flac: ["flac"]
    case .ogg: ["ogg", "oga"]
    case .mp3: ["mp3"]
    }
  }

  /// Whether it stores the samples themselves.
  var isLossless: Bool { self != .ogg && self != .mp3 }

  /// libsndfile's number for the container with samples of `sampleFormat`, which lossy containers ignore.
  func format(_ sampleFormat: SampleFormat) -> Int32 {
    switch self {
    case .wav: Int32(SF_FORMAT_WAV) | sampleFormat.subtype
    case .aiff: Int32(SF_FORMAT_AIFF) | sampleFormat.subtype
    case .flac: Int32(SF_FORMAT_FLAC) | sampleFormat.subtype
    case .ogg: Int32(SF_FORMAT_OGG | SF_FORMAT_VORBIS)
    case .mp3: Int32(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
    }
  }
}

/// How samples are stored in a file; lossy containers (OGG, MP3) have no use for it.
public enum SampleFormat: String, CaseIterable, Codable, Sendable {
  /// 16-bit integers: 96 dB of range.
  case pcm16
  /// 24-bit integers: 144 dB of range.
  case pcm24
  /// IEEE single precision: samples beyond −1…1 survive. Not in FLAC.
  case float32
}

extension SampleFormat {
  /// libsndfile's number for the sample type.
  fileprivate var subtype: Int32 {
    switch self {
    case .pcm16: Int32(SF_FORMAT_PCM_16)
    case .pcm24: Int32(SF_FORMAT_PCM_24)
    case .float32: Int32(SF_FORMAT_FLOAT)
    }
  }
}
