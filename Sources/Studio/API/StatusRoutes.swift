import Foundation
import HTTPTypes
import Hummingbird
import Library
import Synthesis

/// What there is: the library's numbers, and the models.
struct StatusRoutes: Sendable {
  let studio: Studio

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/status") { [self] _ in try .json(try status()) },
      Endpoint(.get, "/models") { _ in try .json(["models": try await Background.run { Self.models() }]) },
    ]
  }

  private struct Status: Encodable {
    struct Library: Encodable {
      let path: String
      let clips: Int
      let picks: Int
      let rejected: Int
      let bin: Int
    }
    struct Queue: Encodable {
      let waiting: Int
      let running: Int
    }
    struct Audio: Encodable {
      /// To which pages bring clips when they play them, in LUFS.
      let lufs: Double
    }
    let version: String
    let library: Library
    let queue: Queue
    let model: String
    let sampleRate: Int
    let audio: Audio
    /// What keeps the studio from its work.
    let trouble: String?
  }

  private func status() throws -> Status {
    let counts = try studio.library.counts()
    return Status(
      version: ClipTags.currentVersion,
      library: .init(
        path: studio.library.folder.url.path, clips: counts.clips, picks: counts.picks, rejected: counts.rejected,
        bin: counts.bin),
      queue: .init(waiting: counts.waiting, running: counts.running),
      model: URL(fileURLWithPath: studio.workshop.usual).lastPathComponent, sampleRate: JobPlanner.sampleRate,
      audio: .init(lufs: -18), trouble: studio.troubles.current)
  }

  private struct ModelAnswer: Encodable, Sendable {
    let name: String
    let title: String
    let description: String
    let kind: String
    /// Clips that it learned from.
    let clips: Int
    /// What is wrong with how it learned; empty for nothing.
    let warning: String
  }

  private static func models() -> [ModelAnswer] {
    ModelLibrary.all().compactMap { folder in
      guard let facts = try? ModelLibrary.check(folder) else { return nil }
      let (name, configuration) = (folder.lastPathComponent, facts.configuration)
      guard JobRequest.isModelName(name) else { return nil }
      let learned = configuration.training.map { "\($0.clipCount) clips of \($0.dataset), \($0.steps) steps" } ?? ""
      return ModelAnswer(
        name: name, title: name, description: (configuration.base.map { "a voice of \($0.name); " } ?? "") + learned,
        kind: configuration.base == nil ? "model" : "voice", clips: configuration.training?.clipCount ?? 0,
        warning: configuration.training?.warning ?? "")
    }
  }
}
