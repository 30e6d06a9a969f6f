import Audio
import Foundation
import Jobs
import Synthesis
import TestSupport
import Testing

@Suite struct ContactSheetTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func write(_ name: String, prompt: String? = nil, seed: UInt64 = 1) throws {
    let clip = AudioClip(mono: (0..<22_050).map { 0.3 * sin(0.1 * Float($0)) }, sampleRate: 44_100)
    let tags = prompt.map {
      ClipTags(
        hiss: "0.1.0", model: "first", modelHash: "0", sampleRate: 44_100,
        request: GenerationRequest(prompt: $0, seed: seed))
    }
    try AudioFile.write(clip, to: directory.file(name), tags: tags?.audioTags)
  }

  private func page(embedsAudio: Bool = false) throws -> String {
    let sheet = try ContactSheet(folder: directory.url)
    try sheet.write(to: directory.file("index.html"), embedsAudio: embedsAudio)
    return try String(contentsOf: directory.file("index.html"), encoding: .utf8)
  }

  @Test func showsEveryClipInOrder() throws {
    try write("clip-10.wav", prompt: "ten", seed: 123_456)
    try write("clip-9.flac", prompt: "nine")
    try write("recorded take.wav")
    try Data("no sound".utf8).write(to: directory.file("broken.wav"))
    try Data("text".utf8).write(to: directory.file("notes.txt"))
    let html = try page()
    #expect(html.components(separatedBy: "<article").count == 4)
    let nine = try #require(html.range(of: "<h2>nine</h2>"))
    let ten = try #require(html.range(of: "<h2>ten</h2>"))
    #expect(nine.lowerBound < ten.lowerBound)
    #expect(html.contains("0.5 s · seed 123456 · first"))
    #expect(html.contains("src=\"./recorded%20take.wav\""))
    #expect(try ContactSheet(folder: directory.url).problems.count == 1)
    #expect(try directory.contents().filter { $0.contains("part") } == [])
  }

  /// Prompts come from anywhere: none may become markup.
  @Test func promptsStayText() throws {
    let hostile = #"</h2><script>alert(1)</script><img src=x onerror="alert('2')">& \u{202E}"#
    try write("a.wav", prompt: hostile)
    try write("b\" onfocus=\"x.wav", prompt: "b")
    let html = try page()
    #expect(!html.contains("<script>alert") && !html.contains("onerror=\"") && !html.contains("onfocus=\""))
    #expect(html.contains("&lt;/h2&gt;&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(html.components(separatedBy: "<script>").count == 2)
  }

  @Test func needsNothingElse() throws {
    try write("a.wav", prompt: "a")
    let html = try page(embedsAudio: true)
    #expect(html.contains("src=\"data:audio/wav;base64,UklGR"))
    #expect(html.contains("src=\"data:image/png;base64,iVBOR"))
    #expect(!html.contains("http://") && !html.contains("https://"))
  }

  @Test func tellsWhatFailed() throws {
    try write("a.wav", prompt: "a")
    var entry = #"{"id":"b","state":"failed","parameters":"1","model":"2","time":"","reason":"out of <luck>"}"#
    entry += "\n"
    try Data(entry.utf8).write(to: directory.file("ledger.jsonl"))
    #expect(try page().contains("<li>b: out of &lt;luck&gt;</li>"))
  }

  @Test func aFolderWithoutClipsIsAnError() throws {
    #expect(throws: AudioFileError.empty(path: directory.url.path)) { try ContactSheet(folder: directory.url) }
    #expect(throws: AudioFileError.self) { try ContactSheet(folder: directory.file("nowhere")) }
  }
}
