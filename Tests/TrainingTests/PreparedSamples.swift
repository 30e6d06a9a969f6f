import Foundation
import Spectra
import Training

/// A folder of samples, and what was prepared of it.
struct PreparedSamples {
  let samples: SampleFolder
  let cache: SampleFolder
  let encoder = CountingEncoder()

  init() throws {
    samples = try SampleFolder()
    cache = try SampleFolder()
  }

  func prepare(
    threads: Int = 2, mel: MelConfiguration = .standard, captionLimit: Int = .max,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> Dataset {
    let encoder = encoder
    return try Dataset.prepare(
      directory: samples.url, cache: cache.url, mel: mel, captionLimit: captionLimit, threads: threads,
      progress: progress
    ) { encoder.encode($0) }
  }

  /// How many files and captions a preparation had to make.
  func preparedCount() throws -> Int {
    var total = 0
    _ = try prepare { total = $1 }
    return total
  }

  func cacheFiles() throws -> [URL] {
    let folders = try FileManager.default.contentsOfDirectory(at: cache.url, includingPropertiesForKeys: nil)
    return try folders.flatMap {
      try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
    }.sorted { $0.path < $1.path }
  }

  func writeThreeTones() throws {
    for (index, name) in ["low.wav", "middle.wav", "high.wav"].enumerated() {
      try samples.writeTone(name, hertz: 220 * Double(index + 1), seconds: 0.1 * Double(index + 1))
    }
    try samples.write(
      "file_name,text\nlow.wav,a low tone\nmiddle.wav,a tone\nhigh.wav,a tone\n", to: "metadata.csv")
  }
}
