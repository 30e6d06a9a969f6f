public import Audio
public import Foundation
import Storage
import Synthesis

/// Where an instrument is written: its samples, and a file of each format that plays them.
public struct InstrumentFolder: Sendable {
  public let url: URL
  private let name: String
  private let notes: [SampledNote]
  private let formats: [InstrumentFormat]
  private let isKit: Bool
  private let tags: AudioTags

  /// - Parameters:
  ///   - name: of its files, without an extension.
  ///   - description: what it was asked for, which its files say.
  public init(
    _ url: URL, name: String, notes: [SampledNote], formats: [InstrumentFormat], isKit: Bool, description: String
  ) {
    (self.url, self.name, self.notes, self.isKit) = (url, name, notes, isKit)
    self.formats = formats.filter { $0 != .hydrogen || isKit }
    tags = AudioTags(title: description, software: ClipTags.program)
  }

  /// Hydrogen wants a kit's samples beside its list.
  private static func sampleFolder(isKit: Bool) -> String { isKit ? "" : "Samples/" }
  private var sampleFolder: String { Self.sampleFolder(isKit: isKit) }

  /// The files of samples.
  public static func samples(_ stems: [String], in folder: URL, isKit: Bool) -> [URL] {
    stems.map { folder.appendingPathComponent(sampleFolder(isKit: isKit) + $0 + ".wav") }
  }

  /// The files that a format consists of besides samples.
  public static func files(in folder: URL, name: String, formats: [InstrumentFormat], isKit: Bool) -> [URL] {
    formats.filter { $0 != .hydrogen || isKit }.map { format in
      folder.appendingPathComponent(format == .hydrogen ? "drumkit.xml" : "\(name).\(format.rawValue)")
    } + [folder.appendingPathComponent(listName)]
  }

  public static let listName = "instrument.json"

  /// Writes samples first, then what plays them, so that what plays them is never without.
  /// - Parameter list: what is kept of how it was made, as JSON.
  /// - Returns: the files that play it.
  /// - Throws: `AudioFileError`, `StorageError`.
  public func write(list: [UInt8]) throws -> [URL] {
    try DurableFile.makeFolder(url.appendingPathComponent(sampleFolder))
    for file in try contents() { try DurableFile.write(file.bytes, to: url.appendingPathComponent(file.name)) }
    try DurableFile.write(list, to: url.appendingPathComponent(Self.listName))
    return Array(Self.files(in: url, name: name, formats: formats, isKit: isKit).dropLast())
  }

  /// All files but the list: their paths in the folder, and what is in them.
  /// - Throws: `AudioFileError`.
  public func contents() throws -> [(name: String, bytes: [UInt8])] {
    let samples = try notes.map { note -> (name: String, bytes: [UInt8]) in
      let path = sampleFolder + "\(note.stem).wav"
      return (
        path, try AudioFile.encode(note.clip, for: url.appendingPathComponent(path), tags: tags, facts: note.facts)
      )
    }
    let players = Self.files(in: url, name: name, formats: formats, isKit: isKit).map(\.lastPathComponent)
    return samples + zip(formats, players).map { (name: $1, bytes: bytes(of: $0)) }
  }

  private func bytes(of format: InstrumentFormat) -> [UInt8] {
    switch format {
    case .sfz: Array(SFZText.text(notes, name: name, sampleFolder: sampleFolder).utf8)
    case .sf2: SoundFont(notes, name: name, isKit: isKit).bytes()
    case .decentSampler: Array(DecentSamplerText.text(notes, name: name, sampleFolder: sampleFolder).utf8)
    case .hydrogen: Array(HydrogenKitText.text(notes, name: name).utf8)
    }
  }
}

extension SampledNote {
  /// What its file says of it: that a model made it, and its note, if it has one.
  fileprivate var facts: SoundFacts {
    var facts = SoundFacts.generated
    facts.sustain = loop
    if let cents, abs(cents) <= 50 { facts.note = SoundFacts.Note(key: root, cents: cents) }
    return facts
  }
}

/// What is kept of how an instrument was made.
public struct InstrumentList: Codable, Sendable, Equatable {
  /// Of one sample.
  public struct Sample: Codable, Sendable, Equatable {
    public var file, name: String
    public var root, lowKey, highKey, lowVelocity, highVelocity, take: Int
    public var cents: Double?
    public var loopStart, loopEnd: Int?
    public var seconds, peakDecibels: Double
  }

  public var prompt: String
  public var model: String
  public var modelHash: String
  public var seed: UInt64
  public var digitalSource = DigitalSource.trainedAlgorithmicMedia
  public var samples: [Sample]

  public init(
    prompt: String, model: String, modelHash: String, seed: UInt64, notes: [SampledNote], isKit: Bool
  ) {
    (self.prompt, self.model, self.modelHash, self.seed) = (prompt, model, modelHash, seed)
    samples = notes.map { note in
      Sample(
        file: (isKit ? "" : "Samples/") + "\(note.stem).wav", name: note.name, root: note.root,
        lowKey: note.keys.lowerBound, highKey: note.keys.upperBound, lowVelocity: note.velocities.lowerBound,
        highVelocity: note.velocities.upperBound, take: note.take + 1,
        cents: note.cents.map { ($0 * 10).rounded() / 10 }, loopStart: note.loop?.lowerBound,
        loopEnd: note.loop?.upperBound, seconds: note.clip.duration, peakDecibels: Double(note.clip.peakDecibels))
    }
  }

  /// As JSON, its keys in alphabetical order.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
