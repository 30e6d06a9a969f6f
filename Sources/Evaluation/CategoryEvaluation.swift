import Audio
import Novelty
import Parallelism
import Spectra
import Synthesis
import Text
import Training

/// Asks a model for a folder's categories by name alone, as `hiss generate kick` does, and holds what comes against the
/// folder's own clips.
struct CategoryEvaluation: Sendable {
  private static let clipsOfEach = 3...10

  private let categories: FolderCategories
  private let index: NoveltyIndex
  private let mel: MelConfiguration
  private let threads: Int

  /// - Returns: nil for a folder whose names and captions make fewer than two categories.
  init?(_ dataset: Dataset, index: NoveltyIndex, threads: Int) {
    guard let categories = FolderCategories(dataset, threads: threads) else { return nil }
    (self.categories, self.index, mel, self.threads) = (categories, index, dataset.mel, threads)
  }

  /// - Parameters:
  ///   - clipCount: about how many clips to make of all categories together.
  ///   - progress: called from any thread with the pieces of work done and of all.
  /// - Throws: `ControlError` where the model makes no numbers.
  func report(
    on model: ModelBundle, clipCount: Int, encode: @escaping @Sendable (String) -> TextEmbedding,
    progress: @escaping @Sendable (Int, Int) -> Void
  ) throws(ControlError) -> CategoryReport {
    let bounds = Self.clipsOfEach
    let count = min(max(clipCount / categories.names.count, bounds.lowerBound), bounds.upperBound)
    let requests = categories.names.flatMap { name in
      (0..<count).map { seed in
        var request = GenerationRequest(prompt: name, seed: UInt64(seed))
        request.trims = true
        return request
      }
    }
    let synthesizer = Synthesizer(model: model, threads: threads, encode: encode)
    let clips = try synthesizer.generate(requests, progress: progress)
    let spectrogram = MelSpectrogram(mel)
    let heard = Parallel.map(clips.count, threads: threads) { number in
      let frames = spectrogram.analyze(clips[number].samples)
      return (
        course: SoundCourse(frames, mel: mel),
        takenFor: categories.recognizer.category(of: SoundShape(frames.values, mel: mel)),
        novelty: index.ratio(of: SoundFingerprint(frames, mel: mel))
      )
    }
    let rows = categories.names.enumerated().map { number, name in
      row(name, Array(heard[number * count..<(number + 1) * count]))
    }
    return CategoryReport(rows: rows, clipsOfEach: count)
  }

  private func row(
    _ name: String, _ made: [(course: SoundCourse, takenFor: String, novelty: Double)]
  ) -> CategoryReport.Row {
    let real = categories.places(of: name).map { categories.courses[$0] }
    func medians(_ value: (SoundCourse) -> Double) -> CategoryReport.Comparison {
      .init(made: Statistics.median(made.map { value($0.course) }), real: Statistics.median(real.map(value)))
    }
    let others = Dictionary(grouping: made.map(\.takenFor).filter { $0 != name }) { $0 }.mapValues(\.count)
    return CategoryReport.Row(
      category: name, clips: real.count,
      recognized: .init(
        made: Double(made.count { $0.takenFor == name }) / Double(made.count),
        real: categories.recognizer.shareOfReal(name)),
      mistakenFor: others.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key,
      seconds: medians(\.seconds), floorDecibels: medians(\.floorDecibels), attackSeconds: medians(\.attackSeconds),
      peakDecibels: medians(\.peakDecibels), novelty: Statistics.median(made.map(\.novelty)))
  }
}
