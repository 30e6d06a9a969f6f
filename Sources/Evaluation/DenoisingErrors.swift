import Denoising
import Diffusion
import Spectra
import Synthesis
import Tensors
import Training

/// How far a model's denoiser is from clean clips that are shown to it in noise, by how much noise there is.
struct DenoisingErrors: Sendable {
  /// Where on the way from noise (0) to sound (1) it is looked at.
  static let times: [Float] = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9]
  /// Of longer clips the beginning.
  static let maximumSeconds = 12.0

  let model: ModelBundle
  let dataset: Dataset

  /// The mean squared errors of one clip, a time each, on the network's scale.
  struct Errors: Sendable {
    let network: [Double]
    let linear: [Double]
    let meanFrame: Double
  }

  /// - Parameter number: decides the noise, so that the same numbers of two sets get the same.
  func errors(of clip: Int, number: Int, trivial: TrivialPredictors) -> Errors {
    let sizes = model.configuration.denoiser
    let limit = Int(Self.maximumSeconds * dataset.mel.framesPerSecond)
    let frameCount = min(dataset.frameCount(clip), limit)
    let patchCount = max(1, (frameCount + sizes.patchLength - 1) / sizes.patchLength)
    var clean = Tensor([patchCount, sizes.patchWidth])
    clean.withUnsafeMutable { values in
      dataset.copyFrames(clip, from: 0, count: patchCount * sizes.patchLength, into: values)
      model.configuration.scale.normalize(
        values, count: patchCount * sizes.patchWidth, layout: model.configuration.layout)
    }
    let random = RandomSource(seed: TrainingStream.judgingSeed).split(UInt64(number))
    let noise = random.stream(.noise).normals([patchCount, sizes.patchWidth])
    let caption = CaptionBatch([dataset.text(clip)])
    let layout = SequenceLayout([patchCount])
    let (cleanValues, noiseValues) = (clean.values, noise.values)
    var (network, linear): ([Double], [Double]) = ([], [])
    for time in Self.times {
      let tape = Tape.inference()
      let text = model.denoiser.encode(
        tokens: caption.tokens, layout: caption.layout, sentences: caption.sentences, audio: layout, on: tape)
      let noised = Objective.noised(clean: clean, noise: noise, times: [time], elementCounts: [clean.count])
      let made = model.denoiser(tape.constant(noised), times: [time], text: text, layout: layout).value
      network.append(Self.meanSquare(made.values, cleanValues))
      linear.append(trivial.linearError(clean: cleanValues, noise: noiseValues, time: time))
    }
    return Errors(network: network, linear: linear, meanFrame: trivial.meanFrameError(clean: cleanValues))
  }

  private static func meanSquare(_ a: [Float], _ b: [Float]) -> Double {
    var sum = 0.0
    for (x, y) in zip(a, b) {
      let difference = Double(x - y)
      sum += difference * difference
    }
    return sum / Double(max(1, a.count))
  }
}
