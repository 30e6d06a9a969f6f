public import Denoising
public import Foundation
import Layers
import Memory
import Spectra
import Storage
import Tensors
public import Text

/// A folder with a model: `config.json`, `model.safetensors` and, if it has them, `glossary.tsv`, `lengths.tsv` and
/// `leaps.safetensors`; with the voices that are added to its weights.
public struct ModelBundle: Sendable {
  public let source: ModelSource
  public let configuration: ModelConfiguration
  public let denoiser: DiffusionTransformer
  /// What prompts may say that its captions did not; nil for a model that reads prompts as they are.
  public let glossary: Glossary?
  /// How long the sounds are that it learned from; nil for a model whose sounds are as long as they are asked for.
  public let lengths: SoundLengths?
  /// What makes clips in few steps; nil for a model that has not learned to.
  public let leaps: LeapNetwork?

  /// The folder.
  public var directory: URL { source.base }
  /// The folder's name, and those of the voices.
  public var name: String { source.name }

  public init(
    directory: URL, configuration: ModelConfiguration, denoiser: DiffusionTransformer, glossary: Glossary? = nil,
    lengths: SoundLengths? = nil, leaps: LeapNetwork? = nil
  ) {
    source = ModelSource(base: directory, configuration)
    self.configuration = configuration
    self.denoiser = denoiser
    self.glossary = glossary
    self.lengths = lengths
    self.leaps = leaps
  }

  /// Reads the folder of a model, or of a voice: then that is added to its base.
  /// - Throws: as for a source.
  public init(reading directory: URL) throws(ModelError) { try self.init(reading: ModelSource(folder: directory)) }

  /// Reads a model, and adds its voices to the weights.
  /// - Throws: when a file is missing or broken, or the weights are not those of the network in `config.json`.
  public init(reading source: ModelSource) throws(ModelError) {
    self.source = source
    configuration = source.configuration
    denoiser = DiffusionTransformer(configuration.denoiser, nil)
    glossary = try source.glossary()
    lengths = try source.lengths()
    do {
      let file = try SafetensorsFile(Self.weightsURL(in: source.base))
      try Self.checkSize(of: file)
      try denoiser.load(from: file)
      for voice in source.voices { try voice.add(to: denoiser) }
      leaps = try LeapNetwork(inModel: source.base, addedTo: denoiser)
    } catch let error as ModelError {
      throw error
    } catch let error as WeightsError {
      throw .weights(error)
    } catch let error as SafetensorsError {
      throw .weights(.file(error))
    } catch {
      throw .unreadable(path: source.base.path, reason: "\(error)")
    }
  }

  /// Refuses weights that are more numbers than there is memory for: a file may be sparse, and say what it likes.
  private static func checkSize(of file: SafetensorsFile) throws(ModelError) {
    let (needed, available) = (4 * file.elementCount, MemoryBudget.available)
    guard needed <= available else { throw .tooLarge(path: file.path, needed: needed, available: available) }
  }

  /// Refuses a text encoder whose states are of another width than those that the network learned from.
  /// - Throws: `ModelError.otherEncoder`.
  public func check(_ encoder: SentenceEncoder) throws(ModelError) {
    let wanted = configuration.denoiser.textWidth
    guard encoder.width == wanted else {
      throw .otherEncoder(path: directory.path, encoder: encoder.directory.path, width: encoder.width, wanted: wanted)
    }
  }

  /// The most bytes that a `config.json` has.
  private static let longestConfiguration = 1 << 20

