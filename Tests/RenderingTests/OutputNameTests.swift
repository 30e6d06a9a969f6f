import Audio
import Foundation
import Rendering
import Synthesis
import TestSupport
import Testing

/// Sets in a folder: their takes are numbered, and go on behind those that are there.
@Suite("Names of a set")
struct OutputNameTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func clips(_ seeds: Range<UInt64>, steps: Int = 8, file: FileRequest = FileRequest()) -> [ClipTags] {
    seeds.map { seed in
      let request = GenerationRequest(prompt: "pad", duration: 0.1, steps: steps, seed: seed)
      return ClipTags(hiss: "1", model: "m", modelHash: "h", sampleRate: 44_100, request: request, file: file)
    }
  }

  private func files(_ clips: [ClipTags], _ template: String? = nil) throws -> OutputFiles {
    try OutputFiles(
      directory.url.path + "/", clips: clips, template: template.map { try NameTemplate($0) }, sampleRate: 44_100)
  }

  private func names(_ files: OutputFiles) -> [String] { files.urls.map(\.lastPathComponent) }

  private func sound(_ level: Float) -> AudioClip {
    AudioClip(mono: Array(repeating: level, count: 4410), sampleRate: 44_100)
  }

  private func write(_ files: inout OutputFiles) throws {
    for index in files.urls.indices { try files.write(sound(Float(files.clips[index].request.seed) / 100), at: index) }
  }

  @Test func takesGoOn() throws {
    var first = try files(clips(1..<4))
    #expect(names(first) == ["pad_01.wav", "pad_02.wav", "pad_03.wav"])
    try write(&first)
    var second = try files(clips(10..<12))
    #expect(names(second) == ["pad_04.wav", "pad_05.wav"])
    try write(&second)
    // Each set again is where it is.
    for (seeds, wanted) in [(1..<4 as Range<UInt64>, first), (10..<12, second)] {
      var again = try files(clips(seeds))
      #expect(names(again) == names(wanted))
      try write(&again)
      #expect(names(again) == names(wanted))
    }
    #expect(try directory.contents().count == 5)
    try FileManager.default.removeItem(at: directory.file("pad_02.wav"))
    #expect(try names(files(clips(20..<22))) == ["pad_02.wav", "pad_06.wav"])
  }

  @Test("A near copy that is made again keeps its number; a name with its seed has the new one")
  func nearCopies() throws {
    for (template, wanted) in [
      (nil, ["pad_01.wav", "pad_02.wav", "pad_03.wav"]), ("{seed}", ["1.wav", "99.wav", "3.wav"]),
    ] {
      var files = try files(clips(1..<4), template)
      var other = clips(1..<4)[1]
      other.request.seed = 99
      files.replace(1, with: other)
      #expect(names(files) == wanted)
    }
  }

  @Test func namesThatSayNoDifferenceGetNumbers() throws {
    #expect(try names(files(clips(1..<4), "{prompt}.flac")) == ["pad.flac", "pad-2.flac", "pad-3.flac"])
  }

  @Test("A plain set is itself by its bytes alone")
  func plain() throws {
    for _ in 0..<2 {
      var files = try files(clips(1..<3, file: FileRequest(isPlain: true)))
      try write(&files)
      #expect(names(files) == ["pad_01.wav", "pad_02.wav"])
    }
    let wave = try #require(try RIFFWalker(directory.file("pad_01.wav")))
    #expect(wave.names == ["fmt ", "data"])
  }

  @Test func aFileThatIsNamedTakesNoTemplate() throws {
    #expect(throws: OutputError.namesFile(path: "a.wav")) {
      try OutputFiles("a.wav", clips: clips(1..<2), template: .standard, sampleRate: 44_100)
    }
  }

  @Test func aHundredTakesBesideAThousandAreNamedSoon() throws {
    let bytes = try clips(1..<2)[0].encoded(sound(0), for: directory.file("a.wav"))
    for take in 1...1000 {
      try Data(bytes).write(to: directory.file("pad_\(take < 10 ? "0" : "")\(take).wav"))
    }
    let start = ContinuousClock.now
    #expect(try names(files(clips(100..<200))).last == "pad_1100.wav")
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
