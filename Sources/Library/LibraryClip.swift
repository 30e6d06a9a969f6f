public import Foundation

/// One sound of the library, with all that is shown of it.
public struct LibraryClip: Codable, Sendable, Equatable, Identifiable {
  /// What became of it.
  public enum State: String, Codable, Sendable, CaseIterable { case new, picked, rejected }

  /// Ten lower-case letters and digits.
  public var id: String
  /// Its path in the library's folder: "Picks/rock-drum-beat_120bpm_07.wav".
  public var file = ""
  /// What it is called: its file's name without the extension.
  public var name = ""
  public var prompt = ""
  /// What the model was told.
  public var caption = ""
  /// The model's name with its voices, as tags have it.
  public var model = ""
  public var voices: [String] = []
  public var seed: UInt64 = 0
  public var seconds = 0.0
  public var frames = 0
  /// In hertz.
  public var sampleRate = 44_100
  public var channels = 1
  /// Quarter notes a minute.
  public var bpm: Double?
  public var key: String?
  public var chords: String?
  public var isLoop = false
  public var bars: Double?
  public var state = State.new
  /// 0 … 5; 0 where it was not rated.
  public var rating = 0
  public var note = ""
  public var tags: [String] = []
  /// Of all clips of one job.
  public var group = ""
  /// Its number in the group, from 1 on.
  public var take = 1
  /// The novelty ratio; nil where nobody measured it.
  public var novelty: Double?
  /// In LUFS; nil of silence.
  public var loudness: Double?
  /// The greatest absolute sample.
  public var peak = 0.0
  /// What made it: "generate", "vary", …, "import" of a file that was added.
  public var kind = "generate"
  public var hasStems = false
  public var hasNotes = false
  /// Whether only its preview can be heard.
  public var isDraft = false
  public var isBinned = false
  public var parents: [String] = []
  /// From its parent, 0 … 1.
  public var distance: Double?
  public var createdAt = Date(timeIntervalSince1970: 0)
  /// The centre of its spectrum in hertz; nil of silence.
  public var brightness: Double?

  public init(id: String) { self.id = id }

  private enum CodingKeys: String, CodingKey {
    case id, file, name, prompt, caption, model, voices, seed, seconds, frames, sampleRate, channels, bpm, key, chords
    case isLoop = "loop"
    case bars, state, rating, note, tags, group, take, novelty, loudness, peak, kind, hasStems, hasNotes
    case isDraft = "draft"
    case isBinned = "binned"
    case parents, distance, createdAt, brightness
  }

  /// Reads what is there; what is not has its default, as in a journal of a version that did not know it.
  public init(from decoder: any Decoder) throws {
    let stored = try decoder.container(keyedBy: CodingKeys.self)
    func read<Value: Decodable>(_ key: CodingKeys, _ value: inout Value) throws {
      if let found = try stored.decodeIfPresent(Value.self, forKey: key) { value = found }
    }
    id = try stored.decode(String.self, forKey: .id)
    try read(.file, &file)
    try read(.name, &name)
    try read(.prompt, &prompt)
    try read(.caption, &caption)
    try read(.model, &model)
    try read(.voices, &voices)
    try read(.seed, &seed)
    try read(.seconds, &seconds)
    try read(.frames, &frames)
    try read(.sampleRate, &sampleRate)
    try read(.channels, &channels)
    bpm = try stored.decodeIfPresent(Double.self, forKey: .bpm)
    key = try stored.decodeIfPresent(String.self, forKey: .key)
    chords = try stored.decodeIfPresent(String.self, forKey: .chords)
    try read(.isLoop, &isLoop)
    bars = try stored.decodeIfPresent(Double.self, forKey: .bars)
    try read(.state, &state)
    try read(.rating, &rating)
    try read(.note, &note)
    try read(.tags, &tags)
    try read(.group, &group)
    try read(.take, &take)
    novelty = try stored.decodeIfPresent(Double.self, forKey: .novelty)
    loudness = try stored.decodeIfPresent(Double.self, forKey: .loudness)
    try read(.peak, &peak)
    try read(.kind, &kind)
    try read(.hasStems, &hasStems)
    try read(.hasNotes, &hasNotes)
    try read(.isDraft, &isDraft)
    try read(.isBinned, &isBinned)
    try read(.parents, &parents)
    distance = try stored.decodeIfPresent(Double.self, forKey: .distance)
    try read(.createdAt, &createdAt)
    brightness = try stored.decodeIfPresent(Double.self, forKey: .brightness)
  }
}
