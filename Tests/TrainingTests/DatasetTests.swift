import Audio
import Foundation
import Spectra
import Tensors
import Testing
import Text
import Training

@Suite struct DatasetTests {
  private let prepared: PreparedSamples
  private var samples: SampleFolder { prepared.samples }

  init() throws { prepared = try PreparedSamples() }

  @Test func framesAreTheAnalysisToHalfPrecision() throws {
    try prepared.writeThreeTones()
    let dataset = try prepared.prepare()
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
    let dataset = try prepared.prepare()
    let whole = dataset.frames(0)
    let count = dataset.frameCount(0)
    let silence = [Float](repeating: -1, count: 5 * 192)
    #expect(dataset.frames(0, from: 2, count: 4) == Array(whole[2 * 192..<6 * 192]))
    #expect(dataset.frames(0, from: count - 1, count: 6) == Array(whole[(count - 1) * 192..<count * 192]) + silence)
    #expect(dataset.frames(0, from: count + 3, count: 5) == silence)
    #expect(dataset.frames(0, from: 0, count: 0) == [])
  }

  @Test func equalCaptionsAreEncodedOnce() throws {
    try prepared.writeThreeTones()
    let dataset = try prepared.prepare()
    // The first call is the probe by which the cache knows the prepared.encoder.
    #expect(prepared.encoder.captions.dropFirst().sorted() == ["a low tone", "a tone"])
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
    let dataset = try prepared.prepare()
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
    let few = try prepared.prepare(captionLimit: 1)
    #expect(few.clips.map(\.captions) == [["wording 0"], ["another"]])
    #expect(
      Set(prepared.encoder.captions).isSuperset(of: ["wording 0", "another"])
        && !prepared.encoder.captions.contains("wording 1"))
    #expect(try prepared.prepare().clips.map(\.captions.count) == [9, 1])
    // Of ten captions eight are not asked for now, but may be again.
    _ = try prepared.prepare(captionLimit: 1)
    #expect(try prepared.preparedCount() == 0)
  }

  @Test func resamplesToTheRateOfTheMel() throws {
    let clip = AudioClip(channels: [[Float](repeating: 0.1, count: 22050)], sampleRate: 22050)
    try AudioFile.write(clip, to: samples.file("a.wav"))
    #expect(try prepared.prepare().frameCount(0) == MelConfiguration.standard.frameCount(sampleCount: 44100))
  }

  @Test func keepsClipsApart() throws {
    for index in 0..<30 { try samples.writeTone("tone \(index)x.wav", seconds: 0.02) }
    let dataset = try prepared.prepare()
    #expect(!dataset.heldOutIndices.isEmpty)
    #expect((dataset.trainingIndices + dataset.heldOutIndices).sorted() == Array(0..<30))
  }

  // MARK: What can be wrong

  @Test func brokenFilesAreLeftOutAndNamed() throws {
    try samples.writeTone("good.wav")
    try samples.write("not audio at all", to: "bad.wav")
    try samples.write(Data(), to: "empty.wav")
    for _ in 0..<2 {
      let dataset = try prepared.prepare()
      #expect(dataset.clips.map(\.name) == ["good.wav"])
      let left = dataset.warnings.filter { $0.hasPrefix("left out") }
      #expect(left.count == 2)
      #expect(left.first?.contains("bad.wav") == true && left.last?.contains("empty.wav") == true)
    }
  }

  @Test func refusesAFolderWhereNothingCanBeDecoded() throws {
    try samples.write("not audio at all", to: "bad.wav")
    let error = try #require(throws: DatasetError.self) { try prepared.prepare() }
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
