import Audio
import Evaluation
import Foundation
import Spectra
import Synthesis

/// Clips that have to be new.
extension Generate {
  /// The clips that were written, and what is missing.
  struct NovelClips {
    var files: [String] = []
    var requests: [GenerationRequest] = []
    var ratios: [Double] = []
    var shortfall: EvaluationError?
  }

  /// Makes as many clips at once as there are threads, says on stderr which were made again with another seed, and
  /// writes those that are new.
  func makeNovel(_ clips: [ClipTags], _ synthesizer: Synthesizer, _ guardian: NoveltyGuard) throws -> NovelClips {
    var clips = clips
    var made = NovelClips()
    var missing = 0
    let mel = output.picture ? MelSpectrogram(synthesizer.model.configuration.mel) : nil
    for start in stride(from: 0, to: clips.count, by: engine.work.threads) {
      let range = start..<min(start + engine.work.threads, clips.count)
      let outcomes = try guardian.generate(
        clips[range].map(\.request), stride: UInt64(clips.count), reject: { tell($0, guardian) },
        make: { requests in
          let progress = ProgressLine("Denoising")
          defer { progress.finish() }
          return try synthesizer.generate(requests) { progress.update($0, of: $1) }
        })
      for (index, outcome) in zip(range, outcomes) {
        guard outcome.isNovel else {
          missing += 1
          continue
        }
        clips[index].request = outcome.request
        // Names hold seeds.
        let files = try OutputFiles(output.output, clips: clips, sampleRate: output.sampleRate)
        try write(outcome.clip, at: index, of: files, picture: mel)
        made.files.append(files.urls[index].path)
        made.requests.append(outcome.request)
        made.ratios.append(outcome.ratio)
      }
    }
    if missing > 0 {
      made.shortfall = .notNovel(clipCount: missing, tries: guardian.tries, threshold: guardian.threshold)
    }
    return made
  }

  private func tell(_ rejection: NoveltyGuard.Rejection, _ guardian: NoveltyGuard) {
    let next = rejection.next.map { "; trying seed \($0)" } ?? ""
    Console.note(
      String(format: "seed %llu: novelty %.2f is below %g", rejection.seed, rejection.ratio, guardian.threshold) + next)
  }
}
