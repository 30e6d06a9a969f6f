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
    let learned = pairs(of: dataset.trainingIndices, alignment, sizes)
    let means = learned.features.columnMeans
    let heldOut = dataset.heldOutIndices.isEmpty ? nil : pairs(of: dataset.heldOutIndices, alignment, sizes)
    let nothing = alignment.features(
      of: Tensor([1, sizes.textWidth], empty.sentence.values.map { $0 * sizes.sentenceFactor }))
    expectation.set(
      Parallel.map(sizes.expectationKnots, threads: threads) { knot in
        guard let (weights, centre) = learned.fit(knot, means: means, nothing: nothing) else { return nil }
        return weights.scaled(by: heldOut?.share(of: weights, knot, means: means, centre: centre) ?? 1)
      }, means: means)
  }

  /// Captions of some clips with what these sound like, spread over the clips.
  private func pairs(of clips: [Int], _ alignment: CaptionAlignment, _ sizes: DenoiserConfiguration) -> Pairs {
    let chosen = clips.flatMap { clip in dataset.sentences(clip).map { (clip: clip, sentence: $0) } }
      .spread(Self.mostPairs)
    let sentences = chosen.flatMap { pair in pair.sentence.values.map { $0 * sizes.sentenceFactor } }
    return Pairs(
      features: alignment.features(of: Tensor([chosen.count, sizes.textWidth], sentences)),
      targets: Parallel.map(chosen.count, threads: threads) { target(of: chosen[$0].clip, sizes: sizes) })
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

  /// What the tower makes of captions, `[pair, features]`, and their clips' frames by knot.
  private struct Pairs: Sendable {
    let features: Tensor
    let targets: [[[Float]?]]

    /// The pairs that say something of a knot: their features less the means, and their frames.
    private func said(_ knot: Int, means: [Float]) -> (rows: Int, x: [Float], y: [[Float]]) {
      let rows = targets.indices.filter { targets[$0][knot] != nil }
      let (all, count) = (features.values, means.count)
      let x = rows.flatMap { row in (0..<count).map { all[row * count + $0] - means[$0] } }
      return (rows.count, x, rows.compactMap { targets[$0][knot] })
    }

    /// The weights of a knot, `[width, features]`, and the mean of its frames, which is left out; nil where nothing is said.
    func fit(_ knot: Int, means: [Float], nothing: Tensor) -> (weights: Tensor, centre: [Float])? {
      let (rows, x, y) = said(knot, means: means)
      guard let width = y.first?.count else { return nil }
      let centre = Tensor([rows, width], y.flatMap(\.self)).columnMeans
      let others = max(1, Int(Double(rows) * ExpectationLesson.emptyShare))
      let silent = zip(nothing.values, means).map { $0 - $1 }
      let wanted = y.flatMap { zip($0, centre).map { $0 - $1 } } + [Float](repeating: 0, count: others * width)
      let weights = RidgeRegression.weights(
        from: Tensor([rows + others, means.count], x + (0..<others).flatMap { _ in silent }),
        to: Tensor([rows + others, width], wanted), penalty: ExpectationLesson.penalty)
      return (weights, centre)
    }

    /// How much of what weights of a knot say is to be said, so that it lies nearest to these frames: from 0, where it tells
    /// nothing, to 1. Of few clips weights learn more by heart than holds for others.
    func share(of weights: Tensor, _ knot: Int, means: [Float], centre: [Float]) -> Float {
      let (rows, x, y) = said(knot, means: means)
      guard rows > 0 else { return 1 }
      let told = Tape.inference(precision: .float32).constant(Tensor([rows, means.count], x))
        .linear(weight: Parameter("weights", weights)).value.values
      let wanted = y.flatMap { zip($0, centre).map { $0 - $1 } }
      let (common, power) = zip(told, wanted).reduce((0.0, 0.0)) {
        ($0.0 + Double($1.0 * $1.1), $0.1 + Double($1.0 * $1.0))
      }
      return power > 0 ? Float(min(1, max(0, common / power))) : 0
    }
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
