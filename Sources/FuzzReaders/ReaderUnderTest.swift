import Audio
import Foundation
import Jobs
import Layers
import Music
import Novelty
import Spectra
import Synthesis
import Tensors
import Text

/// The readers of files that come from elsewhere.
enum ReaderUnderTest: String, CaseIterable {
  case wav, safetensors, manifest, midi, config, index, glossary, tags, mel, encoder, vocabulary, voice

  /// The name under which the reader finds its input in a folder.
  var fileName: String {
    switch self {
    case .wav: "input.wav"
    case .safetensors: "input.safetensors"
    case .manifest: "input"
    case .midi: "input.mid"
    case .config: "config.json"
    case .index: "novelty.index"
    case .glossary: "glossary.tsv"
    case .tags: "tags.json"
    case .mel: "mel.json"
    case .encoder: "config.json"
    case .vocabulary: "vocab.txt"
    case .voice: "voice.safetensors"
    }
  }

  /// Reads the input in the folder; whether it was accepted.
  /// - Throws: whatever the reader throws that is not its own type of error.
  func accepts(_ folder: URL) throws -> Bool {
    let url = folder.appendingPathComponent(fileName)
    do {
      switch self {
      case .wav:
        // Whatever becomes of the rest.
        _ = try AudioFile.digitalSource(of: url)
        _ = try AudioFile.tags(of: url)
        _ = try AudioFile.read(url)
      case .safetensors:
        let file = try SafetensorsFile(url)
        for name in file.names { _ = try file.tensor(named: name) }
      case .voice:
        let network = Self.network
        try WeightDifferences(reading: url, of: network).add(to: network, times: 0.5)
      case .manifest: _ = try Manifest(path: url.path)
      case .midi: _ = try MIDIFile.read(url)
      case .config: _ = try ModelBundle.configuration(in: folder)
      case .index: _ = try NoveltyIndex(reading: url)
      case .glossary: _ = try Glossary(reading: url).explaining("a fife, and two Cor Anglais")
      case .tags: return Self.acceptsTags(url)
      case .mel: return Self.acceptsMel(url)
      case .encoder, .vocabulary: _ = try SentenceEncoder(directory: folder).encode("drums, and a drum")
      }
      return true
    } catch let error where Self.isTyped(error) {
      return false
    }
  }

  private static func isTyped(_ error: any Error) -> Bool {
    error is AudioFileError || error is SafetensorsError || error is ManifestError || error is MIDIError
      || error is ModelError || error is NoveltyError || error is TextError || error is WeightsError
  }

  /// Inputs that are in order.
  func seeds(_ folder: URL) throws -> [[UInt8]] {
    switch self {
    case .wav: try Self.sounds(folder)
    case .safetensors: try Self.weights(folder)
    case .voice: try Self.voices(folder)
    case .manifest: Self.manifests
    case .midi: Self.scores()
    case .config: [Array(try JSONEncoder().encode(ModelConfiguration()))]
    case .index: try Self.indices(folder)
    case .glossary: [Array("# names\nfife\ta small flute\n\ncor anglais\ta tenor oboe\n".utf8)]
    case .tags: Self.tagTexts
    case .mel: [Array(try JSONEncoder().encode(MelConfiguration.standard))]
    case .encoder, .vocabulary: [try FuzzedEncoder.write(to: folder, fileName)]
    }
  }

  /// What means something to the reader.
  var words: [String] {
    switch self {
    case .wav:
      [
        "LIST", "INFO", "ICMT", "data", "fmt ", "RIFF", "RF64", "\0\0\0\0", "FORM", "SSND", "fLaC", "OggS", "ID3",
        "_PMX",
      ]
    case .glossary: ["\t", "\n", "\r\n", "#", "fife", "\u{0}", "\u{FEFF}", String(repeating: "cor ", count: 200)]
    case .midi: ["MTrk", "MThd", "RIFF", "RMID", "\u{0}", "\u{7F}"]
    case .vocabulary:
      ["\n", "\r\n", "##", "[CLS]", "[SEP]", "[UNK]", "drum", "\u{0}", String(repeating: "a\n", count: 99)]
    case .safetensors, .voice, .manifest, .config, .index, .tags, .mel, .encoder:
      [
        "\"", "{", "}", "[", "]", ":", ",", "1e999", "-1", "NaN", "null", "true", "18446744073709551615", "\\u0000",
        "\\ud800", "\n", "\"id\":", "\"shape\":", "0.1", String(repeating: "[", count: 200), "\r\n", "99999999",
      ]
    }
  }

  /// What voices are read for.
  private static var network: FeedForward { FeedForward("feed", width: 4, hidden: 6, RandomSource(seed: 1)) }