  /// Reads `config.json` alone.
  public static func configuration(in directory: URL) throws(ModelError) -> ModelConfiguration {
    let url = directory.appendingPathComponent("config.json")
    let configuration: ModelConfiguration
    do {
      let data = try SmallFile.read(url, limit: longestConfiguration)
      configuration = try JSONDecoder().decode(ModelConfiguration.self, from: data)
    } catch SmallFile.Fault.missing {
      throw .missing(path: directory.path)
    } catch let fault as SmallFile.Fault {
      throw .unreadable(path: url.path, reason: fault.description)
    } catch DecodingError.keyNotFound(let key, _) {
      throw .unreadable(path: url.path, reason: "it is not a model's configuration: it has no \(key.stringValue)")
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
      throw .unreadable(path: url.path, reason: context.debugDescription)
    } catch {
      throw .unreadable(path: url.path, reason: "it is not a model's configuration")
    }
    let format = ModelConfiguration.currentFormat
    guard configuration.format == format else {
      throw .unreadable(path: url.path, reason: "its format is \(configuration.format), this version reads \(format)")
    }
    if let problem = configuration.denoiser.problem ?? configuration.training?.problem ?? configuration.base?.problem {
      throw .unreadable(path: url.path, reason: problem)
    }
    guard configuration.scale.deviation > 0, configuration.scale.deviation.isFinite, configuration.scale.mean.isFinite
    else { throw .unreadable(path: url.path, reason: "its scale is not a positive number") }
    // Mel values lie between -1 and 1.
    guard abs(configuration.scale.mean) <= 1, (1e-6...1).contains(configuration.scale.deviation) else {
      throw .unreadable(path: url.path, reason: "its scale is no mean and deviation of numbers between -1 and 1")
    }
    if let problem = configuration.frameProblem { throw .unreadable(path: url.path, reason: problem) }
    return configuration
  }

  /// Writes the folder: the weights first, in half precision, so that a `config.json` always has its weights. What
  /// `init(reading:)` would refuse is not written. What leaps with other weights is removed.
  /// - Precondition: it has no voices, which would become the model's own weights.
  /// - Throws: `ModelError.cannotWrite`.
  public func write() throws(ModelError) {
    precondition(source.voices.isEmpty, "\(name) would be written over \(directory.path)")
    if let wild = denoiser.parameters.first(where: { !$0.value.values.allSatisfy { Float16($0).isFinite } }) {
      let reason = "its weights (\(wild.name)) are no numbers, or larger than half precision holds"
      throw .cannotWrite(path: directory.path, reason: reason)
    }
    do {
      try DurableFile.makeFolder(directory)
      try Safetensors.write(denoiser.weights(), as: .float16, to: Self.weightsURL(in: directory))
      unlink(LeapNetwork.url(inModel: directory).path)
      try configuration.write(in: directory)
    } catch SafetensorsError.cannotWrite(_, let reason) {
      throw .cannotWrite(path: directory.path, reason: reason)
    } catch let error as StorageError {
      throw .cannotWrite(path: directory.path, reason: error.reason)
    } catch {
      throw .cannotWrite(path: directory.path, reason: error.systemReason)
    }
  }

  static func glossary(in directory: URL) throws(ModelError) -> Glossary? {
    let url = glossaryURL(in: directory)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    do {
      return try Glossary(reading: url)
    } catch .unreadable(let path, let reason) {
      throw .unreadable(path: path, reason: reason)
    } catch {
      throw .unreadable(path: url.path, reason: error.description)
    }
  }

  /// Gives a model that goes on from another one's weights its glossary too, but for the names that its own captions use;
  /// unless it has one.
  /// - Throws: `ModelError` when the glossary cannot be read, or the folder not be written to.
  public func copyGlossary(to directory: URL, captions: some Sequence<String>) throws(ModelError) {
    let url = Self.glossaryURL(in: directory)
    let own = source.folders.reversed().map(Self.glossaryURL).first { FileManager.default.fileExists(atPath: $0.path) }
    guard let own, glossary != nil, !FileManager.default.fileExists(atPath: url.path) else { return }
    do {
      let lines = try String(contentsOf: own, encoding: .utf8)
      try DurableFile.makeFolder(directory)
      try DurableFile.write(Glossary.lines(lines, without: captions).utf8, to: url)
    } catch {
      throw .cannotWrite(path: url.path, reason: error.systemReason)
    }
  }

  static func glossaryURL(in directory: URL) -> URL { directory.appendingPathComponent("glossary.tsv") }

  package static func weightsURL(in directory: URL) -> URL { directory.appendingPathComponent("model.safetensors") }
}
