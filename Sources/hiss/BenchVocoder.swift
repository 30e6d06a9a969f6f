import ArgumentParser
import Audio
import Benchmarks
import Foundation

/// What scripts/bench-vocoder runs between its runs of librosa.
struct BenchVocoder: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-vocoder",
    abstract: "Measure the vocoder on one clip (see scripts/bench-vocoder).",
    shouldDisplay: false)

  @Argument(help: "The sound, at 44.1 kHz.")
  var input: String

  @Argument(help: "The magnitudes of its transform at 3072/768, [frame, bin], as raw little-endian float32.")
  var magnitudes: String

  @Argument(help: "The folder for what is made of them: raw little-endian float32.")
  var output: String

  func run() throws {
    let folder = URL(fileURLWithPath: output)
    let clip = try AudioFile.read(URL(fileURLWithPath: input), sampleRate: 44100, channelCount: 1)
    let values = try Data(contentsOf: URL(fileURLWithPath: magnitudes)).withUnsafeBytes { bytes in
      bytes.bindMemory(to: UInt32.self).map { Float(bitPattern: UInt32(littleEndian: $0)) }
    }
    guard values.count == (1 + clip.frameCount / 768) * 1537 else {
      throw ValidationError("\(values.count) magnitudes do not belong to \(clip.frameCount) samples")
    }
    let times = try VocoderBenchmark(samples: clip.samples, magnitudes: values, folder: folder) { name, samples in
      let bytes = samples.map(\.bitPattern.littleEndian).withUnsafeBytes { Data($0) }
      try bytes.write(to: folder.appendingPathComponent("\(name).f32"))
    }
    try Console.result(json: times)
  }
}
