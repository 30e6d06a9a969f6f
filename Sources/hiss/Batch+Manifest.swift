import ArgumentParser
import Foundation
import Jobs
import Rendering
import Storage
import Synthesis
import Text

/// The jobs of a batch: read, checked, and told.
extension Batch {
  /// Refuses, before anything is made, to replace what no batch made.
  private func checkPlaces(of manifest: Manifest, in folder: URL, _ model: ModelIdentity) throws {
    try manifest.checkPlaces(jobs, in: folder, fileExtension: format, model, replaces: replacing.force)
    // The folder may not be there yet.
    if sheet, OutputPlace.isFolder(folder) == true {
      try Sheet.check(Sheet.page(of: folder), of: folder, replacing.rule())
    }
  }

  func readJobs(for model: ModelSource, _ identity: ModelIdentity, _ folder: URL) throws -> (
    jobs: [Job], notes: [BatchNote]
  ) {
    let configuration = model.configuration
    let manifest: Manifest
    do {
      manifest = try Manifest(
        path: jobs, names: template, hearsPrompts: configuration.takesControls, vocabulary: try? model.vocabulary(),
        endsSounds: configuration.endsSounds ?? false, threads: engine.work.threads)
    } catch let error as ManifestError { throw error.told }
    try checkPlaces(of: manifest, in: folder, identity)
    manifest.say(path: jobs)
    let chosen = manifest.jobs.filter { shard.part.contains($0.id) }
    let minutes = chosen.reduce(0) { $0 + $1.request.seconds } / 60
    let part = shard.shard.map { " in shard \($0) of \(manifest.jobs.count)" } ?? ""
    Console.note("\(chosen.count) clips\(part), " + String(format: "%.1f min of sound", minutes))
    return (chosen, BatchNote.all(of: manifest))
  }
}

extension ManifestError {
  /// Says every problem on a line of its own; the exit code.
  var told: ExitCode {
    for line in "\(self)".split(separator: "\n") { Console.note("hiss: \(line)") }
    if case .unreadable = self { return ExitCode(EX_NOINPUT) }
    return ExitCode(EX_DATAERR)
  }
}

extension Manifest {
  fileprivate static let mostLines = 20

  /// Says what is to be known of it.
  func say(path: String) {
    for note in notes.prefix(Self.mostLines) { Console.note("note: " + note.text(path: path)) }
    let more = notes.count + lostNoteCount - Self.mostLines
    if more > 0 { Console.note("note: … and \(more) more") }
  }

  /// Refuses, before anything is made, to replace what no batch made.
  func checkPlaces(
    _ path: String, in folder: URL, fileExtension: String, _ model: ModelIdentity, replaces: Bool
  ) throws {
    let conflicts = try BatchConflict.all(
      jobs, in: folder, fileExtension: fileExtension, replaces: replaces
    ) { model.tags($1.request, sampleRate: $1.sampleRate, file: $1.file).made(clip: $0) }
    for conflict in conflicts.prefix(Self.mostLines) {
      let problem = problem(conflict)
      Console.note("hiss: \(path):\(problem.line): \(problem.reason)")
    }
    if conflicts.count > Self.mostLines { Console.note("… and \(conflicts.count - Self.mostLines) more") }
    guard conflicts.isEmpty else { throw ExitCode(EX_CANTCREAT) }
  }
}
