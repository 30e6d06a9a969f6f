import Foundation
import Testing
import Training

/// Layouts as documented for Hugging Face's `audiofolder` builder, and the two simpler ones.
@Suite struct AudioFolderTests {
  let folder: SampleFolder

  init() throws {
    folder = try SampleFolder()
  }

  private func scan() throws -> (clips: [CaptionedClip], warnings: [String]) {
    try AudioFolder.scan(folder.url)
  }

  @Test func readsLinesOfJSON() throws {
    for name in ["b.wav", "takes/a.wav", "c.flac"] { try folder.write(Data(), to: name) }
    let lines = [
      #"{"file_name": "takes/a.wav", "text": " A soft “pad” ", "bpm": 92.5, "bars": 4, "loop": true}"#,
      "",
      #"{"file_name": "./b.wav", "text": "a snare", "chords": ["Am", {"root": "F"}], "artist": null}"#,
      #"{"file_name": "c.flac", "text": "a kick", "prompt": "four on the floor"}"#,
    ]
    try folder.write("\u{FEFF}" + lines.joined(separator: "\r\n"), to: "metadata.jsonl")
    let (clips, warnings) = try scan()
    #expect(warnings.isEmpty)
    #expect(clips.map(\.name) == ["b.wav", "c.flac", "takes/a.wav"])
    #expect(clips.map(\.caption) == ["a snare", "a kick", "A soft “pad”"])
    #expect(clips[2].labels == ["bpm": "92.5", "bars": "4", "loop": "true"])
    #expect(clips[0].labels == ["chords": #"["Am",{"root":"F"}]"#])
    #expect(clips[1].labels == ["prompt": "four on the floor"])
    #expect(clips[2].audio.path == folder.file("takes/a.wav").path)
  }

  @Test func readsCommaSeparatedValues() throws {
    try folder.write(Data(), to: "a.wav")
    try folder.write(Data(), to: "b, too.wav")
    try folder.write(
      "file_name,text,key\na.wav,\"slow, \"\"dusty\"\"\nbeat\",A minor\n\"b, too.wav\",bells,\n", to: "metadata.csv")
    let (clips, warnings) = try scan()
    #expect(warnings.isEmpty)
    #expect(clips.map(\.name) == ["a.wav", "b, too.wav"])
    #expect(clips.map(\.caption) == ["slow, \"dusty\"\nbeat", "bells"])
    #expect(clips.map(\.labels) == [["key": "A minor"], ["key": ""]])
  }

