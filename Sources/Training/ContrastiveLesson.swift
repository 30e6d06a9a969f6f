public import Denoising
import Foundation
import Layers
import Parallelism
import Spectra
import Tensors

/// Teaches a network, before it learns to denoise, which captions go with which sounds.
///
/// Two towers, one for captions and one for summaries of sounds, learn to give the two halves of a pair the same direction
/// (CLAP: Elizalde et al. 2023); the captions' tower stays in the network. This takes seconds, where the denoiser's own
/// gradients, drowned in the noise that it is there to remove, take hours to tell neighbouring instruments apart.
public struct ContrastiveLesson: Sendable {
  /// Steps of the optimizer, and pairs in each.
  static let steps = 1000
  static let batchSize = 512
  static let learningRate: Float = 2e-3
  static let warmupSteps = 50
  /// The noise that is added to whitened captions and to standardised sounds, so that no pair is learned by heart.
  static let captionNoise: Float = 0.5
  static let soundNoise: Float = 0.3

  /// `[caption, textWidth]`, those of a clip side by side, and `[clip, 4 · valueCount]`.
  private let captions: Tensor
  private let captionRows: [Range<Int>]
  private let sounds: Tensor
  private let whitening: CaptionWhitening
  /// Some of the captions as they are given, `[caption, textWidth]`.
  private let examples: Tensor
  private let seed: UInt64

  /// As many say what all are like.
  private static let mostExamples = 4096

  /// - Parameter factor: what the network multiplies sentences by.
  public init(_ dataset: Dataset, factor: Float, seed: UInt64, threads: Int) {
    let clips = dataset.trainingIndices
    let sentences = clips.map(dataset.sentences)
    let ends = sentences.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    captionRows = zip(ends, ends.dropFirst()).map { $0..<$1 }
    let given = Self.matrix(sentences.joined().map { sentence in sentence.values.map { $0 * factor } })
    whitening = CaptionWhitening(given)
    examples = Self.rows(of: given, Array(0..<given.shape[0]).spread(Self.mostExamples))
    captions = whitening(given)
    sounds = Self.standardised(
      Parallel.map(clips.count, threads: threads) { index in
        SoundSummary(dataset.soundFrames(clips[index])).values
      })
    self.seed = seed
  }

  /// The loss of guessing.
  var chance: Double { log(Double(min(Self.batchSize, sounds.shape[0]))) }

  /// Sets the tower of captions to what was learned; the same bytes for the same data and seed.
  /// - Parameter progress: is told the steps taken.
  /// - Returns: the loss of the last tenth of the steps.
  @discardableResult
  public func teach(_ alignment: CaptionAlignment, progress: (Int) -> Void = { _ in }) -> Double {
    let random = RandomSource(seed: seed).stream(.captionAlignment)
    let towers = (
      captions: alignment.tower,
      sounds: ContrastiveTower("sounds", inputs: sounds.shape[1], width: alignment.tower.width, random)
    )
    let optimizer = AdamW(towers.captions.parameters + towers.sounds.parameters, settings: Self.settings)
    var losses: [Double] = []
    for step in 0..<Self.steps {
      let gradients = Gradients()
      losses.append(learn(towers, into: gradients, random.split(UInt64(step))))
      optimizer.step([gradients], learningRate: Self.learningRate(at: step), clip: 1)
      progress(step + 1)
    }
    whitening.fold(into: towers.captions.hidden)
    let last = losses.suffix(Self.steps / 10)
    return last.reduce(0, +) / Double(last.count)
  }

  /// Teaches a tower that has learned other captions: it begins with new weights, and the layer behind it is fitted, so that
  /// the conditions of these captions stay as near as may be to those that the denoiser knows.
  /// - Returns: as `teach`.
  @discardableResult
  public func teachAnew(_ alignment: CaptionAlignment, progress: (Int) -> Void = { _ in }) -> Double {
    let before = alignment.condition(of: examples)
    alignment.resetTower(RandomSource(seed: seed).stream(.captionAlignment).split(UInt64.max))
    let loss = teach(alignment, progress: progress)
    alignment.fitCondition(to: before, of: examples)
    return loss
  }

