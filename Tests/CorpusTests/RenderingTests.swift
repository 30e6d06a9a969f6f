import Audio
import Corpus
import Foundation
import Music
import Testing

/// What needs FluidSynth and the soundfont (`scripts/setup --corpus`).
@Suite(.enabled(if: CorpusGenerator.isAvailable())) struct RenderingTests {
  @Test func aClipIsTheSameWhateverWasRenderedBefore() throws {
    let first = try CorpusGenerator(seed: 3)
    let alone = try first.clip(7)
    let second = try CorpusGenerator(seed: 3)
    for index in [0, 1, 2, 11, 12] { _ = try second.clip(index) }
    let after = try second.clip(7)
    #expect(after.audio == alone.audio)
    #expect(after.caption == alone.caption)
    #expect(after.midi == alone.midi)
    #expect(try second.clip(8).audio != alone.audio)
  }

  @Test func clipsHaveTheirExactLengthAndSoundWithoutClipping() throws {
    let generator = try CorpusGenerator(seed: 5)
    for index in 0..<40 {
      let clip = try generator.clip(index)
      #expect(clip.audio.sampleRate == 44100)
      #expect(clip.audio.channels.count == 1)
      // The file's tempo is rounded to a microsecond a beat; the audio's length is not.
      let midi = try #require(clip.midi)
      #expect(abs(Double(clip.audio.frameCount) - midi.duration * 44100) <= 1.5)
      if let bars = clip.labels.bars, let tempo = clip.labels.tempo, clip.labels.timeSignature == "4/4" {
        #expect(clip.audio.frameCount == Int((Double(bars * 4 * 60) / Double(tempo) * 44100).rounded()))
      }
      #expect(clip.audio.peak <= 0.8911)
      #expect(clip.audio.peak > 0.03, "\(clip.caption)")
      #expect(clip.audio.samples.allSatisfy { $0.isFinite })
      #expect(abs(clip.audio.samples.last ?? 1) < 1e-3)
    }
  }

  @Test func softIsSofterThanLoud() throws {
    let generator = try CorpusGenerator(seed: 6)
    var levels: [String: [Float]] = [:]
    for index in 0..<40 {
      let clip = try generator.clip(index)
      levels[clip.labels.dynamics, default: []].append(clip.audio.loudnessDecibels)
    }
    func mean(_ dynamics: String) throws -> Float {
      let values = try #require(levels[dynamics])
      return values.reduce(0, +) / Float(values.count)
    }
    #expect(try mean("soft") + 4 < mean("medium"))
    #expect(try mean("medium") + 1.5 < mean("loud"))
  }

  @Test func aFolderIsTheSameTwiceAndGoesOnWhereItStopped() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-corpus-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let generator = try CorpusGenerator(seed: 9, maximumSeconds: 4)
    let (one, two) = (folder.appending(path: "one"), folder.appending(path: "two"))
    try generator.write(count: 6, to: one, threads: 2)
    try generator.write(count: 3, to: two, threads: 1)
    let kept = two.appending(path: "clip-000001.flac")
    let before = try FileManager.default.attributesOfItem(atPath: kept.path)[.modificationDate] as? Date
    try generator.write(count: 6, to: two, threads: 2)
    let after = try FileManager.default.attributesOfItem(atPath: kept.path)[.modificationDate] as? Date
    #expect(before == after)
    #expect(try FileManager.default.contentsOfDirectory(atPath: one.path).count == 13)
    try expectSameFiles(one, two)
  }

  private func expectSameFiles(_ one: URL, _ other: URL) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: one.path).sorted()
    #expect(try FileManager.default.contentsOfDirectory(atPath: other.path).sorted() == names)
    for name in names {
      #expect(
        try Data(contentsOf: one.appending(path: name)) == Data(contentsOf: other.appending(path: name)), "\(name)")
    }
  }

  @Test func sharesOfSeveralProcessesMakeTheSameFolder() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-corpus-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let generator = try CorpusGenerator(seed: 9, maximumSeconds: 4)
    let (one, shared) = (folder.appending(path: "one"), folder.appending(path: "shared"))
    try generator.write(count: 5, to: one, threads: 2)
    // The last to be done describes all clips.
    let written = try [2, 0, 1].map { try generator.write(count: 5, to: shared, share: $0, of: 3, threads: 1) }
    #expect(written.map(\.clips) == [1, 2, 2] && written.map(\.isWhole) == [false, false, true])
    try expectSameFiles(one, shared)
    // Clips of another seed are not these.
    let other = try CorpusGenerator(seed: 77, maximumSeconds: 4)
    #expect(try !other.write(count: 5, to: shared, share: 0, of: 2, threads: 1).isWhole)
    #expect(try other.write(count: 5, to: shared, share: 1, of: 2, threads: 1).isWhole)
    // With more processes than clips some have nothing to do.
    #expect(try generator.write(count: 5, to: shared, share: 7, of: 8, threads: 1).clips == 0)
  }

  @Test func anotherSeedsClipsAreMadeAnew() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-corpus-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (reused, fresh) = (folder.appending(path: "reused"), folder.appending(path: "fresh"))
    try CorpusGenerator(seed: 1, maximumSeconds: 4).write(count: 3, to: reused, threads: 1)
    try CorpusGenerator(seed: 2, maximumSeconds: 4).write(count: 3, to: reused, threads: 1)
    try CorpusGenerator(seed: 2, maximumSeconds: 4).write(count: 3, to: fresh, threads: 1)
    try expectSameFiles(reused, fresh)
  }

  @Test func whatIsNoPartOfTheCorpusIsFound() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-corpus-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let (generator, other) = (
      try CorpusGenerator(seed: 1, maximumSeconds: 4), try CorpusGenerator(seed: 2, maximumSeconds: 4)
    )
    func foreign(_ generator: CorpusGenerator, _ count: Int = 3) -> String? {
      generator.foreignFile(in: folder, count: count)?.lastPathComponent
    }
    #expect(foreign(generator) == nil)
    try generator.write(count: 3, to: folder, threads: 1)
    #expect(foreign(generator) == nil && foreign(generator, 6) == nil && foreign(generator, 2) == nil)
    #expect(foreign(try CorpusGenerator(seed: 1, maximumSeconds: 4, captionCount: 5)) == nil)
    #expect(foreign(other) == "clip-000000.mid")
    let metadata = folder.appending(path: "metadata.jsonl")
    let lines = try String(contentsOf: metadata, encoding: .utf8)
    for text in [
      lines.replacing("\"text\":\"", with: "\"text\":\"my "), "{\"file_name\":\"kick.wav\",\"text\":\"kick\"}\n",
    ] {
      try Data(text.utf8).write(to: metadata)
      #expect(foreign(generator) == "metadata.jsonl")
    }
    try FileManager.default.removeItem(at: metadata)
    #expect(foreign(generator) == nil)
    try FileManager.default.removeItem(at: folder.appending(path: "clip-000001.mid"))
    #expect(foreign(generator) == "clip-000001.flac")
  }

  @Test func metadataLinesAreJSONThatNamesTheFiles() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-corpus-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let generator = try CorpusGenerator(seed: 10, maximumSeconds: 4)
    try generator.write(count: 4, to: folder, container: .wav, threads: 1)
    let text = try String(contentsOf: folder.appending(path: "metadata.jsonl"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 4)
    for (index, line) in lines.enumerated() {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["file_name"] as? String == "clip-00000\(index).wav")
      #expect(object["text"] as? String == Score(seed: 10, index: index, maximumSeconds: 4).caption)
      let decoded = try JSONDecoder().decode(CorpusGenerator.MetadataLine.self, from: Data(line.utf8))
      let audio = try AudioFile.read(folder.appending(path: decoded.fileName))
      #expect(abs(audio.duration - decoded.labels.seconds) < 0.001)
      let notes = try #require(decoded.midi)
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: notes).path))
    }
  }

  @Test func captionsCanBeGivenToACorpusThatIsThere() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-corpus-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    func lines() throws -> [CorpusGenerator.MetadataLine] {
      try String(contentsOf: folder.appending(path: "metadata.jsonl"), encoding: .utf8).split(separator: "\n").map {
        try JSONDecoder().decode(CorpusGenerator.MetadataLine.self, from: Data($0.utf8))
      }
    }
    func audio() throws -> [Data] {
      try (0..<3).map { try Data(contentsOf: folder.appending(path: "clip-00000\($0).flac")) }
    }
    try CorpusGenerator(seed: 11, maximumSeconds: 4).write(count: 3, to: folder, threads: 1)
    let (before, sounds) = (try lines(), try audio())
    try CorpusGenerator(seed: 11, maximumSeconds: 4, captionCount: 4).write(count: 3, to: folder, threads: 1)
    let after = try lines()
    #expect(try audio() == sounds)
    #expect(before.map(\.text) == after.map(\.text))
    #expect(before.allSatisfy { $0.captions == nil })
    for (index, line) in after.enumerated() {
      #expect(line.captions == Score(seed: 11, index: index, maximumSeconds: 4, captionCount: 4).wordings)
      #expect(line.captions?.isEmpty == false)
    }
  }

  @Test func aMissingSoundfontIsNamedWithItsRemedy() {
    let error = CorpusError.soundfontMissing(path: "/nowhere.sf2")
    #expect(throws: error) { try CorpusGenerator(seed: 1, soundfont: URL(filePath: "/nowhere.sf2")) }
    #expect(error.description.contains("scripts/setup --corpus"))
    #expect(!error.description.contains("\n"))
  }

  @Test func aFileThatIsNoSoundfontIsRefused() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "hiss-\(UUID().uuidString).sf2")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data("not a soundfont".utf8).write(to: url)
    #expect(throws: CorpusError.soundfontUnreadable(path: url.path)) { try CorpusGenerator(seed: 1, soundfont: url) }
  }
}
