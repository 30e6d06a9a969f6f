import Audio
import Denoising
public import Foundation
import Parallelism
import Spectra
public import Synthesis
import Tensors
public import Text
import Training

/// Work of which scripts/compare-peers has the like done by other programs, run by run: everything is ready, and each
/// call does the work once.
public final class PeerBenchmark {
  private let network: NetworkBenchmark
  private let bundle: ModelBundle
  private let encoder: SentenceEncoder
  private let folder: URL
  private var trainers: [TrainerKey: Trainer] = [:]
  private var synthesizers: [Int: Synthesizer] = [:]
  private var takes = 0

  /// - Parameter folder: has the inputs, and gets the outputs, as raw little-endian float32: `patches`, `[token, patch]`,
  ///   `tokens`, `[branch, text token, text width]` and `sentences`, `[branch, text width]`; `mel`, `[frame, band]`.
  public init(_ bundle: ModelBundle, encoder: SentenceEncoder, folder: URL) {
    self.bundle = bundle
    self.encoder = encoder
    self.folder = folder
    network = NetworkBenchmark(bundle.configuration.denoiser)
  }

  /// Does what a line says, `forward float32 1` or `pipeline 2`, and says how many seconds it took.
  /// - Throws: `BenchmarkError.unknownWork` for any other line, or what reading the inputs throws.
  public func run(_ line: String) throws -> Double {
    let words = line.split(separator: " ").map(String.init)
    guard let threads = words.last.flatMap({ Int($0) }), threads > 0 else { throw BenchmarkError.unknownWork(line) }
    switch words.dropLast() {
    case ["forward", "float32"]: return try forward(.float32, threads)
    case ["forward", "bfloat16"]: return try forward(.bfloat16, threads)
    case ["forward", "int8"]: return try forward(.int8, threads)
    case ["train", "float32"]: return try train(.float32, threads)
    case ["train", "bfloat16"]: return try train(.bfloat16, threads)
    case ["train", "int8"]: return try train(.int8, threads)
    case ["vocoder"]: return try vocoder(threads)
    case ["pipeline"]: return try pipeline(threads)
    default: throw BenchmarkError.unknownWork(line)
    }
  }

  /// Both branches of guidance over a clip, at t = 0.5.
  private func forward(_ precision: Precision, _ threads: Int) throws -> Double {
    let sizes = bundle.configuration.denoiser
    let patches = try tensor("patches", width: sizes.patchWidth)
    let sentences = try tensor("sentences", width: sizes.textWidth)
    let tokens = try tensor("tokens", width: sizes.textWidth)
    let count = sentences.shape[0]
    let length = tokens.shape[0] / count
    let branches = (0..<count).map { branch in
      let text = bundle.denoiser.encode(
        tokens: tokens.rows(branch * length, length), layout: SequenceLayout([length]),
        sentences: sentences.rows(branch, 1), audio: SequenceLayout([patches.shape[0]]),
        on: .inference(precision: precision))
      return DenoiserBranch(network: bundle.denoiser, patches: patches, text: text, precision: precision)
    }
    var outputs: [Tensor] = []
    // Once for packing the weights.
    _ = branches.map { $0.evaluate() }
    let seconds = Stopwatch.seconds { outputs = Parallel.map(count, threads: threads) { branches[$0].evaluate() } }
    try write(outputs.flatMap(\.values), to: "forward-\(precision.rawValue)")
    return seconds
  }

  private func train(_ precision: Precision, _ threads: Int) throws -> Double {
    let key = TrainerKey(precision: precision, threads: threads)
    let trainer = try trainers[key] ?? network.trainer(precision: precision, threads: threads)
    if trainers.updateValue(trainer, forKey: key) == nil { _ = trainer.advance() }
    return Stopwatch.seconds { _ = trainer.advance() }
  }

  private struct TrainerKey: Hashable {
    let precision: Precision
    let threads: Int
  }

  private func vocoder(_ threads: Int) throws -> Double {
    let mel = bundle.configuration.mel
    let frames = MelFrames(bandCount: mel.bandCount, values: try values("mel"))
    let count = (frames.frameCount - 1) * mel.hopLength
    let vocoder = Vocoder(mel)
    var samples: [Float] = []
    let seconds = Stopwatch.seconds { samples = vocoder.synthesize(frames, sampleCount: count, threads: threads) }
    try write(samples, to: "vocoder")
    return seconds
  }

  /// A prompt that was not encoded before to a WAV file of 10 s.
  private func pipeline(_ threads: Int) throws -> Double {
    let synthesizer = synthesizers[threads] ?? Synthesizer(model: bundle, encoder: encoder, threads: threads)
    synthesizers[threads] = synthesizer
    takes += 1
    let request = GenerationRequest(prompt: "\(SynthesisBenchmark.prompt), take \(takes)", duration: 10)
    let file = folder.appendingPathComponent("pipeline.wav")
    var problem: (any Error)?
    let seconds = Stopwatch.seconds {
      do { try AudioFile.write(try synthesizer.generate([request])[0], to: file) } catch { problem = error }
    }
    if let problem { throw problem }
    return seconds
  }

  private func values(_ name: String) throws -> [Float] {
    try Data(contentsOf: folder.appendingPathComponent("\(name).f32")).withUnsafeBytes { bytes in
      bytes.bindMemory(to: UInt32.self).map { Float(bitPattern: UInt32(littleEndian: $0)) }
    }
  }

  private func tensor(_ name: String, width: Int) throws -> Tensor {
    let values = try values(name)
    return Tensor([values.count / width, width], values)
  }

  private func write(_ values: [Float], to name: String) throws {
    let bytes = values.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
    try bytes.write(to: folder.appendingPathComponent("\(name).f32"))
  }
}

extension Tensor {
  /// `count` rows of a matrix from row `first` on.
  fileprivate func rows(_ first: Int, _ count: Int) -> Tensor {
    let width = shape[1]
    return Tensor([count, width], Array(values[(first * width)..<((first + count) * width)]))
  }
}
