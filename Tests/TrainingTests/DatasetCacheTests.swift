import Audio
import Foundation
import Spectra
import Storage
import Tensors
import Testing
import Text
import Training

/// What is kept of a folder, and what is made again.
@Suite struct DatasetCacheTests {
  private let prepared: PreparedSamples
  private var samples: SampleFolder { prepared.samples }

  init() throws { prepared = try PreparedSamples() }

  @Test func anUnchangedFolderIsNotAnalysedAgain() throws {
    try prepared.writeThreeTones()
    let first = try prepared.prepare()
    let calls = prepared.encoder.captions.count
    let files = try prepared.cacheFiles()
    #expect(try prepared.preparedCount() == 0)
    #expect(prepared.encoder.captions.count == calls + 1)
    #expect(try prepared.cacheFiles() == files)
    let second = try prepared.prepare()
    for index in 0..<3 { #expect(second.frames(index) == first.frames(index)) }
  }

  @Test func onlyWhatChangedIsMadeAgain() throws {
    try prepared.writeThreeTones()
    // Frames and a control track of each file, and two captions.
    #expect(try prepared.preparedCount() == 8)
    try samples.writeTone("low.wav", hertz: 300, seconds: 0.15)
    #expect(try prepared.preparedCount() == 2)
    let expected = MelConfiguration.standard.frameCount(sampleCount: 6615)
    #expect(try prepared.prepare().frameCount(1) == expected)
    try samples.writeTone("new.wav")
    try samples.write(
      "file_name,text\nlow.wav,a new caption\nmiddle.wav,a tone\nhigh.wav,a tone\nnew.wav,a tone\n",
      to: "metadata.csv")
    #expect(try prepared.preparedCount() == 3)
    #expect(try prepared.preparedCount() == 0)
  }

  @Test func anotherMelIsAnotherCache() throws {
    try prepared.writeThreeTones()
    _ = try prepared.prepare()
    let mel = MelConfiguration(bandCount: 96)
    let dataset = try prepared.prepare(mel: mel)
    #expect(dataset.mel == mel)
    #expect(
      dataset.frames(0)
        == MelSpectrogram(mel).analyze(
          try AudioFile.read(samples.file("high.wav"), sampleRate: 44100, channelCount: 1).samples
        ).values.map { Float(Float16($0)) })
    #expect(try prepared.preparedCount() == 0)
  }

  @Test func theResultDoesNotDependOnThreads() throws {
    for index in 0..<70 { try samples.writeTone("tone\(index)x.wav", hertz: 100 + 20 * Double(index), seconds: 0.03) }
    _ = try prepared.prepare(threads: 1)
    let alone = try prepared.cacheFiles().map { try Data(contentsOf: $0) }
    for file in try prepared.cacheFiles() { try FileManager.default.removeItem(at: file) }
    _ = try prepared.prepare(threads: 5)
    #expect(try prepared.cacheFiles().map { try Data(contentsOf: $0) } == alone)
    #expect(alone.count == 3)
  }

  @Test(arguments: ["shortened", "emptied", "first byte", "middle byte", "last byte", "overwritten"])
  func aDamagedCacheIsMadeAgain(damage: String) throws {
    try prepared.writeThreeTones()
    let whole = try prepared.prepare()
    let expected = (0..<3).map { whole.frames($0) }
    for file in try prepared.cacheFiles() {
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
    let repaired = try prepared.prepare()
    #expect((0..<3).map { repaired.frames($0) } == expected)
    #expect((0..<3).map { repaired.text($0).tokens.values } == (0..<3).map { whole.text($0).tokens.values })
    #expect(try prepared.preparedCount() == 0)
  }

  @Test("An unfinished file that nobody holds is swept, whatever its age; one that is held stays")
  func abandoned() throws {
    try prepared.writeThreeTones()
    _ = try prepared.prepare()
    let folder = try #require(try prepared.cacheFiles().first).deletingLastPathComponent()
    let (held, left) = (folder.appendingPathComponent("held.partial"), folder.appendingPathComponent("left.partial"))
    for file in [held, left] { try Data("half".utf8).write(to: file) }
    // A clock that is an hour ahead makes it look old.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -7200)], ofItemAtPath: held.path)
    let lock = try #require(try FileLock.take(held))
    #expect(try prepared.preparedCount() == 0)
    #expect(FileManager.default.fileExists(atPath: held.path))
    #expect(!FileManager.default.fileExists(atPath: left.path))
    withExtendedLifetime(lock) {}
  }

  @Test("A segment that cannot be opened is an error, and stays as it is")
  func cannotBeOpened() throws {
    try prepared.writeThreeTones()
    _ = try prepared.prepare()
    let file = try #require(try prepared.cacheFiles().first { $0.lastPathComponent.hasPrefix("frames-") })
    let aside = samples.file("aside")
    try FileManager.default.moveItem(at: file, to: aside)
    // The link leads to itself; root may read what its owner may not.
    try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: file.lastPathComponent)
    let error = #expect(throws: DatasetError.self) { try prepared.prepare() }
    guard case .cannotReadCache(let path, _) = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(path == file.path && error?.description.hasPrefix("cannot read the cache \(path): ") == true)
    #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: file.path)) == file.lastPathComponent)
    try FileManager.default.removeItem(at: file)
    try FileManager.default.moveItem(at: aside, to: file)
    #expect(try prepared.preparedCount() == 0)
  }

  @Test func whatIsNoLongerThereIsDroppedInTheEnd() throws {
    for index in 0..<4 { try samples.writeTone("\(index)x.wav", hertz: 200 + 100 * Double(index), seconds: 0.5) }
    let first = try prepared.prepare()
    let kept = first.frames(3)
    let size = { try prepared.cacheFiles().reduce(0) { $0 + (try Data(contentsOf: $1).count) } }
    let before = try size()
    for index in 0..<3 { try FileManager.default.removeItem(at: samples.file("\(index)x.wav")) }
    let second = try prepared.prepare()
    #expect(second.frames(0) == kept)
    #expect(try size() < before / 2)
    #expect(try prepared.preparedCount() == 0)
  }
}
