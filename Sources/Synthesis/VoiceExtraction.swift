import Denoising
public import Foundation
import Layers
import Storage
import Tensors

/// Makes a voice of a model that was trained from another: the difference of their weights, of low rank.
public struct VoiceExtraction: Sendable {
  /// The folder of the model, and of the one that its difference is from.
  public let model, base: URL
  private let configuration: ModelConfiguration
  private let baseConfiguration: ModelConfiguration

  /// The size of `voice.safetensors` where nothing else is said, in bytes: with what lies beside it less than 3 MB.
  public static let usualByteCount = 2_500_000
  /// What a model has learned besides its weights, as its training writes it.
  private static let companions = [
    "words.tsv", "words.safetensors", SoundLengths.fileName, "glossary.tsv", "novelty.index",
  ]

  /// Finds the model that another was trained from.
  /// - Throws: `VoiceError`; `ModelError` where a folder cannot be read.
  public init(of model: URL) throws {
    configuration = try ModelBundle.configuration(in: model)
    guard configuration.base == nil else { throw VoiceError.isVoice(path: model.path) }
    guard let origin = configuration.origin else { throw VoiceError.noOrigin(path: model.path) }
    self.model = model
    base = try Self.origin(origin, weights: configuration.originHash, of: model)
    baseConfiguration = try ModelBundle.configuration(in: base)
    if let part = difference { throw VoiceError.otherNetwork(path: model.path, base: base.path, part: part) }
  }

  /// The folder of the model of a name, beside the one that was trained from it or in the library; of one with voices, the
  /// folder without.
  private static func origin(_ name: String, weights: String?, of model: URL) throws -> URL {
    let beside = model.standardizedFileURL.deletingLastPathComponent().appendingPathComponent(name)
    let named = name.contains("/") ? [] : [try? ModelSource(named: name), try? ModelSource(folder: beside)]
    let sources =
      named.compactMap(\.self) + (weights == nil ? [] : ModelLibrary.all().compactMap { try? ModelSource(folder: $0) })
    for source in sources {
      let isIt = try weights.map { try source.weightsHash() == $0 } ?? true
      if isIt { return source.base }
    }
    if let other = named.compactMap(\.self).first {
      throw VoiceError.otherOrigin(path: model.path, origin: name, found: other.base.path)
    }
    throw VoiceError.originMissing(path: model.path, origin: name)
  }

  /// What of the network is not as it was; nil where nothing is. A layer that only training uses does not count.
  private var difference: String? {
    var own = configuration.denoiser
    if baseConfiguration.denoiser.variationCount == 0 { own.variationCount = 0 }
    if own != baseConfiguration.denoiser { return "network" }
    if !configuration.hears(baseConfiguration.mel, baseConfiguration.parts) { return "mel frames" }
    return configuration.scale == baseConfiguration.scale ? nil : "scale"
  }

  /// The files that `write` makes in a folder, and those of an earlier voice that it removes.
  public func files(in folder: URL) -> (made: [URL], removed: [URL]) {
    func there(_ name: String, _ folder: URL) -> Bool {
      FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
    }
    let (own, others) = (
      Self.companions.filter { there($0, model) }, Self.companions.filter { !there($0, model) && there($0, folder) }
    )
    let made = own.map(folder.appendingPathComponent) + ModelSource.Voice.files(in: folder)
    return (made, others.map(folder.appendingPathComponent))
  }

  /// What was written.
  public struct Report: Sendable, Equatable {
    /// Of `voice.safetensors`, and of all files.
    public var byteCount, folderByteCount: Int
    /// The share of the difference's energy, the sum of its squares, that is kept: 0 … 1.
    public var keptEnergy: Double
  }

  /// Writes the voice, `config.json` last, so that a voice is always whole.
  /// - Parameters:
  ///   - byteLimit: what `voice.safetensors` has at most.
  ///   - progress: is told how many matrices of how many are decomposed.
  /// - Throws: `VoiceError.unchanged`, `tooSmall` or `holdsModel`; `ModelError`.
  public func write(
    to folder: URL, byteLimit: Int = usualByteCount, threads: Int,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws -> Report {
    try ModelSource.Voice.check(folder)
    let (old, new) = (try ModelBundle(reading: base), try ModelBundle(reading: model))
    let room = byteLimit - Self.bytesOfHeader
    guard
      let made = WeightDifferences.extract(
        new.denoiser, from: old.denoiser, byteLimit: room, threads: threads, progress: progress)
    else { throw VoiceError.unchanged(path: model.path, base: base.path) }
    guard made.leastBytes <= room else {
      throw VoiceError.tooSmall(byteLimit: byteLimit, least: made.leastBytes + Self.bytesOfHeader)
    }
    try place(made.differences, in: folder)
    let sizes = files(in: folder).made.map { DurableFile.fingerprint(of: $0)?.byteCount ?? 0 }
    return Report(
      byteCount: sizes[sizes.count - 2], folderByteCount: sizes.reduce(0, +), keptEnergy: made.keptEnergy)
  }

  /// Of a file's header, what is not said of a tensor.
  private static let bytesOfHeader = 64

  private func place(_ differences: WeightDifferences, in folder: URL) throws {
    do {
      try DurableFile.makeFolder(folder)
      let (made, removed) = files(in: folder)
      for url in removed { unlink(url.path) }
      for url in made.dropLast(2) {
        try DurableFile.writeShared(MappedFile.read(model.appendingPathComponent(url.lastPathComponent)), to: url)
      }
    } catch {
      throw ModelError.cannotWrite(path: folder.path, reason: error.systemReason)
    }
    try ModelSource.Voice.write(differences, configuration, of: base, in: folder)
  }
}
