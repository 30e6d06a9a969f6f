/// How samples are stored in a file; lossy containers (OGG, MP3) have no use for it.
public enum SampleFormat: String, CaseIterable, Codable, Sendable {
  /// 16-bit integers: 96 dB of range.
  case pcm16
  /// 24-bit integers: 144 dB of range.
  case pcm24
  /// IEEE single precision: samples beyond −1…1 survive. Not in FLAC.
  case float32
}