  @Test(arguments: ["text", "caption", "prompt"])
  func findsTheCaptionUnderItsUsualNames(field: String) throws {
    try folder.write(Data(), to: "a.wav")
    try folder.write(#"{"file_name": "a.wav", "\#(field)": "rain"}"#, to: "metadata.jsonl")
    #expect(try scan().clips.map(\.caption) == ["rain"])
  }

  @Test func furtherCaptionsComeInAList() throws {
    for name in ["a.wav", "b.wav", "c.wav", "d.wav", "e.wav"] { try folder.write(Data(), to: name) }
    let lines = [
      #"{"file_name": "a.wav", "captions": ["drizzle", " rain", "drizzle "], "text": "rain", "bpm": 90}"#,
      #"{"file_name": "d.wav", "captions": null, "prompt": "fog"}"#, #"{"file_name": "e.wav", "captions": "mist"}"#,
      #"{"file_name": "b.wav", "captions": ["hail", "hailstones"]}"#,
      #"{"file_name": "c.wav", "text": "snow", "captions": [], "labels": {"captions": ["no"], "key": "C"}}"#,
    ]
    try folder.write(lines.joined(separator: "\n"), to: "metadata.jsonl")
    let clips = try scan().clips
    #expect(clips.map(\.captions) == [["rain", "drizzle"], ["hail", "hailstones"], ["snow"], ["fog"], ["mist"]])
    #expect(clips.map(\.caption) == ["rain", "hail", "snow", "fog", "mist"])
    #expect(clips.map(\.labels) == [["bpm": "90"], [:], ["key": "C"], [:], [:]])
  }

  @Test func theNearestManifestSpeaksForAFile() throws {
    for name in ["train/a.wav", "test/b.wav", "test/deep/unlisted.wav", "loose/hat_2.wav"] {
      try folder.write(Data(), to: name)
    }
    try folder.write("file_name,text\na.wav,one\n", to: "train/metadata.csv")
    try folder.write(#"{"file_name": "b.wav", "text": "two"}"#, to: "test/metadata.jsonl")
    let (clips, warnings) = try scan()
    #expect(clips.map(\.name) == ["loose/hat_2.wav", "test/b.wav", "train/a.wav"])
    #expect(clips.map(\.caption) == ["loose hi-hat", "two", "one"])
    #expect(warnings.count == 2)
    #expect(warnings.contains { $0.contains("test/deep/unlisted.wav") && $0.contains("not listed") })
  }

  @Test func oneFileMayHaveSeveralCaptions() throws {
    try folder.write(Data(), to: "a.wav")
    try folder.write("file_name,text\na.wav,warm\na.wav,dark\n", to: "metadata.csv")
    #expect(try scan().clips.map(\.caption) == ["dark", "warm"])
  }

  @Test func readsCaptionFilesBesideTheAudio() throws {
    for name in ["a.wav", "b.ogg", "c.WAV", "d.v2.wav"] { try folder.write(Data(), to: name) }
    try folder.write("a plucked\n  harp \n", to: "a.txt")
    try folder.write(#"{"caption": "brass stab", "bpm": 120}"#, to: "b.json")
    try folder.write(#"{"prompt": "vinyl crackle"}"#, to: "c.json")
    try folder.write("second take", to: "d.v2.txt")
    let (clips, warnings) = try scan()
    #expect(warnings.isEmpty)
    #expect(clips.map(\.caption) == ["a plucked harp", "brass stab", "vinyl crackle", "second take"])
    #expect(clips[1].labels == ["bpm": "120"])
  }

  @Test(arguments: [
    ("warm_pad-03.wav", "warm pad"), ("Drums/Kicks/808_kick_01.wav", "808 kick drum"), ("909.wav", "909"),
    ("Snares/12.wav", "snare drum"), ("Bass 2/sub.drop.wav", "sub bass, drop"), ("lead_1_2.wav", "lead"),
  ])
  func fileNamesStandInForCaptions(name: String, caption: String) throws {
    try folder.write(Data(), to: name)
    let (clips, warnings) = try scan()
    #expect(clips.map(\.caption) == [caption])
    #expect(warnings.count == 1 && warnings[0].contains("1 of 1") && warnings[0].contains(name))
  }

  @Test("What names say becomes labels; a caption and labels that are given win")
  func namesBecomeLabels() throws {
    for name in ["Pad_Am_120bpm.wav", "Loop_Fm_90bpm.wav", "Bass_Gm_100bpm.wav"] { try folder.write(Data(), to: name) }
    try folder.write("an own caption", to: "Loop_Fm_90bpm.txt")
    try folder.write(#"{"tempo": 101, "artist": "x"}"#, to: "Bass_Gm_100bpm.json")
    let contents = try AudioFolder.contents(of: folder.url)
    #expect(contents.clips.map(\.caption) == ["bass in G minor", "an own caption", "pad in A minor"])
    #expect(contents.clips[0].labels == ["tempo": "101", "artist": "x", "key": "G minor", "category": "bass"])
    #expect(contents.clips[1].labels == [:])
    #expect(contents.clips[2].labels == ["tempo": "120", "key": "A minor", "category": "pad"])
    #expect(contents.readings.keys.sorted() == ["Bass_Gm_100bpm.wav", "Pad_Am_120bpm.wav"])
    #expect(contents.warnings.count == 1 && contents.warnings[0].contains("2 of 3 clips have no caption"))
    #expect(contents.warnings[0].contains("; 2 categories: bass 1, pad 1; `hiss dataset"), "\(contents.warnings)")
  }

  @Test func ignoresHiddenFilesAndOtherKinds() throws {
    for name in [".a.wav", ".git/b.wav", "._c.wav", "notes.md", "c.wav"] { try folder.write(Data(), to: name) }
    #expect(try scan().clips.map(\.name) == ["c.wav"])
  }

  @Test func followsLinksButNotInCircles() throws {
    let elsewhere = try SampleFolder()
    try elsewhere.write(Data(), to: "bell.wav")
    try FileManager.default.createSymbolicLink(at: folder.file("linked"), withDestinationURL: elsewhere.url)
    try FileManager.default.createSymbolicLink(at: folder.file("self"), withDestinationURL: folder.url)
    #expect(try scan().clips.map(\.name) == ["linked/bell.wav"])
  }

  // MARK: What can be wrong

  @Test(arguments: [
    ("metadata.jsonl", "{\"file_name\": \"a.wav\", \"text\": \"x\"}\n\n{oops", 3, "not a JSON object"),
    ("metadata.jsonl", "{\"file_name\": \"a.wav\", \"text\": 3}", 1, "strings"),
    ("metadata.jsonl", "[1]", 1, "not a JSON object"),
    ("metadata.jsonl", "{\"text\": \"x\", \"text\": \"y\"}", 1, "\"text\" is there twice"),
    ("metadata.jsonl", "{\"file_name\": \"a.wav\", \"text\": \"x\", \"captions\": 3}", 1, "strings"),
    ("metadata.jsonl", "{\"file_name\": \"a.wav\", \"text\": \"x\", \"captions\": [\"y\", 1]}", 1, "strings"),
    ("metadata.jsonl", "{\"file_name\": \"a.wav\", \"captions\": []}", 1, "no text, caption or prompt"),
    ("metadata.jsonl", "{\"file_name\": \"a.wav\"}", 1, "no text, caption or prompt"),
    ("metadata.jsonl", "{\"text\": \"x\"}", 1, "no file_name"),
    ("metadata.jsonl", "\n{\"file_name\": \"../a.wav\", \"text\": \"x\"}", 2, "not a path inside"),
    ("metadata.jsonl", "{\"file_name\": \"b/../../a.wav\", \"text\": \"x\"}", 1, "not a path inside"),
    ("metadata.jsonl", "{\"file_name\": \"/a.wav\", \"text\": \"x\"}", 1, "not a path inside"),
    ("metadata.csv", "file_name,text\na.wav,\"x\ny\"\na.wav,x,y\n", 4, "3 values, and the header names 2"),
    ("metadata.csv", "file_name,text\na.wav,\"x\n", 2, "never closed"),
    ("metadata.csv", "file,text\na.wav,x\n", 2, "no file_name"),
  ])
  func namesTheLineThatIsWrong(manifest: String, content: String, line: Int, reason: String) throws {
    try folder.write(Data(), to: "a.wav")
    try folder.write(content, to: manifest)
    let error = try #require(throws: DatasetError.self) { try scan() }
    guard case .badManifest(let path, let found, let why) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(path == folder.file(manifest).path)
    #expect(found == line)
    #expect(why.contains(reason))
    #expect(error.description == "\(path), line \(line): \(why)")
  }

  @Test func countsTheFilesThatAreMissing() throws {
    try folder.write(Data(), to: "a.wav")
    try folder.write("file_name,text\nb.wav,x\na.wav,x\nc.wav,x\n", to: "metadata.csv")
    let path = folder.file("metadata.csv").path
    #expect(throws: DatasetError.missingAudio(manifest: path, first: "b.wav", count: 2)) { try scan() }
  }

  @Test func refusesFoldersWithoutAudio() throws {
    #expect(throws: DatasetError.noAudio(path: folder.url.path)) { try scan() }
    try folder.write("text", to: "notes.txt")
    #expect(throws: DatasetError.noAudio(path: folder.url.path)) { try scan() }
    let missing = folder.file("none")
    #expect(throws: DatasetError.notAFolder(path: missing.path)) { try AudioFolder.scan(missing) }
    let file = folder.file("notes.txt")
    #expect(throws: DatasetError.notAFolder(path: file.path)) { try AudioFolder.scan(file) }
  }

  @Test func refusesCaptionFilesItCannotRead() throws {
    try folder.write(Data(), to: "a.wav")
    try folder.write("{", to: "a.json")
    #expect(throws: DatasetError.self) { try scan() }
    try folder.write(Data([0x63, 0x81]), to: "a.txt")
    let path = folder.file("a.txt").path
    #expect(throws: DatasetError.badCaptionFile(path: path, reason: "not UTF-8 text")) { try scan() }
  }
}
