public import Foundation
import Layers
import Storage
import Tensors

/// Finds models by name: folders under `Models`.
public enum ModelLibrary {
  /// The model that is used when none is named.
  public static let defaultName = "first"

  /// The folders in which models are looked for: `HISS_MODELS`, `Models` here, and `Models` or `share/hiss/Models` in a
  /// folder above the program itself.
  public static var searchPaths: [URL] {
    searchPaths(environment: ProcessInfo.processInfo.environment, program: ProgramFile.url)
  }

  package static func searchPaths(environment: [String: String], program: URL?) -> [URL] {
    var paths: [URL] = []
    if let named = environment["HISS_MODELS"], !named.isEmpty { paths.append(URL(fileURLWithPath: named)) }
    paths.append(URL(fileURLWithPath: "Models"))
    return paths + ProgramFile.places(of: "Models", installed: "Models", above: program)
  }

  /// What an error says of where a model was looked for: the search paths that are there, and those that were named.
  public static var searchedPlaces: [String] {
    let above = Set(ProgramFile.places(of: "Models", installed: "Models", above: ProgramFile.url).map(\.path))
    let existing = searchPaths.map(\.path).filter { path in
      !above.contains(path) || FileManager.default.fileExists(atPath: path)
    }
    var unique: [String] = []
    for path in existing where !unique.contains(path) { unique.append(path) }
    if above.isDisjoint(with: unique), let program = ProgramFile.url {
      unique.append("Models or share/hiss/Models in the folders above \(program.path)")
    }
    return unique
  }

  /// The folder of a model: a path to one, or a name in one of the search paths, or, where none of these has it, here.
  ///
  /// A folder that happens to lie here does not come before the models that were installed: `./first` is a path to it.
  public static func locate(_ nameOrPath: String) throws(ModelError) -> URL {
    guard let found = places(of: nameOrPath).first(where: isModel) else { throw .missing(path: nameOrPath) }
    return found
  }

  /// Models of the same name that the current folder has, or that are passed over for one there: someone may mean another
  /// than he gets.
  public static func namesakes(of name: String) -> [URL] {
    guard !name.contains("/") else { return [] }
    let found = places(of: name).filter(isModel)
    guard let first = found.first else { return [] }
    let here = [URL(fileURLWithPath: name), URL(fileURLWithPath: "Models").appendingPathComponent(name)].map(\.file)
    return found.dropFirst().filter {
      $0.file != first.file && (here.contains($0.file) || here.contains(first.file))
    }.reduce(into: []) { unique, url in if !unique.contains(where: { $0.file == url.file }) { unique.append(url) } }
  }

  private static func places(of nameOrPath: String) -> [URL] {
    let path = URL(fileURLWithPath: nameOrPath)
    let named = searchPaths.map { $0.appendingPathComponent(nameOrPath) }
    return nameOrPath.contains("/") || nameOrPath == "." ? [path] + named : named + [path]
  }

  /// The folder of the model that another's training began with; nil where there is none of these weights any more.
  public static func origin(of configuration: ModelConfiguration) -> URL? {
    guard let name = configuration.origin, let hash = configuration.originHash, let folder = try? locate(name),
      (try? ModelSource(folder: folder).weightsHash()) == hash
    else { return nil }
    return folder
  }

  /// The model that a voice is a difference from: of its name, beside it, or any whose weights are those.
  /// - Parameter voice: the voice's folder.
  /// - Throws: `ModelError.otherBase` where only one of other weights has the name, `baseMissing` where none has.
  static func base(_ base: ModelConfiguration.Base, of voice: URL) throws(ModelError) -> URL {
    let beside = voice.standardizedFileURL.deletingLastPathComponent().appendingPathComponent(base.name)
    let named = [try? locate(base.name), isModel(beside) ? beside : nil].compactMap(\.self)
    for folder in named + all() where (try? ModelBundle.weightsHash(of: folder)) == base.weights { return folder }
    if let other = named.first {
      throw .otherBase(path: voice.path, base: base.name, weights: base.weights, model: other.path)
    }
    throw .baseMissing(path: voice.path, base: base.name, weights: base.weights)
  }

  /// Every model in the search paths, by name; of two with one name the first found.
  public static func all() -> [URL] {
    var found: [String: URL] = [:]
    for folder in searchPaths.reversed() {
      // By its path: of a URL the system lists no folder that is a link.
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
        let entry = folder.appendingPathComponent(name)
        if isModel(entry) { found[name] = entry }
      }
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Reads a model's configuration, and holds the size of its weights against their header, which costs no reading.
  /// - Throws: `ModelError` where a file is missing, cut short or not what it should be.
  public static func check(_ folder: URL) throws(ModelError) -> ModelFacts {
    let configuration = try ModelBundle.configuration(in: folder)
    do {
      let count = try SafetensorsFile.elementCount(of: configuration.weightsURL(in: folder))
      return ModelFacts(configuration: configuration, parameterCount: count)
    } catch {
      throw .weights(.file(error))
    }
  }

  static func isModel(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("config.json").path)
  }
}

/// What the folder of a model or a voice says of it, without its weights being read.
public struct ModelFacts: Sendable, Equatable {
  public let configuration: ModelConfiguration
  /// The numbers that it has learned.
  public let parameterCount: Int
}

extension URL {
  /// The same for every way to a file.
  fileprivate var file: String { resolvingSymlinksInPath().standardizedFileURL.path }
}
