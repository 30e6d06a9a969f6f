import Audio
import Foundation
import Testing
import Training

/// Folders as they come from other systems: names in other spellings, files that are no use, links that lead nowhere.
@Suite("Names in a folder of samples")
struct FolderNamesTests {
  private let folder: SampleFolder

  init() throws { folder = try SampleFolder() }

  private func scan() throws -> (clips: [CaptionedClip], warnings: [String]) { try AudioFolder.scan(folder.url) }

  @Test("é as one character or as two: a manifest's name finds the file, and a caption its sound")
  func composedCharacters() throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    try folder.write(Data(), to: "listed/\(decomposed).wav")
    try folder.write("file_name,text\n\(composed).wav,a café\n", to: "listed/metadata.csv")
    try folder.write(Data(), to: "beside/\(composed).wav")
    try folder.write("a terrace", to: "beside/\(decomposed).txt")
    let (clips, warnings) = try scan()
    #expect(clips.map(\.caption) == ["a terrace", "a café"] && warnings.isEmpty)
    for clip in clips { #expect(FileManager.default.fileExists(atPath: clip.audio.path), "\(clip.name)") }
    // Both spellings in one folder are two files, and each is found.
    try folder.write(Data(), to: "listed/\(composed).wav")
    try folder.write(
      "file_name,text\n\(composed).wav,one\n\(decomposed).wav,two\n", to: "listed/metadata.csv")
    let both = try scan().clips.filter { $0.name.hasPrefix("listed/") }
    #expect(Set(both.map { Array($0.name.utf8) }).count == 2 && Set(both.map(\.caption)) == ["one", "two"])
  }

  @Test("Capitals: X.TXT goes with X.WAV, KICK.WAV is Kick.wav where there is no other")
  func capitals() throws {
    for name in ["X.WAV", "Sub/Kick.wav", "y.wav", "Y.wav"] { try folder.write(Data(), to: name) }
    try folder.write("an x", to: "X.TXT")
    try folder.write("a y", to: "Y.Txt")
    try folder.write("a kick", to: "Sub/KICK.TXT")
    let (clips, warnings) = try scan()
    #expect(clips.map(\.caption) == ["a kick", "an x", "a y", "y"])
    #expect(warnings.count == 1 && warnings[0].contains("1 of 4"))
    try folder.write("file_name,text\nSUB/KICK.WAV,listed\nx.wav,x\ny.wav,small\nY.wav,large\n", to: "Metadata.CSV")
    let listed = try scan()
    #expect(listed.clips.map(\.name) == ["Sub/Kick.wav", "X.WAV", "Y.wav", "y.wav"] && listed.warnings.isEmpty)
    #expect(listed.clips.map(\.caption) == ["listed", "x", "large", "small"])
  }