  private static func voices(_ folder: URL) throws -> [[UInt8]] {
    let (base, trained) = (network, FeedForward("feed", width: 4, hidden: 6, RandomSource(seed: 2)))
    return try [500, 5000].compactMap { limit in
      let made = WeightDifferences.extract(trained, from: base, byteLimit: limit, threads: 1)
      let url = folder.appendingPathComponent("seed.safetensors")
      guard let made else { return nil }
      try Safetensors.write(made.differences.tensors, to: url)
      return Array(try Data(contentsOf: url))
    }
  }

  private static func sounds(_ folder: URL) throws -> [[UInt8]] {
    let clip = AudioClip(mono: (0..<300).map { Float($0 % 50) / 50 }, sampleRate: 44_100)
    let stereo = AudioClip(channels: [clip.samples, clip.samples], sampleRate: 8000)
    let tags = AudioTags(title: "title", comment: String(repeating: "comment ", count: 20), software: "Hiss")
    let wav = folder.appendingPathComponent("x.wav")
    var files = try [SampleFormat.pcm16, .pcm24, .float32].map {
      try AudioFile.encode(clip, for: wav, sampleFormat: $0, tags: tags)
    }
    files.append(try AudioFile.encode(stereo, for: wav))
    for name in ["wav", "aiff", "flac", "ogg", "mp3"] {
      let url = folder.appendingPathComponent("x.\(name)")
      // Not every libsndfile writes MP3.
      files += [nil, SoundFacts.generated].compactMap { try? AudioFile.encode(clip, for: url, tags: tags, facts: $0) }
    }
    return files
  }

  private static func weights(_ folder: URL) throws -> [[UInt8]] {
    let url = folder.appendingPathComponent("seed.safetensors")
    let tensors = [
      (name: "a.weight", tensor: Tensor([4, 6], Array(repeating: 0.5, count: 24))),
      (name: "b", tensor: Tensor([3], [1, 2, 3])),
    ]
    return try Safetensors.Format.allCases.map { format in
      try Safetensors.write(tensors, metadata: ["format": "pt"], as: format, to: url)
      return Array(try Data(contentsOf: url))
    }
  }

  private static func indices(_ folder: URL) throws -> [[UInt8]] {
    let url = folder.appendingPathComponent("seed.index")
    let mel = MelConfiguration.standard
    let sounds = (0..<4).map { number in
      let values = RandomSource(seed: UInt64(number)).normals(count: 20 * mel.bandCount).map { max(-1, min(1, $0 / 2)) }
      return SoundFingerprint(MelFrames(bandCount: mel.bandCount, values: values), mel: mel)
    }
    let index = NoveltyIndex(dataset: "seed", mel: mel, training: Array(sounds[..<3]), heldOut: [sounds[3]])
    try index.write(to: url)
    return [Array(try Data(contentsOf: url))]
  }

  private static var manifests: [[UInt8]] {
    let lines = """
      {"id":"a","prompt":"soft pad","duration":2.5,"steps":4,"cfg-scale":3,"sampler":"heun","seed":18446744073709551615}
      {"id":"b-1","prompt":"caf\\u00e9 \\ud83c\\udfbb","negative-prompt":"drums","sample-rate":48000,"count":2}
      """
    let table = "id,prompt,duration,seed\na,\"pad, \"\"soft\"\"\",2,1\nb,drums,,\n"
    let german = "sep=;\r\nPrompt;Duration;Loop;Notiz\r\nPad, weich;2,5;WAHR;\r\n;;;\r\n"
    let wide: [UInt8] = [0xFF, 0xFE] + german.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return [Array(lines.utf8), Array(table.utf8), Array(german.utf8), wide]
  }

  private static func scores() -> [[UInt8]] {
    var track = MIDIFile.Track(name: "piano")
    track.programs = [MIDIFile.ProgramChange(channel: 0, program: 4)]
    track.controls = [MIDIFile.ControlChange(channel: 0, controller: 7, value: 100)]
    track.notes = (0..<12).map {
      NoteEvent(startBeats: Double($0), durationBeats: 0.5, key: 60 + $0, velocity: 90, channel: 0)
    }
    var file = MIDIFile(title: "seed", tracks: [track, track])
    file.tempos = [MIDIFile.TempoChange(beat: 0, microsecondsPerQuarter: 500_000)]
    let plain = file.encoded()
    let length = withUnsafeBytes(of: UInt32(plain.count).littleEndian) { Array($0) }
    let wrapped = Array("RIFF    RMIDdata".utf8) + length + plain
    // Time code of 25 frames a second and 40 ticks; format 2.
    let timed = Array(plain[..<12]) + [0xE7, 40] + plain[14...]
    let sequences = Array(plain[..<9]) + [2] + plain[10...]
    return [plain, wrapped, timed, sequences]
  }
}
