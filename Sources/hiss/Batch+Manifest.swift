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
    let conflicts = try BatchConflict.all(
      manifest.jobs, in: folder, fileExtension: format, replaces: replacing.force
    ) { model.tags($1.request, sampleRate: $1.sampleRate).made(clip: $0) }
    for conflict in conflicts.prefix(Self.mostLines) {
      let problem = manifest.problem(conflict)
      Console.note("hiss: \(jobs):\(problem.line): \(problem.reason)")
    }
    if conflicts.count > Self.mostLines { Console.note("… and \(conflicts.count - Self.mostLines) more") }
    guard conflicts.isEmpty else { throw ExitCode(EX_CANTCREAT) }
    // The folder may not be there yet.
    if sheet, OutputPlace.isFolder(folder) == true {
      try Sheet.check(Sheet.page(of: folder), of: folder, replacing.rule())
    }
  }

  var chosenShard: Shard? { shard.map { Shard($0) } ?? .whole }

  func readJobs(for model: ModelSource, _ identity: ModelIdentity, _ folder: URL) throws -> (
    jobs: [Job], notes: [ManifestNote]
  ) {
    let configuration = model.configuration
    let manifest: Manifest
    do {
      manifest = try Manifest(
        path: jobs, hearsPrompts: configuration.takesControls, vocabulary: try? model.vocabulary(),
        endsSounds: configuration.endsSounds ?? false)
    } catch {
      for line in "\(error)".split(separator: "\n") { Console.note("hiss: \(line)") }
      if case .unreadable = error { throw ExitCode(EX_NOINPUT) }
      throw ExitCode(EX_DATAERR)
    }
    try checkPlaces(of: manifest, in: folder, identity)
    say(manifest.notes)
    let chosen = manifest.jobs.filter { chosenShard?.contains($0.id) ?? false }
    let minutes = chosen.reduce(0) { $0 + $1.request.seconds } / 60
    let part = shard.map { " in shard \($0) of \(manifest.jobs.count)" } ?? ""
    Console.note("\(chosen.count) clips\(part), " + String(format: "%.1f min of sound", minutes))
    return (chosen, manifest.notes)
  }

  private func say(_ notes: [ManifestNote]) {
    for note in notes.prefix(Self.mostLines) { Console.note("note: " + note.text(path: jobs)) }
    if notes.count > Self.mostLines { Console.note("note: … and \(notes.count - Self.mostLines) more") }
  }

  private static let mostLines = 20
}