  /// What a step draws.
  private enum Stream: UInt64 { case pairs, captionNoise, soundNoise }

  /// One batch: its loss, and its gradients.
  private func learn(
    _ towers: (captions: ContrastiveTower, sounds: ContrastiveTower), into gradients: Gradients, _ random: RandomSource
  ) -> Double {
    var draw = random.split(Stream.pairs.rawValue)
    let clips = Array(Array(0..<sounds.shape[0]).shuffled(using: &draw).prefix(Self.batchSize))
    let rows = clips.map { captionRows[$0].lowerBound + draw.integer(below: captionRows[$0].count) }
    let (captionTape, soundTape) = (Tape.recording(into: gradients), Tape.recording(into: gradients))
    let captionNoise = random.split(Stream.captionNoise.rawValue)
    let captionVectors = towers.captions(
      captionTape.constant(Self.noisy(captions, rows, Self.captionNoise, captionNoise)))
    let soundNoise = random.split(Stream.soundNoise.rawValue)
    let soundVectors = towers.sounds(
      soundTape.constant(Self.noisy(sounds, clips, Self.soundNoise, soundNoise)))
    // Behind the layer norms, cosines are products over the width; the sounds stand in for a layer's weight.
    let anchors = Parameter("anchors", soundVectors.value.scaled(by: 1 / Float(towers.captions.width)))
    let similarities = captionVectors.linear(weight: anchors)
    let loss = ContrastiveLoss(similarities.value)
    captionTape.backward(from: similarities, gradient: loss.gradient)
    if let slope = gradients[anchors] {
      soundTape.backward(from: soundVectors, gradient: slope.scaled(by: 1 / Float(towers.captions.width)))
    }
    return loss.value
  }

  private static func learningRate(at step: Int) -> Float {
    learningRate * min(1, Float(step + 1) / Float(warmupSteps)) * (1 - Float(step) / Float(steps))
  }

  private static let settings: AdamW.Settings = {
    var settings = AdamW.Settings()
    settings.weightDecay = 0.05
    return settings
  }()

  /// Rows of a matrix, with noise of a deviation added.
  private static func noisy(_ matrix: Tensor, _ rows: [Int], _ deviation: Float, _ random: RandomSource) -> Tensor {
    let width = matrix.shape[1]
    var batch = random.normals([rows.count, width])
    batch.withUnsafeMutable { values in
      matrix.withUnsafe { from in
        for (place, row) in rows.enumerated() {
          for column in 0..<width {
            let index = place * width + column
            values[index] = from[row * width + column] + deviation * values[index]
          }
        }
      }
    }
    return batch
  }

  /// Columns of mean 0 and deviation 1; those that hardly vary stay small.
  private static func standardised(_ rows: [[Float]]) -> Tensor {
    let (count, width) = (Float(rows.count), rows[0].count)
    var (mean, variance) = ([Float](repeating: 0, count: width), [Float](repeating: 0, count: width))
    for row in rows {
      for column in 0..<width { mean[column] += row[column] / count }
    }
    for row in rows {
      for column in 0..<width {
        let centred = row[column] - mean[column]
        variance[column] += centred * centred / count
      }
    }
    let factors = variance.map { 1 / ($0.squareRoot() + 1e-3) }
    return matrix(rows.map { row in (0..<width).map { (row[$0] - mean[$0]) * factors[$0] } })
  }

  private static func rows(of matrix: Tensor, _ rows: [Int]) -> Tensor {
    let (width, values) = (matrix.shape[1], matrix.values)
    return Tensor([rows.count, width], rows.flatMap { values[$0 * width..<($0 + 1) * width] })
  }

  private static func matrix(_ rows: [[Float]]) -> Tensor { Tensor([rows.count, rows[0].count], rows.flatMap { $0 }) }
}
