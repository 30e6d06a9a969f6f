import Evaluation
import Foundation
import Novelty
import Rendering
import Synthesis
import Text
import Training

/// What lies beside a model that was trained.
extension Train {
  /// Writes beside the model what it learned from: its captions' words, its sounds, and how long these are.
  func describe(_ data: Dataset, by encoder: SentenceEncoder) throws {
    let captions = data.clips.lazy.flatMap(\.captions)
    try WordList.write(
      captions, to: URL(fileURLWithPath: folders.output), encoder: encoder, threads: engine.work.threads)
    try SoundLengths(of: data).write(inModel: URL(fileURLWithPath: folders.output))
    try writeIndex(data)
  }

  /// Writes what `hiss generate` holds clips against: the samples of now, and those that the model learned from before.
  private func writeIndex(_ data: Dataset) throws {
    let progress = ProgressLine("Listening")
    defer { progress.finish() }
    let index = NoveltyIndex(
      of: data, name: datasetName, threads: engine.work.threads
    ) { progress.update($0, of: $1) }
    let url = NoveltyIndex.url(inModel: URL(fileURLWithPath: folders.output))
    try index.including(former(at: url)).write(to: url)
  }

  /// The index of what was learned before; nil where there is none, or where it is damaged, which is said.
  private func former(at url: URL) -> NoveltyIndex? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    do { return try NoveltyIndex(reading: url) } catch {
      Console.note("warning: \(error); clips are held against the samples of now alone")
      return nil
    }
  }
}
