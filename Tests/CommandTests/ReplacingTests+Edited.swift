import Audio
import Foundation
import Pictures
import TestSupport
import Testing

/// What Hiss made, and somebody has changed since without touching what tells how it was made.
extension ReplacingTests {
  /// Halves a clip, and keeps its tags, as an editor does.
  private func edit(_ name: String) throws {
    let url = directory.file(name)
    let (clip, tags) = try (AudioFile.read(url), AudioFile.tags(of: url))
    try AudioFile.write(AudioClip(mono: clip.samples.map { $0 / 2 }, sampleRate: clip.sampleRate), to: url, tags: tags)
  }

  @Test("A clip whose sound was edited is not made again over the edit", arguments: ["wav", "flac", "ogg"])
  func editedClips(format: String) throws {
    let make = ["generate", "pad", "--seed", "1"] + Self.clip
    let name = "mine.\(format)"
    for _ in 0..<2 { expectSuccess(try HissProcess.run(make + ["-o", name], in: directory.url)) }
    let first = try Data(contentsOf: directory.file(name))
    try edit(name)
    try refuses(make + ["-o", name], keeping: name, saying: "\(name): this was made of the same request, but")
    expectSuccess(try HissProcess.run(make + ["-o", name, "--force"], in: directory.url))
    if format != "ogg" { #expect(try Data(contentsOf: directory.file(name)) == first) }
    let replay = ["replay", name, "-o", "again.\(format)"]
    for _ in 0..<2 { expectSuccess(try HissProcess.run(replay + ["--model", "model"], in: directory.url)) }
    try edit("again.\(format)")
    try refuses(
      replay + ["--model", "model"], keeping: "again.\(format)", saying: "again.\(format): this was made of the same")
  }

  @Test("In a folder the clip goes beside the edited one")
  func editedClipsOfFolders() throws {
    let make = ["generate", "pad", "--seed", "1", "-o", "out"] + Self.clip
    expectSuccess(try HissProcess.run(make, in: directory.url))
    let first = try Data(contentsOf: directory.file("out/pad_01.wav"))
    try edit("out/pad_01.wav")
    let edited = try Data(contentsOf: directory.file("out/pad_01.wav"))
    for _ in 0..<2 {
      let run = try HissProcess.run(make, in: directory.url)
      expectSuccess(run)
      #expect(run.outputLines == [directory.file("out/pad_02.wav").path])
    }
    #expect(try Data(contentsOf: directory.file("out/pad_01.wav")) == edited)
    #expect(try Data(contentsOf: directory.file("out/pad_02.wav")) == first)
    let morph = ["morph", "pad", "organ", "--count", "2", "--seed", "3", "-o", "way"] + Self.clip
    expectSuccess(try HissProcess.run(morph, in: directory.url))
    try edit("way/morph-2.wav")
    let again = try HissProcess.run(morph, in: directory.url)
    #expect(again.outputLines == ["way/morph-1.wav", "way/morph-2-2.wav"].map { directory.file($0).path })
  }

  @Test("Pictures and pages that were edited by hand stay")
  func editedPicturesAndPages() throws {
    let make = ["generate", "pad", "--seed", "1", "--picture"] + Self.clip
    expectSuccess(try HissProcess.run(make + ["-o", "clips/a.wav"], in: directory.url))
    let picture = directory.file("clips/a.png")
    let comment = try #require(Picture.comment(of: picture))
    try Picture(width: 4, height: 4).writePNG(to: picture, comment: comment)
    try refuses(
      make + ["-o", "clips/a.wav"], keeping: "clips/a.png", saying: "a.png: this was made of the same request")
    for _ in 0..<2 { expectSuccess(try directory.hiss("sheet", "clips")) }
    let page = directory.file("clips/index.html")
    let text = try String(contentsOf: page, encoding: .utf8)
    try Data(text.replacing("<h1>clips</h1>", with: "<h1>My album</h1>").utf8).write(to: page)
    try refuses(["sheet", "clips"], keeping: "clips/index.html", saying: "index.html: this file is there already")
    expectSuccess(try directory.hiss("sheet", "clips", "--force"))
    #expect(try String(contentsOf: page, encoding: .utf8) == text)
  }
}
