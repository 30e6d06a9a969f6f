import Audio
import Foundation
import Synthesis
import TestSupport
import Testing

@Suite("Ends, loops and levels", .enabled(if: TextEncoder.isPresent))
struct EndsTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
  }

  private func generate(_ arguments: String...) throws -> HissProcess {
    try HissProcess.run(
      ["generate"] + arguments + ["--model", "model", "--steps", "2", "--seed", "4", "-o", "clip.wav", "--force"],
      in: directory.url)
  }

  private func clip(_ name: String = "clip.wav") throws -> AudioClip { try AudioFile.read(directory.file(name)) }

  @Test("Ends are silent, and a tail comes on top of the length")
  func ends() throws {
    expectSuccess(try generate("warm pad", "--duration", "0.6", "--tail", "0.4"))
    let samples = try clip().samples
    #expect(samples.count == 44_100 && abs(samples[0]) < 1e-3 && abs(samples[44_099]) < 1e-3)
    #expect(try directory.hiss("inspect", "clip.wav").output.contains("tail                0.4"))
    expectSuccess(try generate("warm pad, 120 bpm", "--bars", "1", "--tail", "0.25"))
    #expect(try clip().frameCount == 99_225)
    let loop = try generate("warm pad", "--loop", "--tail", "1")
    #expect(loop.exitCode == 64 && loop.errors.contains("a loop has no end"))
  }

  @Test("A one-shot is cut where it is silent, unless it is given a length")
  func trim() throws {
    func isTrimmed(_ arguments: String...) throws -> Bool {
      expectSuccess(
        try HissProcess.run(
          ["generate"] + arguments + ["--model", "model", "--steps", "1", "--seed", "4", "-o", "clip.wav", "--force"],
          in: directory.url))
      return try directory.hiss("inspect", "clip.wav").output.contains("trim                true")
    }
    #expect(try isTrimmed("snare drum one-shot"))
    #expect(try !isTrimmed("snare drum one-shot", "--no-trim"))
    #expect(try !isTrimmed("snare drum one-shot", "--duration", "0.5"))
    #expect(try isTrimmed("drums", "--duration", "0.5", "--trim"))
    #expect(try !isTrimmed("drums"))
  }

  @Test("A loop at another sample rate goes round there too")
  func loop() throws {
    expectSuccess(try generate("warm pad", "--duration", "0.5", "--loop"))
    let wanted = Resampler.resample(try clip(), to: 48_000, isCircular: true).samples
    expectSuccess(try generate("warm pad", "--duration", "0.5", "--loop", "--sample-rate", "48000"))
    let made = try clip().samples
    #expect(made.count == 24_000)
    for (own, other) in zip(made, wanted) { #expect(abs(own - other) < 1e-5) }
  }

  @Test("That a recording becomes mono, or softer, is said")
  func remarks() throws {
    let tone = (0..<22_050).map { 1.5 * Float(sin(2 * .pi * 220 * Double($0) / 44_100)) }
    try AudioFile.write(
      AudioClip(channels: [tone, tone], sampleRate: 44_100), to: directory.file("in.wav"), sampleFormat: .float32)
    for arguments in [["--init-audio", "in.wav"], ["--continue-from", "in.wav", "--duration", "1"]] {
      let run = try HissProcess.run(
        ["generate", "pad", "--model", "model", "--steps", "1", "-o", "clip.wav", "--force"] + arguments,
        in: directory.url)
      expectSuccess(run)
      #expect(run.errors.contains("in.wav has 2 channels"))
      #expect(run.errors.contains("in.wav peaks at +3.5 dBFS"))
      #expect(try clip().peak < 1)
    }
    let follow = try generate("pad", "--follow", "in.wav", "--duration", "0.5")
    expectSuccess(follow)
    #expect(follow.errors.contains("in.wav has 2 channels"))
    let vocode = try directory.hiss("vocode", "in.wav", "out.wav")
    expectSuccess(vocode)
    #expect(!vocode.errors.contains("2 channels") && vocode.errors.contains("+3.5 dBFS"))
  }

  @Test("Every field can be set where clips are made again, and in jobs")
  func fields() throws {
    expectSuccess(try generate("warm pad", "--duration", "0.3"))
    let replay = try directory.hiss(
      "replay", "clip.wav", "--set", "tail=0.2", "trim=true", "follow-range=G3 to A6", "--output", "again.wav")
    expectSuccess(replay)
    let shown = try directory.hiss("inspect", "again.wav").output
    for row in ["tail                0.2", "trim                true", "revision            \(SoundRevision.current)"] {
      #expect(shown.contains(row), "\(row)")
    }
    let wrong = try directory.hiss("replay", "clip.wav", "--set", "follow-range=low", "--output", "again.wav")
    #expect(wrong.exitCode == 64 && wrong.errors.contains("G3 to A6"))
    let option = try generate("pad", "--follow-range", "A6 to G3")
    #expect(option.exitCode == 64 && option.errors.contains("--follow-range"))
    let late = try directory.hiss("replay", "clip.wav", "--set", "revision=9", "--output", "again.wav")
    #expect(late.exitCode == 64 && late.errors.contains("revision 9"))
  }
}
