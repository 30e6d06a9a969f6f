import Denoising
import Parallelism
import Spectra
import Synthesis
import Tensors
import Text

/// Tells a network, before it learns to denoise, what captions sound like on average: ridge regression from what the aligned
/// tower makes of captions to their clips' frames at a few places (`ExpectedSound`).
struct ExpectationLesson {
  /// Pairs of a caption and a clip that are enough.
  private static let mostPairs = 24_000
  /// Keeps weights small where few captions tell; found on corpora of sounds, from 1e-3 to 1e-2 alike.
  private static let penalty = 1e-3
  /// How much the empty caption counts, as a share of the others: of it nothing is expected.
  private static let emptyShare = 0.1
  /// A clip none of whose last frame's bands is above this mel value (90 dB below full scale) has ended: silence follows.
  private static let audible: Float = -0.8

  let dataset: Dataset
  let scale: ValueScale
  let empty: TextEmbedding
  let threads: Int

  /// Sets what the network expects, and lets it begin by not believing it.
  func teach(_ network: DiffusionTransformer) {
    guard let expectation = network.expectation, let alignment = network.alignment else { return }
    let sizes = network.configuration
    let pairs = self.pairs
    let targets = Parallel.map(pairs.count, threads: threads) { number in
      target(of: pairs[number].clip, sizes: sizes)
    }
    let factor = sizes.sentenceFactor
    let sentences = pairs.map { dataset.sentences($0.clip)[$0.caption].values.map { $0 * factor } }
    let features = alignment.features(of: Tensor([pairs.count, sizes.textWidth], sentences.flatMap { $0 }))
    let nothing = alignment.features(
      of: Tensor([1, sizes.textWidth], empty.sentence.values.map { $0 * factor }))
    expectation.set(
      Parallel.map(sizes.expectationKnots, threads: threads) { knot in
        fit(targets.map { $0[knot] }, from: features, nothing: nothing)
      }, means: features.columnMeans)
  }

  /// Captions with their clips, spread over the set.
  private var pairs: [(clip: Int, caption: Int)] {
    dataset.trainingIndices.flatMap { clip in
      (0..<dataset.sentences(clip).count).map { (clip, $0) }
    }.spread(Self.mostPairs)
  }

  /// The mean of the frames about each knot, as the network sees them; nil where the clip says nothing of it.
  private func target(of clip: Int, sizes: DenoiserConfiguration) -> [[Float]?] {
    let (knots, width) = (ExpectedSound.knots(sizes.expectationKnots), sizes.frameWidth)
    let known = dataset.frameCount(clip)
    let horizon = (knots.last ?? 0) + 1
    var values = [Float](repeating: 0, count: max(known, horizon) * width)
    var ends = false
    values.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      dataset.copyFrames(clip, from: 0, count: max(known, horizon), into: base)
      ends = !(0..<dataset.layout.melBandCount).contains { base[max(0, known - 1) * width + $0] > Self.audible }
      scale.normalize(base, count: buffer.count, layout: dataset.layout)
    }
    var sums = [[Float]](repeating: [Float](repeating: 0, count: width), count: knots.count)
    var weights = [Float](repeating: 0, count: knots.count)
    for frame in 0..<(ends ? max(known, horizon) : known) {
      let (knot, share) = ExpectedSound.place(frame, among: knots)
      for (knot, weight) in [(knot, 1 - share), (knot + 1, share)] where weight > 0 {
        weights[knot] += weight
        for value in 0..<width { sums[knot][value] += weight * values[frame * width + value] }
      }
    }
    return zip(sums, weights).map { sum, weight in weight < 0.5 ? nil : sum.map { $0 / weight } }
  }

  /// The weights of one knot, `[width, features]`, from the pairs that say something of it.
  private func fit(_ targets: [[Float]?], from features: Tensor, nothing: Tensor) -> Tensor? {
    let rows = targets.indices.filter { targets[$0] != nil }
    guard let width = targets.lazy.compactMap({ $0 }).first?.count else { return nil }
    let means = features.columnMeans
    let (all, count) = (features.values, means.count)
    let others = max(1, Int(Double(rows.count) * Self.emptyShare))
    let silent = zip(nothing.values, means).map { $0 - $1 }
    var x = rows.flatMap { row in (0..<count).map { all[row * count + $0] - means[$0] } }
    for _ in 0..<others { x += silent }
    let known = Tensor([rows.count, width], rows.flatMap { targets[$0] ?? [] })
    let centre = known.columnMeans
    var y = known.values
    for index in y.indices { y[index] -= centre[index % width] }
    y += [Float](repeating: 0, count: others * width)
    return RidgeRegression.weights(
      from: Tensor([rows.count + others, count], x), to: Tensor([rows.count + others, width], y),
      penalty: Self.penalty)
  }
}

extension Tensor {
  /// The mean of each column of `[rows, columns]`.
  fileprivate var columnMeans: [Float] {
    let (rows, columns, values) = (shape[0], shape[1], values)
    var sums = [Double](repeating: 0, count: columns)
    for index in values.indices { sums[index % columns] += Double(values[index]) }
    return sums.map { Float($0 / Double(max(1, rows))) }
  }
}