  @Test("Windows' separators, in manifests and in names")
  func backslashes() throws {
    try folder.write(Data(), to: "a/sub/y.wav")
    try folder.write(Data(), to: "a/odd\\name.wav")
    try folder.write("file_name,text\nsub\\y.wav,a y\nodd\\name.wav,odd\n", to: "a/metadata.csv")
    try folder.write(Data(), to: "b/Pads\\warm_pad.wav")
    let (clips, _) = try scan()
    #expect(clips.map(\.name) == ["a/odd\\name.wav", "a/sub/y.wav", "b/Pads\\warm_pad.wav"])
    #expect(clips.map(\.caption) == ["odd", "a y", "warm pad"])
    for climbing in ["..\\\\x.wav", "sub\\\\..\\\\..\\\\x.wav", "\\\\x.wav"] {
      try folder.write(#"{"file_name": "\#(climbing)", "text": "x"}"#, to: "a/metadata.jsonl")
      let error = #expect(throws: DatasetError.self) { try scan() }
      #expect(error?.description.contains("not a path inside the folder") == true, "\(error as Any)")
    }
  }

  @Test("A name that is no UTF-8 is named")
  func latinBytes() throws {
    try folder.write(Data(), to: "a.wav")
    let path = (Array("\(folder.url.path)/caf".utf8) + [0xE9] + Array(".wav".utf8) + [0]).map { CChar(bitPattern: $0) }
    let file = open(path, O_WRONLY | O_CREAT, 0o644)
    try #require(file >= 0)
    close(file)
    let (clips, warnings) = try scan()
    #expect(clips.map(\.name) == ["a.wav"])
    #expect(warnings.contains { $0.contains("not UTF-8") && $0.contains("caf\u{FFFD}.wav") }, "\(warnings)")
  }

  @Test("Captions in Windows' western code page are read, and named; what it has no character for is refused")
  func westernText() throws {
    for name in ["b/a.wav", "c/a.wav"] { try folder.write(Data(), to: name) }
    try folder.write(Data("caf".utf8) + Data([0xE9, 0x20, 0x80]), to: "b/a.txt")
    try folder.write(Data("file_name;text\r\na.wav;Fl".utf8) + Data([0xF6]) + Data("te\r\n".utf8), to: "c/metadata.csv")
    let (clips, warnings) = try scan()
    #expect(clips.map(\.caption) == ["café €", "Flöte"])
    #expect(warnings.count == 2 && warnings.allSatisfy { $0.contains("read as Windows-1252") }, "\(warnings)")
    #expect(warnings[0].contains("b/a.txt: ") && warnings[1].contains("c/metadata.csv: "))
    try folder.write(Data("caf".utf8) + Data([0x90]), to: "b/a.txt")
    let path = folder.file("b/a.txt").path
    #expect(throws: DatasetError.badCaptionFile(path: path, reason: "not UTF-8 text")) { try scan() }
  }

  @Test("A folder or a pipe in the place of a manifest or a caption")
  func noTexts() throws {
    try folder.write(Data(), to: "a/x.wav")
    try folder.write(Data(), to: "a/metadata.csv/y.wav")
    #expect(try scan().clips.map(\.caption) == ["metadata csv", "x"])
    mkfifo(folder.file("a/x.txt").path, 0o644)
    let error = #expect(throws: DatasetError.self) { try scan() }
    #expect(error == .unreadable(path: folder.file("a/x.txt").path, reason: "it is no file"))
  }

  @Test("Formats that are not read are named, with those that are")
  func otherFormats() throws {
    for name in ["a.m4a", "b/c.AAC", "d.wma"] { try folder.write(Data(), to: name) }
    let error = #expect(throws: DatasetError.self) { try scan() }
    let line = error?.description ?? ""
    for words in ["a.m4a, b/c.AAC, d.wma", "WAV, FLAC", "AAC, M4A, WMA", folder.url.path] {
      #expect(line.contains(words), "\(line)")
    }
    try folder.write(Data(), to: "e.wav")
    let (clips, warnings) = try scan()
    #expect(clips.map(\.name) == ["e.wav"] && warnings.contains { $0.contains("a.m4a, b/c.AAC, d.wma") })
    try folder.write("file_name,text\na.m4a,x\ne.wav,y\n", to: "metadata.csv")
    let listed = try scan()
    #expect(listed.clips.map(\.caption) == ["y"])
    #expect(listed.warnings.filter { $0.contains("a.m4a") }.count == 1, "\(listed.warnings)")
  }

  @Test("Rubbish bins and the like are left out, and named")
  func systemFolders() throws {
    for name in ["a.wav", "$RECYCLE.BIN/S-1-5/$R1.wav", "__MACOSX/a.wav", "System Volume Information/x.wav"] {
      try folder.write(Data(), to: name)
    }
    let (clips, warnings) = try scan()
    #expect(clips.map(\.name) == ["a.wav"])
    let line = warnings.first { $0.contains("$RECYCLE.BIN") } ?? ""
    #expect(line.contains("__MACOSX") && line.contains("System Volume Information"), "\(warnings)")
  }

  @Test("Links that lead nowhere, folders that look like sounds, and pipes are named")
  func noFiles() throws {
    try folder.write(Data(), to: "a.wav")
    for (name, target) in [("gone.wav", "nowhere.wav"), ("round.wav", "round.wav")] {
      try FileManager.default.createSymbolicLink(atPath: folder.file(name).path, withDestinationPath: target)
    }
    mkfifo(folder.file("pipe.wav").path, 0o644)
    try folder.write(Data(), to: "folder.wav/b.wav")
    let (clips, warnings) = try scan()
    #expect(clips.map(\.name) == ["a.wav", "folder.wav/b.wav"])
    for name in ["gone.wav", "round.wav", "pipe.wav"] {
      #expect(warnings.contains { $0.contains(name) && $0.contains("left out") }, "\(name): \(warnings)")
    }
  }

  @Test("AudioCraft's description is a caption")
  func audioCraft() throws {
    for name in ["a.wav", "b.wav", "c.wav"] { try folder.write(Data(), to: name) }
    let fields = #""key": "", "artist": "x", "sample_rate": 44100, "keywords": "", "bpm": "", "moods": []"#
    try folder.write("{\(fields), \"description\": \"Calm piano\"}", to: "a.json")
    try folder.write("{\(fields), \"description\": \"\", \"prompt\": \"a prompt\"}", to: "b.json")
    try folder.write("{\(fields), \"description\": null}", to: "c.json")
    let (clips, warnings) = try scan()
    #expect(clips.map(\.caption) == ["Calm piano", "a prompt", "c"])
    #expect(clips[0].labels["artist"] == "x" && clips[0].labels["description"] == nil)
    #expect(warnings.count == 1 && warnings[0].contains("1 of 3"))
  }

  @Test("Silent clips, and those whose channels cancel, are named whenever the folder is read")
  func quietClips() throws {
    let prepared = try PreparedSamples()
    let tone = (0..<8820).map { Float(0.5 * sin(2 * .pi * 440 * Double($0) / 44100)) }
    let clips = [
      "cancelling": [tone, tone.map { -$0 }], "nearly": [tone, tone.map { -0.999 * $0 }], "stereo": [tone, tone],
      "left": [tone, tone.map { _ in 0 }], "silent": [tone.map { _ in 0 }], "faint": [tone.map { $0 * 0.01 }],
      "fainter": [tone.map { $0 * 1e-4 }],
    ]
    for (name, channels) in clips {
      try AudioFile.write(AudioClip(channels: channels, sampleRate: 44100), to: prepared.samples.file("\(name).wav"))
      try prepared.samples.write(name, to: "\(name).txt")
    }
    for _ in 0..<2 {
      let warnings = try prepared.prepare().warnings
      #expect(warnings.count == 2)
      #expect(warnings.contains { $0.contains("silent") && $0.hasSuffix(": fainter.wav, silent.wav") }, "\(warnings)")
      #expect(warnings.contains { $0.contains("mono") && $0.hasSuffix(": cancelling.wav, nearly.wav") }, "\(warnings)")
    }
  }
}
