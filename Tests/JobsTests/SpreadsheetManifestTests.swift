import Audio
import Diffusion
import Foundation
import Jobs
import Music
import Synthesis
import TestSupport
import Testing

/// Manifests as spreadsheets write them.
@Suite struct SpreadsheetManifestTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func manifest(_ text: String, name: String = "jobs.csv") throws -> Manifest {
    try Manifest(Data(text.utf8), name: name)
  }

  private func notes(_ manifest: Manifest) -> [String] { manifest.notes.map { $0.text(path: "jobs.csv") } }

  @Test(arguments: [
    "id,prompt,duration,lufs,loop\r\na,\"pad, soft\",2.5,-14,true\r\n",
    "\u{FEFF}ID;Prompt;Duration;LUFS;Loop\r\na;pad, soft;2,5;-14,0;WAHR\r\n",
    "id\tprompt\tduration\tlufs\tloop\na\tpad, soft\t2,5\t−14\tVRAI\n",
    "sep=;\r\nid;prompt;duration;lufs;loop\r\na;pad, soft;2,50;-14;1\r\n",
    "id,prompt,duration,lufs,loop,,\na,\"pad, soft\",\"2,5\",-14,TRUE,,\n,,,,,,\n\n,,,,,,\n",
    "Id ; Prompt ; Duration ; Lufs ; Loop ;\na;pad, soft; 2,5;-14;ja;\n;;;;;\n",
  ])
  func everyDialectIsTheSameJob(text: String) throws {
    let manifest = try manifest(text)
    #expect(manifest.jobs.count == 1 && manifest.notes.isEmpty)
    let request = manifest.jobs[0].request
    #expect(request.prompt == "pad, soft" && request.duration == 2.5 && request.lufs == -14)
    #expect(request.edit?.isLoop == true && manifest.jobs[0].id == "a")
    #expect(try self.manifest(text, name: "-") == manifest)
  }

  @Test func headersMayBeWrittenForPeople() throws {
    let jobs = try manifest("Negative Prompt;Prompt;CFG_Scale;Sample Rate;Sampler\ndrums;pad;3,5;48000.0;Heun\n").jobs
    #expect(jobs[0].request.negativePrompt == "drums" && jobs[0].request.guidanceScale == 3.5)
    #expect(jobs[0].sampleRate == 48_000 && jobs[0].request.sampler == .heun)
  }

  /// pandas writes whole numbers so in a column with an empty value.
  @Test func wholeNumbersMayHaveEmptyFractions() throws {
    let jobs = try manifest("id,prompt,seed,steps\na,pad,7.0,\nb,pad,,4.0\n").jobs
    #expect(jobs[0].request.seed == 7 && jobs[1].request.steps == 4)
    #expect(throws: ManifestError.self) { try self.manifest("id,prompt,seed\na,pad,7.5\n") }
  }

  /// 1.000 is one where numbers have points, and a thousand where they have commas.
  @Test func separatorsOfThousandsAreRefused() throws {
    for seed in ["1.000", "12.000", "1.000.000"] {
      #expect(throws: ManifestError.self) { try self.manifest("id;prompt;seed\na;pad;\(seed)\n") }
    }
    #expect(try manifest("id;prompt;seed\na;pad;7.00\n").jobs[0].request.seed == 7)
  }

  @Test func idsMayHaveBlanksAroundThem() throws {
    #expect(try manifest(" id , prompt\n a , pad\n").jobs[0].id == "a")
  }

  @Test func unknownColumnsAreKeptOutAndTold() throws {
    let manifest = try manifest("id,prompt,Notes,Author\na,pad,\"nice, this\",me\nb,pad,,\n")
    #expect(manifest.jobs.count == 2)
    let notes = notes(manifest)
    #expect(notes.count == 1 && notes[0].hasPrefix("jobs.csv:1: left out, as the fields are id, prompt,"))
    #expect(notes[0].hasSuffix(": \"Notes\", \"Author\""))
  }

  @Test func idsAreMadeOfPromptsWhereThereAreNone() throws {
    let manifest = try manifest("prompt\nSoft pad!\nsoft pad\nrock drums\n钢琴\n")
    #expect(manifest.jobs.map(\.id).prefix(3) == ["soft-pad", "soft-pad-2", "rock-drums"])
    #expect(manifest.jobs[3].id.allSatisfy { $0.isASCII } && manifest.jobs[3].id.hasPrefix("clip"))
    #expect(
      notes(manifest) == [
        "jobs.csv:2: there is no id: the clip is named after its prompt (and 3 more)",
        "jobs.csv:5: translated (Chinese): piano",
      ])
    let mixed = try self.manifest("id,prompt\npad,one\n,Pad\n", name: "x.csv").jobs
    #expect(mixed.map(\.id) == ["pad", "pad-2"])
    #expect(try self.manifest(#"{"prompt":"soft pad"}"#, name: "x.jsonl").jobs[0].id == "soft-pad")
  }

  @Test func windowsAndUnicodeTextsAreRead() throws {
    let text = "id;prompt\r\na;weiche Flöte\r\n"
    let windows = Data(text.unicodeScalars.map { UInt8($0.value) })
    let manifest = try Manifest(windows, name: "jobs.csv")
    #expect(manifest.jobs[0].request.prompt == "weiche Flöte")
    #expect(
      notes(manifest) == [
        "jobs.csv:1: it is not UTF-8, and is read as Windows-1252", "jobs.csv:2: translated (German): soft flute",
      ])
    let wide = Data([0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    #expect(try Manifest(wide, name: "jobs.txt").jobs[0].request.prompt == "weiche Flöte")
  }

  @Test func listsOfTimesMayHaveDecimalCommas() throws {
    let take = directory.file("take.wav")
    try AudioFile.write(AudioClip(mono: [Float](repeating: 0.1, count: 16_000), sampleRate: 8000), to: take)
    for times in ["0,1 0,5;0,2 0,75", "0,1, 0,5;0,2, 0,75", "0.1, 0.5;0.2, 0.75"] {
      let jobs = try manifest("prompt;init-audio;inpaint-start;inpaint-end\npad;\(take.path);\(times)\n").jobs
      #expect(jobs[0].request.edit?.repainted == [.init(start: 0.1, end: 0.2), .init(start: 0.5, end: 0.75)])
    }
  }

  @Test("A prompt that is too long is not read before that is said", .timeLimit(.minutes(1)))
  func longPrompt() throws {
    let error = #expect(throws: ManifestError.self) {
      try self.manifest("id,prompt\na,\"\(String(repeating: "x", count: 1_000_000))\"\n")
    }
    guard case .problems(_, let problems, _) = error else { return }
    #expect(problems.map(\.reason) == ["a prompt of 1000000 bytes is longer than 12000"])
  }

  @Test func filesOfJobsAreOpened() throws {
    let (midi, audio) = (directory.file("bad.mid"), directory.file("bad.wav"))
    for file in [midi, audio] { try Data("nothing of the kind".utf8).write(to: file) }
    let text = """
      {"id":"a","prompt":"p","midi":"\(midi.path)","duration":4}
      {"id":"b","prompt":"p","follow":"\(audio.path)","duration":4}
      {"id":"c","prompt":"p","init-audio":"\(audio.path)","duration":4}
      {"id":"d","prompt":"p","continue-from":"\(audio.path)","duration":4}
      """
    let error = #expect(throws: ManifestError.self) { try self.manifest(text, name: "jobs.jsonl") }
    guard case .problems(_, let problems, _) = error else { return }
    #expect(problems.map(\.line) == [1, 2, 3, 4])
    #expect(problems[0].reason.hasSuffix("not a MIDI file: it does not start with MThd"))
    #expect(problems.dropFirst().allSatisfy { $0.reason.contains("not readable as audio") })
  }

  @Test func notesOfJobsHaveTheirLines() throws {
    let notes = (0..<8).map { NoteEvent(startBeats: Double($0), durationBeats: 1, key: 60, velocity: 90) }
    let song = directory.file("song.mid")
    try MIDIFile(tracks: [.init(notes: notes)]).write(to: song)
    let manifest = try manifest("id,prompt,midi,duration\na,p,\(song.path),\nb,p,\(song.path),1\nc,p,\(song.path),1\n")
    #expect(manifest.jobs.map(\.request.duration) == [4, 1, 1])
    let reason = "\(song.path) lasts 4.0 s, and the clip 1.0 s: the rest is cut"
    #expect(self.notes(manifest) == ["jobs.csv:3: \(reason) (b, c)"])
  }
}
