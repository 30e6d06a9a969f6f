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
/// It makes drafts of the same seeds each time, so that two looks differ by what was learned between them. A folder without
/// categories is heard by some of its captions, and nobody says whether they are recognised.
public struct Previews: Sendable {
  /// A clip, as mel frames.
  public struct Clip: Sendable {
    public let category: String
    /// What the folder's own clips say that it is; its category where they cannot say.
    public let takenFor: String
    /// How far from the nearest clip that is learned; 1 is as far as real clips usually are.
    public let novelty: Double
    public let request: GenerationRequest
    public let frames: MelFrames
  }

  public struct Report: Sendable {
    public let clips: [Clip]
    /// The share of clips that are taken for what was asked, over that of real clips: near 1 where the network does what it
    /// is asked. Nil for a folder without categories.
    public let obedience: Double?
    public let medianNovelty: Double
  }

  static let clipsOfEach = 3
  fileprivate static let mostSeconds = 4.0

  /// Nil for a folder without categories.
  private let recognizer: CategoryRecognizer?
  private let index: NoveltyIndex
  private let requests: [(category: String, request: GenerationRequest)]
  private let embeddings: [String: TextEmbedding]
  private let mel: MelConfiguration
  private let threads: Int

  /// - Parameter encode: a prompt as the network reads it.
  public init(_ dataset: Dataset, threads: Int = Parallel.coreCount, encode: (String) -> TextEmbedding) {
    let heard: Heard
    if let categories = FolderCategories(dataset, threads: threads) {
      recognizer = categories.recognizer
      heard = Heard(
        names: categories.names, members: categories.members, fingerprints: categories.fingerprints,
        clipsOfEach: Self.clipsOfEach)
    } else {
      recognizer = nil
      heard = Heard(captionsOf: dataset, threads: threads)
    }
    let heldOut = Set(dataset.heldOutIndices)
    let prints = zip(heard.members, heard.fingerprints)
    index = NoveltyIndex(
      dataset: "", mel: dataset.mel, training: prints.filter { !heldOut.contains($0.0.clip) }.map(\.1),
      heldOut: prints.filter { heldOut.contains($0.0.clip) }.map(\.1), threads: threads)
    requests = heard.names.flatMap { heard.requests($0, dataset) }
    let prompts = heard.names + [""]
    embeddings = Dictionary(prompts.map { ($0, encode($0)) }) { first, _ in first }
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
    return Report(
      clips: clips, obedience: recognizer.map { Self.obedience(clips, $0) },
      medianNovelty: Statistics.median(clips.map(\.novelty)))
  }

  private static func obedience(_ clips: [Clip], _ recognizer: CategoryRecognizer) -> Double {
    let shares = recognizer.categories.map { category in
      let own = clips.filter { $0.category == category }
      return Double(own.count { $0.takenFor == category }) / Double(max(1, own.count))
    }
    return Statistics.mean(shares) / max(recognizer.shareOfReal, 0.01)
  }

  private func clip(_ number: Int, by synthesizer: Synthesizer) throws(ControlError) -> Clip {
    let (category, request) = requests[number]
    let frames = try synthesizer.frames(synthesizer.plan(request))
    return Clip(
      category: category,
      takenFor: recognizer?.category(of: SoundShape(frames.values, mel: mel)) ?? category,
      novelty: index.ratio(of: SoundFingerprint(frames, mel: mel)), request: request, frames: frames)
  }
}

/// What of a folder is heard: prompts, and clips of each.
private struct Heard {
  let names: [String]
  let members: [(category: String, clip: Int)]
  let fingerprints: [SoundFingerprint]
  let clipsOfEach: Int
}

extension Heard {
  /// The most captions, and clips that novelty is held against.
  private static let (mostCaptions, mostClips) = (6, 200)

  init(captionsOf dataset: Dataset, threads: Int) {
    let members = Array(dataset.clips.indices).spread(Self.mostClips).map { clip in
      (category: dataset.clips[clip].caption, clip: clip)
    }
    // Files of previews have the captions' names.
    var taken = Set<String>()
    let names = members.map(\.category).filter { taken.insert(ClipName.of($0)).inserted }.spread(Self.mostCaptions)
    let fingerprints = Parallel.map(members.count, threads: threads) { number in
      SoundFingerprint(dataset.melFrames(members[number].clip), mel: dataset.mel)
    }
    self.init(names: names, members: members, fingerprints: fingerprints, clipsOfEach: 1)
  }

  /// Drafts as long as the clips of that name are.
  func requests(_ name: String, _ dataset: Dataset) -> [(category: String, request: GenerationRequest)] {
    let lengths = members.filter { $0.category == name }.map { member in
      Double(dataset.frameCount(member.clip)) / dataset.mel.framesPerSecond
    }.sorted()
    return (0..<clipsOfEach).map { seed in
      let seconds = lengths[(2 * seed + 1) * lengths.count / (2 * clipsOfEach)]
      var request = GenerationRequest(
        prompt: name, duration: min(max(seconds, GenerationRequest.minimumDuration), Previews.mostSeconds),
        seed: UInt64(seed))
      request.makeDraft()
      return (name, request)
    }
  }
}
