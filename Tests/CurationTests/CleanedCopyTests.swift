import Audio
import Curation
import Foundation
import TestSupport
import Testing
import Training

/// What is written: captions to be mended, and cleaned copies; nothing else is touched.
@Suite("Captions and cleaned copies of a folder") struct CleanedCopyTests {
  private let folder: TemporaryDirectory
  private let elsewhere: TemporaryDirectory

  init() throws { (folder, elsewhere) = (try TemporaryDirectory(), try TemporaryDirectory()) }

  @Test("metadata.csv says what the names said, and is read back")
  func metadata() throws {
    try folder.sound("Pad_Am_120bpm.wav", SampleSounds.tone(220))
    try folder.sound("Kicks/01.wav", SampleSounds.tone(60))
    try folder.sound("own, too.wav", SampleSounds.tone(300))
    try folder.text("a \"quoted\", odd caption", as: "own, too.txt")
    try folder.sound("sub/listed.wav", SampleSounds.tone(400))
    try folder.text("file_name,text\nlisted.wav,one\n", as: "sub/metadata.csv")
    let before = try AudioFolder.contents(of: folder.url)
    let survey = try FolderSurvey(folder.url)
    #expect(try survey.writeMetadata().clips == 3)
    let after = try AudioFolder.contents(of: folder.url)
    #expect(
      after.clips.map(\.name) == before.clips.map(\.name) && after.clips.map(\.captions) == before.clips.map(\.captions)
    )
    #expect(after.readings.isEmpty && after.warnings.isEmpty, "\(after.warnings)")
    let pad = try #require(after.clips.first { $0.name.hasPrefix("Pad") })
    #expect(pad.labels["tempo"] == "120" && pad.labels["key"] == "A minor" && pad.labels["category"] == "pad")
    let (was, now) = (survey.report, try FolderSurvey(folder.url).report)
    #expect(now.categories.map(\.name) == was.categories.map(\.name) && was.categories.last?.name == nil)
    try folder.text("", as: "metadata.jsonl")
    #expect(throws: CurationError.otherManifest(path: folder.file("metadata.jsonl").path)) {
      try FolderSurvey.checkMetadata(in: folder.url)
    }
  }

  @Test("A copy has no offset, no silence, nothing twice; sounds without a fault keep their bytes")
  func cleaned() throws {
    let tone = SampleSounds.tone(220)
    try folder.sound("Pad.wav", tone)
    try folder.sound("x/Pad again.wav", tone)
    try folder.sound("Pad offset.wav", SampleSounds.tone(270, seconds: 1).map { $0 + 0.05 })
    try folder.sound("Bell late.ogg", SampleSounds.silence(0.5) + SampleSounds.tone(880) + SampleSounds.silence(2))
    try folder.sound("Pad silent.wav", SampleSounds.silence(1))
    try folder.sound("Lead over.wav", SampleSounds.tone(330).map { 3 * $0 })
    try folder.text("nothing", as: "broken.wav")
    let names = Set(FileManager.default.subpaths(atPath: folder.url.path) ?? [])
    let survey = try FolderSurvey(folder.url)
    let copy = elsewhere.file("clean")
    let made = try CleanedCopy(of: survey, to: copy, threads: 2)
    #expect(made.copied == 1 && made.cleaned == 3)
    #expect(Set(made.leftOut.map(\.file)) == ["x/Pad again.wav", "Pad silent.wav", "broken.wav"])
    #expect(Set(FileManager.default.subpaths(atPath: folder.url.path) ?? []) == names)
    #expect(try Data(contentsOf: copy.appending(path: "Pad.wav")) == Data(contentsOf: folder.file("Pad.wav")))
    let offset = try AudioFile.read(copy.appending(path: "Pad offset.wav"))
    #expect(abs(offset.samples.reduce(0, +) / Float(offset.frameCount)) < 1e-3)
    let bell = try AudioFile.read(copy.appending(path: "Bell late.flac"))
    #expect(abs(bell.duration - 0.51) < 0.03)
    #expect(try AudioFile.read(copy.appending(path: "Lead over.wav")).peak <= 1)
    let contents = try AudioFolder.contents(of: copy)
    #expect(contents.clips.map(\.caption) == ["bell, late", "lead, over", "pad, offset", "pad"])
    let second = try FolderSurvey(copy).report
    for kind in [Finding.Kind.unreadable, .silent, .same, .offset, .silence, .tooLoud] {
      #expect(!second.findings.contains { $0.kind == kind }, "\(kind)")
    }
  }

  @Test("Clips of several captions keep them, with their labels and notes")
  func severalCaptions() throws {
    try folder.sound("a.wav", SampleSounds.tone(220))
    try folder.sound("b.wav", SampleSounds.tone(330))
    try folder.text("not MIDI, but beside it", as: "notes.mid")
    let lines = [
      #"{"file_name": "a.wav", "text": "rain", "captions": ["drizzle", "a \"soft\" rain"], "midi": "notes.mid", "bpm": 90}"#,
      #"{"file_name": "b.wav", "text": "snow", "labels": {"chords": ["Am"], "key": "A minor"}}"#,
    ]
    try folder.text(lines.joined(separator: "\n"), as: "metadata.jsonl")
    let copy = elsewhere.file("copy")
    let made = try CleanedCopy(of: FolderSurvey(folder.url), to: copy)
    #expect(made.copied == 2 && made.cleaned == 0)
    let (before, after) = (try AudioFolder.contents(of: folder.url).clips, try AudioFolder.contents(of: copy).clips)
    #expect(after.map(\.captions) == before.map(\.captions) && after.map(\.labels) == before.map(\.labels))
    #expect(FileManager.default.fileExists(atPath: copy.appending(path: "notes.mid").path))
  }

  @Test("A copy goes neither among the samples nor over other files")
  func places() throws {
    try folder.sound("a.wav", SampleSounds.tone(220))
    #expect(throws: CurationError.self) { try CleanedCopy.check(folder.file("clean"), of: folder.url, replaces: true) }
    #expect(throws: CurationError.self) { try CleanedCopy.check(folder.url, of: folder.file("x"), replaces: true) }
    try elsewhere.text("mine", as: "mine.txt")
    #expect(throws: CurationError.notEmpty(path: elsewhere.url.path)) {
      try CleanedCopy.check(elsewhere.url, of: folder.url, replaces: false)
    }
    #expect(throws: Never.self) { try CleanedCopy.check(elsewhere.url, of: folder.url, replaces: true) }
  }

  @Test("A page shows every category, and is known as the folder's")
  func page() throws {
    try folder.sound("Kick <1>.wav", SampleSounds.tone(60))
    try folder.sound("Pad.wav", SampleSounds.tone(300))
    let survey = try FolderSurvey(folder.url, drawsPictures: true)
    let page = folder.file("index.html")
    try FolderPage(survey).write(to: page)
    let html = try String(contentsOf: page, encoding: .utf8)
    #expect(html.contains("data:image/png;base64,") && html.contains("<h2>kick <small>1</small></h2>"))
    #expect(html.contains("src=\"./Pad.wav\"") && !html.contains("<1>"))
    #expect(FolderPage.isPage(page, of: folder.url) && !FolderPage.isPage(page, of: elsewhere.url))
  }
}
