import Audio
import Foundation
import Spectra
import Tensors
import Testing
import Text
import Training

@Suite struct DatasetTests {
  let samples: SampleFolder
  let cache: SampleFolder
  let encoder = CountingEncoder()

  init() throws {
    samples = try SampleFolder()
    cache = try SampleFolder()
  }

  private func prepare(
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
  private func preparedCount() throws -> Int {
    var total = 0
    _ = try prepare { total = $1 }
    return total
  }

  private func cacheFiles() throws -> [URL] {
    let folders = try FileManager.default.contentsOfDirectory(at: cache.url, includingPropertiesForKeys: nil)
    return try folders.flatMap {
      try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
    }.sorted { $0.path < $1.path }
  }

  private func writeThreeTones() throws {
    for (index, name) in ["low.wav", "middle.wav", "high.wav"].enumerated() {
      try samples.writeTone(name, hertz: 220 * Double(index + 1), seconds: 0.1 * Double(index + 1))
    }
    try samples.write(
      "file_name,text\nlow.wav,a low tone\nmiddle.wav,a tone\nhigh.wav,a tone\n", to: "metadata.csv")
  }

  // MARK: What it holds

  @Test func framesAreTheAnalysisToHalfPrecision() throws {
    try writeThreeTones()
    let dataset = try prepare()
    #expect(dataset.clips.map(\.name) == ["high.wav", "low.wav", "middle.wav"])
    #expect(dataset.warnings.isEmpty)
    let spectrogram = MelSpectrogram(.standard)
    for (index, clip) in dataset.clips.enumerated() {
      let expected = spectrogram.analyze(try AudioFile.read(clip.audio, sampleRate: 44100, channelCount: 1).samples)
      #expect(dataset.frameCount(index) == expected.frameCount)
      #expect(dataset.frames(index) == expected.values.map { Float(Float16($0)) })
    }
  }

  @Test func framesBeyondTheEndAreSilence() throws {
    try samples.writeTone("a.wav", seconds: 0.2)
    let dataset = try prepare()
    let whole = dataset.frames(0)
    let count = dataset.frameCount(0)
    let silence = [Float](repeating: -1, count: 5 * 192)
    #expect(dataset.frames(0, from: 2, count: 4) == Array(whole[2 * 192..<6 * 192]))
    #expect(dataset.frames(0, from: count - 1, count: 6) == Array(whole[(count - 1) * 192..<count * 192]) + silence)
    #expect(dataset.frames(0, from: count + 3, count: 5) == silence)
    #expect(dataset.frames(0, from: 0, count: 0) == [])
  }

  @Test func equalCaptionsAreEncodedOnce() throws {
    try writeThreeTones()
    let dataset = try prepare()
    // The first call is the probe by which the cache knows the encoder.
    #expect(encoder.captions.dropFirst().sorted() == ["a low tone", "a tone"])
    for (index, clip) in dataset.clips.enumerated() {
      let expected = CountingEncoder.embedding(of: clip.caption)
      #expect(dataset.text(index).tokens.shape == expected.tokens.shape)
      #expect(dataset.text(index).tokens.values == expected.tokens.values)
      #expect(dataset.text(index).sentence.shape == [8])
      #expect(dataset.text(index).sentence.values == expected.sentence.values)
    }
  }

  @Test func anExampleSaysOneOfItsClipsCaptions() throws {
    for name in ["a.wav", "b.wav"] { try samples.writeTone(name) }
    let lines = [
      #"{"file_name": "a.wav", "text": "one", "captions": ["number two", "and number three"]}"#,
      #"{"file_name": "b.wav", "text": "another"}"#,
    ]
    try samples.write(lines.joined(separator: "\n"), to: "metadata.jsonl")
    let dataset = try prepare()
    for (wording, caption) in dataset.clips[0].captions.enumerated() {
      #expect(dataset.text(0, wording: wording).tokens.values == CountingEncoder.embedding(of: caption).tokens.values)
    }
    func tokenCount(_ clip: Int, _ seed: UInt64) -> Int {
      dataset.text(
        of: TrainingExample(clip: clip, start: 0, patchCount: 1, random: RandomSource(seed: seed))
      ).tokens.shape[0]
    }
    // Captions of one, two and three words, each about as often: five deviations of a binomial of 300.
    let drawn = (0..<300).map { tokenCount(0, $0) }
    for count in [3, 4, 5] { #expect(abs(drawn.filter { $0 == count }.count - 100) < 41) }
    #expect(Set((0..<20).map { tokenCount(1, $0) }) == [3])
  }

  @Test func firstCaptionsAreMadeAloneAndOthersKept() throws {
    for name in ["a.wav", "b.wav"] { try samples.writeTone(name) }
    let words = (0..<9).map { #""wording \#($0)""# }.joined(separator: ",")
    let lines = [#"{"file_name": "a.wav", "captions": [\#(words)]}"#, #"{"file_name": "b.wav", "text": "another"}"#]
    try samples.write(lines.joined(separator: "\n"), to: "metadata.jsonl")
    let few = try prepare(captionLimit: 1)
    #expect(few.clips.map(\.captions) == [["wording 0"], ["another"]])
    #expect(Set(encoder.captions).isSuperset(of: ["wording 0", "another"]) && !encoder.captions.contains("wording 1"))
    #expect(try prepare().clips.map(\.captions.count) == [9, 1])
    // Of ten captions eight are not asked for now, but may be again.
    _ = try prepare(captionLimit: 1)
    #expect(try preparedCount() == 0)
  }

  @Test func resamplesToTheRateOfTheMel() throws {
    let clip = AudioClip(channels: [[Float](repeating: 0.1, count: 22050)], sampleRate: 22050)
    try AudioFile.write(clip, to: samples.file("a.wav"))
    #expect(try prepare().frameCount(0) == MelConfiguration.standard.frameCount(sampleCount: 44100))
  }

  @Test func keepsClipsApart() throws {
    for index in 0..<30 { try samples.writeTone("tone \(index)x.wav", seconds: 0.02) }
    let dataset = try prepare()
    #expect(!dataset.heldOutIndices.isEmpty)
    #expect((dataset.trainingIndices + dataset.heldOutIndices).sorted() == Array(0..<30))
  }

  // MARK: The cache

  @Test func anUnchangedFolderIsNotAnalysedAgain() throws {
    try writeThreeTones()
    let first = try prepare()
    let calls = encoder.captions.count
    let files = try cacheFiles()
    #expect(try preparedCount() == 0)
    #expect(encoder.captions.count == calls + 1)
    #expect(try cacheFiles() == files)
    let second = try prepare()
    for index in 0..<3 { #expect(second.frames(index) == first.frames(index)) }
  }

  @Test func onlyWhatChangedIsMadeAgain() throws {
    try writeThreeTones()
    // Frames and a control track of each file, and two captions.
    #expect(try preparedCount() == 8)
    try samples.writeTone("low.wav", hertz: 300, seconds: 0.15)
    #expect(try preparedCount() == 2)
    let expected = MelConfiguration.standard.frameCount(sampleCount: 6615)
    #expect(try prepare().frameCount(1) == expected)
    try samples.writeTone("new.wav")
    try samples.write(
      "file_name,text\nlow.wav,a new caption\nmiddle.wav,a tone\nhigh.wav,a tone\nnew.wav,a tone\n",
      to: "metadata.csv")
    #expect(try preparedCount() == 3)
    #expect(try preparedCount() == 0)
  }

  @Test func anotherMelIsAnotherCache() throws {
    try writeThreeTones()
    _ = try prepare()
    let mel = MelConfiguration(bandCount: 96)
    let dataset = try prepare(mel: mel)
    #expect(dataset.mel == mel)
    #expect(
      dataset.frames(0)
        == MelSpectrogram(mel).analyze(
          try AudioFile.read(samples.file("high.wav"), sampleRate: 44100, channelCount: 1).samples
        ).values.map { Float(Float16($0)) })
    #expect(try preparedCount() == 0)
  }

  @Test func theResultDoesNotDependOnThreads() throws {
    for index in 0..<70 { try samples.writeTone("tone\(index)x.wav", hertz: 100 + 20 * Double(index), seconds: 0.03) }
    _ = try prepare(threads: 1)
    let alone = try cacheFiles().map { try Data(contentsOf: $0) }
    for file in try cacheFiles() { try FileManager.default.removeItem(at: file) }
    _ = try prepare(threads: 5)
    #expect(try cacheFiles().map { try Data(contentsOf: $0) } == alone)
    #expect(alone.count == 3)
  }

  @Test(arguments: ["shortened", "emptied", "first byte", "middle byte", "last byte", "overwritten"])
  func aDamagedCacheIsMadeAgain(damage: String) throws {
    try writeThreeTones()
    let whole = try prepare()
    let expected = (0..<3).map { whole.frames($0) }
    for file in try cacheFiles() {
      var bytes = try Data(contentsOf: file)
      switch damage {
      case "shortened": bytes.removeLast(100)
      case "emptied": bytes = Data()
      case "first byte": bytes[0] ^= 1
      case "middle byte": bytes[bytes.count / 2] ^= 0x40
      case "last byte": bytes[bytes.count - 1] ^= 0x80
      default: bytes = Data("something else altogether".utf8)
      }
      // A new file, as the data set above still maps the old one.
      try FileManager.default.removeItem(at: file)
      try bytes.write(to: file)
    }
    let repaired = try prepare()
    #expect((0..<3).map { repaired.frames($0) } == expected)
    #expect((0..<3).map { repaired.text($0).tokens.values } == (0..<3).map { whole.text($0).tokens.values })
    #expect(try preparedCount() == 0)
  }

  @Test func unfinishedFilesAreSweptOnceTheyAreOld() throws {
    try writeThreeTones()
    _ = try prepare()
    let folder = try #require(try cacheFiles().first).deletingLastPathComponent()
    let fresh = folder.appendingPathComponent("fresh.partial")
    let old = folder.appendingPathComponent("old.partial")
    for file in [fresh, old] { try Data("half".utf8).write(to: file) }
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: old.path)
    #expect(try preparedCount() == 0)
    #expect(FileManager.default.fileExists(atPath: fresh.path))
    #expect(!FileManager.default.fileExists(atPath: old.path))
  }

  @Test func whatIsNoLongerThereIsDroppedInTheEnd() throws {
    for index in 0..<4 { try samples.writeTone("\(index)x.wav", hertz: 200 + 100 * Double(index), seconds: 0.5) }
    let first = try prepare()
    let kept = first.frames(3)
    let size = { try cacheFiles().reduce(0) { $0 + (try Data(contentsOf: $1).count) } }
    let before = try size()
    for index in 0..<3 { try FileManager.default.removeItem(at: samples.file("\(index)x.wav")) }
    let second = try prepare()
    #expect(second.frames(0) == kept)
    #expect(try size() < before / 2)
    #expect(try preparedCount() == 0)
  }

  // MARK: What can be wrong

  @Test func brokenFilesAreLeftOutAndNamed() throws {
    try samples.writeTone("good.wav")
    try samples.write("not audio at all", to: "bad.wav")
    try samples.write(Data(), to: "empty.wav")
    for _ in 0..<2 {
      let dataset = try prepare()
      #expect(dataset.clips.map(\.name) == ["good.wav"])
      let left = dataset.warnings.filter { $0.hasPrefix("left out") }
      #expect(left.count == 2)
      #expect(left.first?.contains("bad.wav") == true && left.last?.contains("empty.wav") == true)
    }
  }

  @Test func refusesAFolderWhereNothingCanBeDecoded() throws {
    try samples.write("not audio at all", to: "bad.wav")
    let error = try #require(throws: DatasetError.self) { try prepare() }
    guard case .nothingDecoded(samples.url.path, 1, let reason) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(reason.contains("bad.wav"))
  }

  @Test func saysWhenTheCacheCannotBeWritten() throws {
    try samples.writeTone("a.wav")
    try samples.write("a file", to: "in the way")
    let error = try #require(throws: DatasetError.self) {
      try Dataset.prepare(directory: samples.url, cache: samples.file("in the way")) {
        CountingEncoder.embedding(of: $0)
      }
    }
    guard case .cannotWriteCache = error else {
      Issue.record("\(error)")
      return
    }
  }
}
