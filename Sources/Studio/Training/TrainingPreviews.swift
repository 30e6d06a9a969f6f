import Audio
import Foundation
import Library

/// What a training lets hear while it learns, as clips of its job.
struct TrainingPreviews {
  private let folder: URL
  private let model: String
  private let job: QueuedJob
  private var taken: Set<String> = []
  /// A job has no more of them than a page can show.
  private static let most = 400

  /// - Parameter folder: of the model that is trained.
  init(of folder: URL, job: QueuedJob) {
    self.folder = folder.appendingPathComponent("previews")
    (model, self.job) = (folder.lastPathComponent, job)
  }

  /// Takes in what has come since the last time; those of an earlier training stay where they are.
  /// - Returns: whether there was something.
  mutating func take(by worker: QueueWorker) -> Bool {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    let new = names.filter { $0.hasSuffix(".wav") && !$0.hasPrefix(".") && isNew($0) }.prefix(Self.most)
    var found = false
    for (place, name) in new.enumerated() where taken.insert(name).inserted {
      let file = folder.appendingPathComponent(name)
      guard let sound = try? AudioFile.read(file), let bytes = try? Data(contentsOf: file) else { continue }
      // "0000500-kick-drum" is a kick drum after 500 steps.
      let parts = name.dropLast(4).split(separator: "-", maxSplits: 1)
      var facts = ClipFacts(name: "\(model)-\(name.dropLast(4))")
      facts.prompt = parts.count > 1 ? String(parts[1]).replacing("-", with: " ") : ""
      (facts.caption, facts.model, facts.kind) = (facts.prompt, model, "train")
      found = (try? worker.store(Array(bytes), sound, facts, take: place + 1, of: job)) != nil || found
    }
    return found
  }

  private func isNew(_ name: String) -> Bool {
    var status = stat()
    guard stat(folder.appendingPathComponent(name).path, &status) == 0 else { return false }
    return Double(status.st_mtim.tv_sec) + 1 >= job.createdAt.timeIntervalSince1970
  }
}
