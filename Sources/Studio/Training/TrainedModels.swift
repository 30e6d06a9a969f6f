import Evaluation
import Foundation
import Storage
import Synthesis
import Training

/// The models that the studio trains, and all others by their names: how their training went, and what was measured of them.
struct TrainedModels: Sendable {
  /// Where those go that it trains.
  let folder: URL
  /// What was measured, a file for each model.
  let evaluations: URL

  /// The folder of a model, also of one that is only beginning to learn.
  /// - Throws: `Problem` where there is none.
  func model(_ name: String) throws -> URL {
    guard JobRequest.isModelName(name) else { throw Problem.notFound("model") }
    let own = folder.appendingPathComponent(name)
    var status = stat()
    if lstat(own.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return own }
    if let found = try? ModelLibrary.locate(name), found.lastPathComponent == name { return found }
    throw Problem.notFound("model")
  }

  // MARK: How it learned

  /// The previews of a training, by name: rows and files of its folder, and nothing that only says it is one.
  func previews(_ name: String) throws -> [PreviewFolder.Row] {
    PreviewFolder.rows(inModel: try model(name)).filter { Self.isPlain($0.file) }
  }

  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && name.utf8.count < 200
      && !name.unicodeScalars.contains { $0 == "/" || $0 == "\\" || $0.value < 0x20 }
  }

  /// A sound or a picture of a training's previews.
  /// - Throws: `Problem` for every other name.
  func previewFile(_ file: String, of name: String) throws -> URL {
    let known = try previews(name).flatMap { ["\($0.file).wav", "\($0.file).png"] }
    guard known.contains(file), let place = LearnedClips.file("previews/\(file)", below: try model(name)) else {
      throw Problem.notFound("preview")
    }
    return place
  }

  func log(_ name: String) throws -> [TrainingLog.Entry] { TrainingLog(in: try model(name), upTo: .max).entries }

  // MARK: What was measured

  /// What `hiss evaluate` found out, and of which state of the model.
  struct Evaluation: Codable, Sendable {
    var at: Date
    /// The weights' file of then.
    var weights: String
    var report: EvaluationReport
  }

  private func file(_ name: String) -> URL { evaluations.appendingPathComponent("\(name).json") }

  /// nil where nothing was measured yet.
  func evaluation(_ name: String) throws -> Evaluation? {
    _ = try model(name)
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    guard let data = try? SmallFile.read(file(name), limit: 8 << 20) else { return nil }
    return try? decoder.decode(Evaluation.self, from: data)
  }

  func keep(_ report: EvaluationReport, of name: String) throws {
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    let evaluation = Evaluation(at: Date(), weights: try weights(name), report: report)
    try DurableFile.makeFolder(evaluations)
    try DurableFile.write(try encoder.encode(evaluation), to: file(name))
  }

  /// What tells one state of a model from another.
  func weights(_ name: String) throws -> String {
    let folder = try model(name)
    let times = ["model.safetensors", ModelSource.Voice.fileName].map { name -> String in
      var status = stat()
      guard stat(folder.appendingPathComponent(name).path, &status) == 0 else { return "-" }
      return "\(status.st_size).\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }
    return times.joined(separator: " ")
  }
}
