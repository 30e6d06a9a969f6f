import Foundation
import Instruments
import Jobs
import Novelty
import Spectra
import Synchronization
import Synthesis
import TestSupport
import Testing

/// Batches whose clips are compared with each other; what a clip sounds like is a function of its seed.
@Suite("Near copies within a batch") struct SiblingTests {
  private let directory: TemporaryDirectory
  /// All as long, so that they begin in this order.
  private let jobs = (0..<12).map {
    Job(id: "Hits/clip-\($0)", request: GenerationRequest(prompt: "p", seed: UInt64($0)))
  }

  init() throws { directory = try TemporaryDirectory() }

  /// One of six sounds, by the seed: so that with the first seeds there are two of each.
  private static func sound(_ seed: UInt64) -> SoundFingerprint {
    let tries = seed / NoveltyGuard.seedStride
    let kind = tries == 0 ? Int(seed % 6) : Int(seed % NoveltyGuard.seedStride) + 6 * Int(tries)
    let hertz = 110 * pow(2, Double(kind) * 0.17)
    let samples = (0..<11_025).map { Float(0.5 * sin(2 * .pi * hertz * Double($0) / 44_100)) }
    let spectrogram = MelSpectrogram()
    return SoundFingerprint(spectrogram.analyze(samples), mel: spectrogram.configuration)
  }

  private static func file(_ job: Job) -> MadeFile {
    MadeFile(bytes: Array("\(job.id) \(job.request.seed)".utf8), fingerprint: sound(job.request.seed))
  }

  @discardableResult
  private func run(
    _ jobs: [Job]? = nil, in folder: String, threads: Int = 2, tries: Int = 8,
    make: @escaping BatchRun.Maker = Self.file
  ) throws -> BatchSummary {
    let run = try BatchRun(
      jobs ?? self.jobs, in: directory.file(folder), fileExtension: "wav", modelHash: "m")
    return run.run(
      run.missing(threads: 1), threads: threads, siblings: Siblings(leastDistance: 0.02, tries: tries), make: make)
  }

  private func files(_ folder: String) throws -> [String] {
    try jobs.map { try String(contentsOf: directory.file("\(folder)/\($0.id).wav"), encoding: .utf8) }
  }

  /// The first six stay; the others, each like one of them, are made again.
  private var expected: [String] {
    jobs.enumerated().map { "\($1.id) \($0 < 6 ? $0 : $0 + Int(NoveltyGuard.seedStride))" }
  }

  @Test func nearCopiesAreMadeAgain() throws {
    for threads in [1, 3] {
      let summary = try run(in: "t\(threads)", threads: threads) { job in
        // Which thread is first is up to chance.
        Thread.sleep(forTimeInterval: Double(job.request.seed % 5) * 0.004)
        return Self.file(job)
      }
      #expect(summary.made == 12 && summary.reseeded == 6 && summary.failures.isEmpty)
      #expect(try files("t\(threads)") == expected)
    }
  }

  @Test func aStoppedRunGoesOnAsIfItWereOne() throws {
    for count in [3, 7, 11] {
      try run(Array(jobs.prefix(count)), in: "s\(count)")
      try run(in: "s\(count)")
      #expect(try files("s\(count)") == expected)
      // What is lost in the middle comes back the same.
      for name in [2, 8] {
        try FileManager.default.removeItem(at: directory.file("s\(count)/Hits/clip-\(name).wav"))
      }
      #expect(try run(in: "s\(count)").made == 2)
      #expect(try files("s\(count)") == expected)
      #expect(try run(in: "s\(count)").made == 0)
    }
  }

  @Test func whatIsAlwaysACopyFails() throws {
    let summary = try run(in: "f", tries: 1)
    #expect(summary.made == 6 && summary.failures.count == 6)
    #expect(summary.failures.contains { $0.reason.hasPrefix("1 seeds all came too near to Hits/clip-") })
    #expect(try run(in: "f").made == 6)
    #expect(try files("f") == expected)
  }

  /// A job that fails, or is not compared, keeps nobody waiting.
  @Test func failuresKeepNobodyWaiting() throws {
    let summary = try run(in: "e", threads: 3) { job in
      if job.request.seed % 4 == 1 { throw CocoaError(.fileNoSuchFile) }
      var file = Self.file(job)
      if job.request.seed % 4 == 2 { file.fingerprint = nil }
      return file
    }
    #expect(summary.made == 9 && summary.failures.count == 3)
  }

  @Test func instrumentsHaveFilesOfTheirOwn() throws {
    let job = Job(
      id: "Keys/piano", request: GenerationRequest(prompt: "piano"), product: .instrument(.init(prompt: "piano")))
    @Sendable func make(_ job: Job) -> MadeFile {
      var file = MadeFile(bytes: Array("list".utf8))
      file.parts = [MadeFile.Part(name: "Samples/C4.wav", bytes: [1, 2, 3])]
      return file
    }
    #expect(try run([job], in: "i", make: make).made == 1)
    #expect(try Data(contentsOf: directory.file("i/Keys/piano/instrument.json")) == Data("list".utf8))
    #expect(try run([job], in: "i", make: make).made == 0)
    try FileManager.default.removeItem(at: directory.file("i/Keys/piano/Samples/C4.wav"))
    #expect(try run([job], in: "i", make: make).made == 1)
    #expect(try Data(contentsOf: directory.file("i/Keys/piano/Samples/C4.wav")) == Data([1, 2, 3]))
    // Somebody's own folder of that name stays.
    let foreign = directory.file("j/Keys/piano")
    try FileManager.default.createDirectory(at: foreign, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: foreign.appendingPathComponent("notes.txt"))
    let conflicts = try BatchConflict.all([job], in: directory.file("j"), fileExtension: "wav") { _, _ in false }
    #expect(conflicts.map(\.kind) == [.unknownFile])
    #expect(try BatchConflict.all([job], in: directory.file("i"), fileExtension: "wav") { _, _ in false }.isEmpty)
  }
}
