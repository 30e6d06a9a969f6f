import Audio
import Curation
import Foundation
import TestSupport
import Testing
import Training

/// What is found in a folder of samples, each fault in a file of its own.
@Suite("The survey of a folder of samples") struct FolderSurveyTests {
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func survey() throws -> FolderSurvey { try FolderSurvey(folder.url, threads: 2) }

  private func files(_ kind: Finding.Kind, _ report: FolderReport) -> [String] {
    report.findings.first { $0.kind == kind }?.files ?? []
  }

  @Test("Each fault is found in its file, and in no other")
  func faults() throws {
    let tone = SampleSounds.tone(220)
    try folder.sound("Pad good.wav", tone)
    try folder.sound("Pad silent.wav", SampleSounds.silence(0.5))
    try folder.sound("Pad cancel.wav", SampleSounds.tone(300), SampleSounds.tone(300).map { -$0 })
    try folder.sound("Pad clip.wav", SampleSounds.tone(250).map { max(-1, min(1, 4 * $0)) }, as: .pcm16)
    try folder.sound("Pad over.wav", SampleSounds.tone(260).map { 3 * $0 })
    try folder.sound("Pad offset.wav", SampleSounds.tone(270, seconds: 1).map { $0 + 0.05 })
    try folder.sound("Pad late.wav", SampleSounds.silence(0.4) + SampleSounds.tone(280))
    try folder.sound("Pad tail.wav", SampleSounds.tone(290) + SampleSounds.silence(2))
    try folder.sound("Pad cut.wav", Array(SampleSounds.tone(310).prefix(10_000)))
    try folder.sound("Pad soft.wav", SampleSounds.tone(320, level: 0.003))
    try folder.sound("Pad short.wav", SampleSounds.tone(900, seconds: 0.03))
    try folder.sound("Pad long.wav", SampleSounds.tone(330, seconds: 31))
    try folder.sound("Pad dull.wav", SampleSounds.tone(340), rate: 22050)
    try folder.text("no sound at all", as: "Pad broken.wav")
    let report = try survey().report
    let expected: [Finding.Kind: [String]] = [
      .silent: ["Pad silent.wav"], .cancelling: ["Pad cancel.wav"], .clipped: ["Pad clip.wav"],
      .tooLoud: ["Pad over.wav"], .offset: ["Pad offset.wav"], .silence: ["Pad late.wav", "Pad tail.wav"],
      .quiet: ["Pad soft.wav"], .short: ["Pad short.wav"], .long: ["Pad long.wav"],
      .dull: ["Pad dull.wav"], .unreadable: ["Pad broken.wav"], .same: [],
    ]
    for (kind, names) in expected { #expect(files(kind, report) == names, "\(kind)") }
    #expect(files(.cut, report).contains("Pad cut.wav") && !files(.cut, report).contains("Pad good.wav"))
    #expect(report.clips == 14 && report.sampleRates == [44100: 12, 22050: 1] && report.channels == [1: 12, 2: 1])
    #expect(report.categories.map(\.name) == ["pad"])
  }

  @Test("A square wave is not clipped, a bass drum has no offset, and loops may end within a sound")
  func noFaults() throws {
    let square = SampleSounds.tone(110, level: 0.5).map { $0 > 0 ? Float(1) : $0 < 0 ? -1 : 0 }
    try folder.sound("Lead square.wav", square)
    let drum = (0..<22050).map { place -> Float in
      let seconds = Double(place) / 44100
      return Float(0.9 * exp(-12 * seconds) * sin(2 * .pi * 50 * seconds))
    }
    try folder.sound("Kick.wav", drum)
    try folder.sound("Drum loop.wav", Array(SampleSounds.beat(120).prefix(100_000)).map { $0 + 0.001 })
    try folder.sound("Drone loop.wav", Array(SampleSounds.tone(200, seconds: 2).dropFirst(4000).prefix(20_050)))
    let report = try survey().report
    for kind in [Finding.Kind.clipped, .offset, .silence] { #expect(files(kind, report).isEmpty, "\(kind)") }
    #expect(!files(.cut, report).contains { $0.contains("loop") })
  }

  @Test("What is there twice is found, and what is nearly the same")
  func copies() throws {
    let tone = SampleSounds.chords([(220, 3), (330, 4)])
    try folder.sound("Pad.wav", tone)
    try folder.sound("other/Copy of pad.flac", tone.map { ($0 * 8_388_608).rounded() / 8_388_608 }, as: .pcm24)
    try folder.sound("other/Same.wav", tone)
    try folder.sound("Softer.wav", tone.map { $0 * 0.5 })
    try folder.sound("Snare.wav", SampleSounds.beat(200, seconds: 0.3))
    try folder.sound("Bell.wav", SampleSounds.tone(1870, seconds: 1))
    let report = try survey().report
    #expect(files(.same, report) == ["Pad.wav = other/Same.wav"])
    let near = files(.near, report)
    #expect(near.count == 1 && near[0].contains("Softer.wav") && near[0].contains("Copy of pad.flac"), "\(near)")
    #expect(near.allSatisfy { !$0.contains("Snare") && !$0.contains("Bell") })
  }

  @Test("Tempos, keys and notes are held against what is heard")
  func music() throws {
    try folder.sound("Beat loop 120bpm.wav", SampleSounds.beat(120))
    try folder.sound("Beat loop 97bpm.wav", SampleSounds.beat(140))
    // A minor's chords, and the same under a name that says E flat minor.
    let chords = SampleSounds.chords([(220, 3), (293.66, 3), (329.63, 3), (220, 3)])
    try folder.sound("Pad_Am.wav", chords)
    try folder.sound("Pad_Ebm.wav", chords.map { $0 * 0.9 })
    try folder.sound("Piano A3.wav", SampleSounds.tone(220, seconds: 1))
    try folder.sound("Piano D#4.wav", SampleSounds.tone(440, seconds: 1))
    let report = try survey().report
    #expect(
      files(.tempo, report).count == 1 && files(.tempo, report)[0].hasPrefix("Beat loop 97bpm.wav (97 bpm, heard 140"))
    #expect(files(.key, report).count == 1 && files(.key, report)[0].hasPrefix("Pad_Ebm.wav (Eb minor, heard "))
    #expect(files(.note, report) == ["Piano D#4.wav (D#4, heard A)"])
  }

  @Test("Names that say nothing, and categories of few, are told; so are words that captions share")
  func names() throws {
    for (place, name) in ["Kick 1", "Kick 2", "Kick 3", "Kick deep", "0012", "Zorp", "Snare"].enumerated() {
      try folder.sound("\(name).wav", SampleSounds.tone(200 + 37 * Double(place)))
    }
    let report = try survey().report
    #expect(files(.nameless, report) == ["0012.wav"] && files(.uncategorised, report) == ["Zorp.wav"])
    #expect(files(.rare, report) == ["snare"] && files(.few, report).isEmpty)
    #expect(report.findings.contains { $0.kind == .few })
    #expect(report.categories.map(\.name) == ["kick", "snare", nil] && report.categories.map(\.clips) == [4, 1, 2])
    #expect(report.captions.fromNames == 7 && report.captions.mostUsed.first?.word == "drum")
    #expect(report.captions.mostUsed.first?.clips == 5)
    let lines = report.lines { "\(Int($0)) s" }
    #expect(lines.count < 40 && lines.contains { $0.hasPrefix("kick ") && $0.contains(" 4 ") })
    #expect(report.list.contains("Kick deep.wav: \"deep kick drum\" (kick)"))
  }
}
