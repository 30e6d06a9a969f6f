import Audio
import Foundation
import TestSupport
import Testing

@Suite("Left and right, by options, tables and words", .enabled(if: TextEncoder.isPresent))
struct PlaceTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
  }

  private func generate(_ arguments: String...) throws -> HissProcess {
    let rest = ["--model", "model", "--steps", "1", "--seed", "4", "--duration", "0.5", "-o", "clip.wav", "--force"]
    return try HissProcess.run(["generate"] + arguments + rest, in: directory.url)
  }

  private func clip(_ name: String = "clip.wav") throws -> AudioClip { try AudioFile.read(directory.file(name)) }

  @Test("A place in an option, or in words that are said to be understood, makes two channels, and replays")
  func places() throws {
    expectSuccess(try generate("warm pad", "--pan", "hard left"))
    let left = try clip()
    #expect(left.channelCount == 2 && left.channels[1].allSatisfy { $0 == 0 } && left.peak > 1e-3)
    #expect(try directory.hiss("inspect", "clip.wav").output.contains("pan                 -1.0"))
    expectSuccess(try directory.hiss("replay", "clip.wav", "--output", "again.wav"))
    #expect(try clip("again.wav") == left)
    let words = try generate("warm pad, hard left")
    expectSuccess(words)
    #expect(words.errors.contains("understood: panned hard left"))
    #expect(try clip() == left)
    expectSuccess(try directory.hiss("replay", "clip.wav", "--set", "pan=1", "--output", "right.wav"))
    #expect(try clip("right.wav").channels == [left.channels[1], left.channels[0]])
    let wide = try generate("warm pad", "--width", "wide", "--pan", "-0.25")
    expectSuccess(wide)
    #expect(try clip().channelCount == 2 && clip().channels[0] != clip().channels[1])
  }

  @Test("One channel stays one, ordinary words are no place, and what no clip can have is refused")
  func others() throws {
    expectSuccess(try generate("right hand piano"))
    let plain = try clip()
    #expect(plain.channelCount == 1)
    let mono = try generate("right hand piano", "--mono", "--pan", "left")
    expectSuccess(mono)
    #expect(try mono.errors.contains("--pan is not used: the clip has one channel") && clip() == plain)
    for (option, value) in [("--pan", "1.5"), ("--pan", "up"), ("--width", "-1"), ("--width", "3")] {
      let refused = try generate("warm pad", option, value)
      #expect(refused.exitCode == 64, "\(refused.errors)")
    }
  }

  @Test("A table has them as columns, in numbers or words")
  func table() throws {
    let rows =
      "id,prompt,seed,duration,steps,pan,width\na,pad,1,0.5,1,left,\nb,pad,1,0.5,1,\"-0,7\",\nc,pad,1,0.5,1,,wide\n"
    _ = try directory.write(Array(rows.utf8), as: "jobs.csv")
    expectSuccess(
      try HissProcess.run(["batch", "jobs.csv", "--output", "clips", "--model", "model"], in: directory.url))
    let (first, second, third) = (try clip("clips/a.wav"), try clip("clips/b.wav"), try clip("clips/c.wav"))
    #expect(first == second && first.channelCount == 2 && third.channelCount == 2 && first != third)
  }

  @Test("The notes of an instrument and the drums of a kit have two channels where the prompt asks for a place")
  func instruments() throws {
    let kit = try directory.hiss(
      "kit", "rock, panned hard left", "--model", "model", "--output", "kit", "--formats", "sf2,sfz")
    expectSuccess(kit)
    let samples = try FileManager.default.contentsOfDirectory(atPath: directory.file("kit").path)
      .filter { $0.hasSuffix(".wav") }
    #expect(!samples.isEmpty)
    for name in samples { #expect(try clip("kit/\(name)").channelCount == 2, "\(name)") }
  }

  @Test("A stereo training may begin with a mono model")
  func widened() throws {
    let samples = directory.file("samples")
    try FileManager.default.createDirectory(at: samples, withIntermediateDirectories: false)
    for name in ["low tone", "short tone", "long tone"] {
      try directory.tone("samples/\(name).wav")
      try Data(name.utf8).write(to: directory.file("samples/\(name).txt"))
    }
    let train = ["train", "samples", "--cache", "cache", "--batch-size", "4", "--steps", "2", "--output"]
    let next = try HissProcess.run(train + ["next", "--from", "./model", "--frame", "stereo"], in: directory.url)
    expectSuccess(next)
    #expect(next.errors.contains("nothing is repeated of model, as its clips are mono"))
    let configuration = try String(contentsOf: directory.file("next/config.json"), encoding: .utf8)
    #expect(configuration.contains("\"stereoBandCount\" : 12") && configuration.contains("\"origin\" : \"model\""))
    expectSuccess(
      try directory.hiss("generate", "tone", "--model", "./next", "--duration", "0.5", "--output", "clip.wav"))
    #expect(try clip().channelCount == 2)
    let back = try HissProcess.run(train + ["back", "--from", "./next", "--frame", "mono"], in: directory.url)
    expectSuccess(back)
    #expect(back.errors.contains("--frame mono is not used"), "\(back.errors)")
  }
}
