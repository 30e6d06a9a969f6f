import Audio
import Corpus
import Foundation
import Library
import Music
import Rendering
import Synthesis

/// An idea with its stems, as a clip of the library: the mix, and beside it the stems and their notes.
struct IdeaTake {
  private let sketch: IdeaSketch
  private let take: Int
  private let job: QueuedJob
  private let model: Workshop.Model
  private let library: ClipLibrary
  private let worker: QueueWorker

  init(
    _ sketch: IdeaSketch, take: Int, of job: QueuedJob, model: Workshop.Model, library: ClipLibrary, worker: QueueWorker
  ) {
    (self.sketch, self.take, self.job, self.model) = (sketch, take, job, model)
    (self.library, self.worker) = (library, worker)
  }

  /// Makes the mix, quickly, with its stems: the same notes by the same players.
  func makePreview(isStopped: @escaping @Sendable () -> Bool) throws {
    try withMix(of: sketch.drafted, isStopped) { _, bytes, mix in
      try worker.storeDraft(bytes, mix, facts, take: take, of: job)
    }
  }

  /// Makes it in a folder of its own. The clip is there only when its parts are.
  func make(isStopped: @escaping @Sendable () -> Bool) throws {
    try withMix(of: sketch, isStopped, keep)
  }

  /// Calls `body` with the folder of what was written, the mix's bytes, and its sound.
  private func withMix(
    of sketch: IdeaSketch, _ isStopped: @escaping @Sendable () -> Bool, _ body: (URL, [UInt8], AudioClip) throws -> Void
  ) throws {
    let folder = library.folder.url.appendingPathComponent(".hiss/ideas/\(job.id)-\(take)")
    // Of a library that is gone no folder is made anew.
    _ = try library.revision()
    try? FileManager.default.removeItem(at: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let stems = IdeaStems(
      sketch, in: folder, model: model.renderer.model, sampleRate: JobPlanner.sampleRate, lufs: sketch.request.lufs)
    let written = try stems.write(
      by: model.synthesizer, vocabulary: model.vocabulary, threads: model.threads, progress: { _, _ in },
      isStopped: isStopped)
    guard let mix = written.files.first else { return }
    try body(folder, Array(try Data(contentsOf: mix)), try AudioFile.read(mix))
  }

  private func keep(_ folder: URL, _ bytes: [UInt8], _ mix: AudioClip) throws {
    let draft = try worker.storeDraft(bytes, mix, facts, take: take, of: job)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() where name != "mix.wav" {
      let part = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
      _ = try library.storePart(part, named: name, of: draft.id)
    }
    try library.setParts(of: draft.id, hasStems: true, hasNotes: true)
    try worker.store(bytes, mix, facts, take: take, of: job)
  }

  private var facts: ClipFacts {
    let tags = model.renderer.model.tags(sketch.request, sampleRate: JobPlanner.sampleRate)
    var facts = ClipFacts(tags, take: take)
    let idea = sketch.idea
    (facts.kind, facts.bpm, facts.key) = ("stems", idea.tempo, idea.key.name)
    (facts.chords, facts.bars) = (idea.chordNames.joined(separator: " "), Double(idea.bars))
    return facts
  }
}
