public import Foundation
public import Jobs
public import Parallelism
import Storage
public import Synthesis
package import Text

/// What a sample pack is made of: folders of loops, one-shots, phrases, instruments and kits, as a YAML file says it.
///
///     let plan = try PackPlan(reading: URL(filePath: "techno.yaml"))
///     let manifest = try plan.manifest(for: ModelSource(named: plan.model))
public struct PackPlan: Sendable {
  /// The pack's name.
  public internal(set) var name: String
  public internal(set) var about: String?
  public internal(set) var author: String?
  /// The licence that its author gives it: a name such as "CC0-1.0", or its text; nil where none is given.
  public internal(set) var licence: String?
  /// A model's name or folder, and the voices added to it, `mine:0.7`.
  public internal(set) var model = ModelLibrary.defaultName
  public internal(set) var voices: [String] = []
  /// The extension of its clips.
  public internal(set) var format = "wav"
  public internal(set) var folders: [PackFolder] = []
  /// Where it was read, for errors.
  let path: String

  init(name: String, path: String) { (self.name, self.path) = (name, path) }

  /// Plans have some hundred lines.
  private static let longestFile = 1 << 20

  /// Reads and checks a plan.
  /// - Throws: `ManifestError` with every problem in it, each with its line.
  public init(reading url: URL) throws(ManifestError) {
    let data: Data
    do { data = try SmallFile.read(url, limit: Self.longestFile) } catch {
      throw .unreadable(path: url.relativePath, reason: error.systemReason)
    }
    try self.init(data, path: url.relativePath)
  }

  /// - Parameter path: what errors call it.
  public init(_ data: Data, path: String) throws(ManifestError) {
    var reader = PackPlanReader(path: path)
    let plan = reader.read(data)
    guard let plan, reader.problems.isEmpty else {
      throw .problems(path: path, reader.problems.sorted { $0.line < $1.line }, isCutShort: false)
    }
    self = plan
  }

  /// The jobs of all its clips and instruments, for a model.
  /// - Throws: `ManifestError` with every problem in them.
  public func manifest(for source: ModelSource, threads: Int = Parallel.coreCount) throws(ManifestError) -> Manifest {
    try manifest(
      hearsPrompts: source.configuration.takesControls, vocabulary: try? source.vocabulary(),
      endsSounds: source.configuration.endsSounds ?? false, threads: threads)
  }

  /// The jobs for any model.
  /// - Parameters: as of a manifest.
  package func manifest(
    hearsPrompts: Bool, vocabulary: Vocabulary?, endsSounds: Bool, threads: Int = Parallel.coreCount
  ) throws(ManifestError) -> Manifest {
    try Manifest(
      rows: folders.flatMap(\.rows), name: path, hearsPrompts: hearsPrompts, vocabulary: vocabulary,
      endsSounds: endsSounds, threads: threads)
  }
}

/// One folder of a pack: sounds of one kind.
public struct PackFolder: Sendable {
  /// Its path in the pack: "Drums/Loops".
  public internal(set) var path: String
  public internal(set) var kind: PackKind
  public internal(set) var about: String?
  /// What is made in it, each on a line of its own.
  var rows: [ManifestRow] = []
}
