public import Denoising
import Foundation
import Novelty
public import Parallelism
public import Spectra
public import Synthesis
public import Text
public import Training

/// What a network that is still learning makes of its folder's categories, held against the folder's own clips: whether they
/// are recognised, and whether they are new.
///
/// It makes drafts of the same seeds each time, so that two looks differ by what was learned between them.
public struct Previews: Sendable {
  /// A clip, as mel frames.
  public struct Clip: Sendable {
    public let category: String
    /// What the folder's own clips say that it is.
    public let takenFor: String
    /// How far from the nearest clip that is learned; 1 is as far as real clips usually are.
    public let novelty: Double
    public let request: GenerationRequest
    public let frames: MelFrames
  }

  public struct Report: Sendable {
    public let clips: [Clip]
    /// The share of clips that are taken for what was asked, over that of real clips: near 1 where the network does what it
    /// is asked.
    public let obedience: Double
    public let medianNovelty: Double
  }

  static let clipsOfEach = 3
  private static let mostSeconds = 4.0

  private let recognizer: CategoryRecognizer
  private let index: NoveltyIndex
  private let requests: [(category: String, request: GenerationRequest)]
  private let embeddings: [String: TextEmbedding]
  private let mel: MelConfiguration
  private let threads: Int

  /// - Returns: nil for a folder whose captions make fewer than two categories.
  public init?(_ dataset: Dataset, encoder: SentenceEncoder, threads: Int = Parallel.coreCount) {
    guard let categories = FolderCategories(dataset, threads: threads) else { return nil }
    recognizer = categories.recognizer
    let heldOut = Set(dataset.heldOutIndices)
    let prints = zip(categories.members, categories.fingerprints)
    index = NoveltyIndex(
      dataset: "", mel: dataset.mel, training: prints.filter { !heldOut.contains($0.0.clip) }.map(\.1),
      heldOut: prints.filter { heldOut.contains($0.0.clip) }.map(\.1), threads: threads)
    requests = categories.names.flatMap { name in
      let lengths = categories.places(of: name).map { place in
        Double(dataset.frameCount(categories.members[place].clip)) / dataset.mel.framesPerSecond
      }.sorted()
      return (0..<Self.clipsOfEach).map { seed in
        // As long as the category's own clips are.
        let seconds = lengths[(2 * seed + 1) * lengths.count / (2 * Self.clipsOfEach)]
        var request = GenerationRequest(
          prompt: name, duration: min(max(seconds, GenerationRequest.minimumDuration), Self.mostSeconds),
          seed: UInt64(seed))
        request.makeDraft()
        return (name, request)
      }
    }
    let prompts = categories.names + [""]
    embeddings = Dictionary(uniqueKeysWithValues: prompts.map { ($0, encoder.encode($0)) })
    (mel, self.threads) = (dataset.mel, threads)
  }

  /// What a network makes.
  /// - Throws: `ControlError` where it makes no numbers.
  public func report(
    on denoiser: DiffusionTransformer, configuration: ModelConfiguration
  ) throws(ControlError) -> Report {
    let model = ModelBundle(
      directory: URL(fileURLWithPath: "preview"), configuration: configuration, denoiser: denoiser)
    let empty = embeddings[""]
    let synthesizer = Synthesizer(model: model, threads: 1) { [embeddings] prompt in
      guard let embedding = embeddings[prompt] ?? empty else { preconditionFailure("no empty caption") }
      return embedding
    }
    let made = Parallel.map(requests.count, threads: threads) { number in
      Result { () throws(ControlError) in try clip(number, by: synthesizer) }
    }
    let clips = try made.map { result throws(ControlError) in try result.get() }
    let shares = recognizer.categories.map { category in
      let own = clips.filter { $0.category == category }
      return Double(own.count { $0.takenFor == category }) / Double(max(1, own.count))
    }
    return Report(
      clips: clips, obedience: Statistics.mean(shares) / max(recognizer.shareOfReal, 0.01),
      medianNovelty: Statistics.median(clips.map(\.novelty)))
  }

  private func clip(_ number: Int, by synthesizer: Synthesizer) throws(ControlError) -> Clip {
    let (category, request) = requests[number]
    let frames = try synthesizer.frames(synthesizer.plan(request))
    return Clip(
      category: category, takenFor: recognizer.category(of: SoundShape(frames.values, mel: mel)),
      novelty: index.ratio(of: SoundFingerprint(frames, mel: mel)), request: request, frames: frames)
  }
}
