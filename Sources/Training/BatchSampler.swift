package import Tensors
package import Text

/// One clip of a batch: where it comes from, and what noise it gets.
package struct TrainingExample: Sendable, Equatable {
  /// The clip's number in the data set.
  package var clip: Int
  /// The first frame of the crop, and its length in patches.
  package var start: Int
  package var patchCount: Int
  /// Whether the caption is replaced by the empty one.
  package var dropsCaption: Bool
  /// Whether the caption's tokens are, and only its sentence is left.
  package var dropsTokens: Bool
  /// Whether the clip is one of a rehearsal, not of the data set.
  package var isRehearsed: Bool
  /// Where the noise and its level are drawn from.
  package var random: RandomSource

  package init(
    clip: Int, start: Int, patchCount: Int, dropsCaption: Bool = false, dropsTokens: Bool = false,
    isRehearsed: Bool = false, random: RandomSource
  ) {
    self.clip = clip
    self.start = start
    self.patchCount = patchCount
    self.dropsCaption = dropsCaption
    self.dropsTokens = dropsTokens
    self.isRehearsed = isRehearsed
    self.random = random
  }
}

extension TrainingExample {
  /// What the network is given of a caption: all of it, its sentence alone, or nothing.
  package func conditioning(by caption: TextEmbedding, empty: TextEmbedding) -> TextEmbedding {
    if dropsCaption { return empty }
    return dropsTokens ? TextEmbedding(tokens: empty.tokens, sentence: caption.sentence) : caption
  }
}

/// Decides what is learned at which step: a function of plan, data set and step alone, so that a resumed training goes
/// on exactly where it was.
///
/// Every clip comes once per pass through the set, in an order shuffled anew for each pass. Some of the crops are
/// whole clips; the others have a random length, and half of those of long clips begin at a random place.
package struct BatchSampler {
  let plan: TrainingPlan
  /// Examples in a batch.
  let count: Int
  let isRehearsal: Bool
  /// The clips to learn from: numbers in the data set, and their lengths in frames.
  let clips: [Int]
  let frameCounts: [Int]
  let patchLength: Int
  let framesPerSecond: Double
  /// Crops of shorter clips begin where the clip begins: the rest of a single note is near silence, which its caption
  /// should not come to mean.
  private static let shortClipSeconds = 4.0
  private let random: RandomSource
  private var shuffled: (pass: Int, order: [Int])

  /// - Parameters:
  ///   - count: of the examples in a batch; nil for the plan's.
  ///   - isRehearsal: whether the clips are those of a rehearsal, not of a data set.
  package init(
    _ plan: TrainingPlan, count: Int? = nil, clips: [Int], frameCounts: [Int], patchLength: Int,
    framesPerSecond: Double, isRehearsal: Bool = false
  ) {
    self.plan = plan
    self.count = count ?? plan.batchSize
    self.isRehearsal = isRehearsal
    self.clips = clips
    self.frameCounts = frameCounts
    self.patchLength = patchLength
    self.framesPerSecond = framesPerSecond
    random = RandomSource(seed: plan.seed).stream(isRehearsal ? .rehearsedBatches : .batches)
    shuffled = (-1, [])
  }

  package mutating func batch(at step: Int) -> [TrainingExample] {
    (0..<count).map { slot in
      let number = step * count + slot
      return example(order(number / clips.count)[number % clips.count], random.split(UInt64(number)))
    }
  }

  private mutating func order(_ pass: Int) -> [Int] {
    if shuffled.pass != pass {
      var source = random.split(UInt64.max - UInt64(pass))
      shuffled = (pass, Array(clips.indices).shuffled(using: &source))
    }
    return shuffled.order
  }

  /// What the source of a place in the order is split into: what the sampler draws, and what the example is given.
  private enum Stream: UInt64 {
    case crop = 1
    case example
    case window
  }

  private func example(_ index: Int, _ random: RandomSource) -> TrainingExample {
    var draw = random.split(Stream.crop.rawValue)
    let crop = crop(of: frameCounts[index], &draw)
    return TrainingExample(
      clip: clips[index], start: crop.start, patchCount: crop.patchCount,
      dropsCaption: draw.uniform() < plan.captionDropout, dropsTokens: draw.uniform() < plan.tokenDropout,
      isRehearsed: isRehearsal, random: random.split(Stream.example.rawValue))
  }

  /// The part of a clip that is shown: its first frame, and its length in patches, which may reach beyond the clip's end.
  private func crop(of frameCount: Int, _ draw: inout RandomSource) -> (start: Int, patchCount: Int) {
    let longest = patches(min(Double(frameCount), plan.maximumSeconds * framesPerSecond))
    let shortest = min(longest, patches(plan.minimumSeconds * framesPerSecond))
    let isWhole = draw.uniform() < plan.wholeShare
    let excerpt = max(shortest, min(longest, patches(plan.excerptSeconds * framesPerSecond)))
    let count = isWhole ? longest : shortest + draw.integer(below: excerpt - shortest + 1)
    let room = max(0, frameCount - count * patchLength)
    let mayStartLater = Double(frameCount) > Self.shortClipSeconds * framesPerSecond
    // The end is shown as often as any other part, with silence behind it.
    let beyond = plan.windows.map { min(count * patchLength / 2, Int($0.tailSeconds * framesPerSecond)) } ?? 0
    let start = draw.uniform() < 0.5 || !mayStartLater ? 0 : draw.integer(below: room + beyond + 1)
    guard let windows = plan.windows, start == 0, count * patchLength >= frameCount else { return (start, count) }
    // Drawn from a stream of its own: the crops of plans without windows stay what they are.
    var length = draw.split(Stream.window.rawValue)
    let window = windows.seconds(
      of: Double(frameCount) / framesPerSecond, chance: length.uniform(), length: length.uniform())
    return (start, max(count, patches(window * framesPerSecond)))
  }

  private func patches(_ frames: Double) -> Int { max(1, Int((frames / Double(patchLength)).rounded(.up))) }
}
