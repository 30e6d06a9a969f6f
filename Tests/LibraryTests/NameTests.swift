import Foundation
import Library
import TestSupport
import Testing

/// What files are called.
@Suite struct NameTests {
  @Test func namesFollowEachOther() throws {
    let small = try SmallLibrary()
    let numbered = try (0..<21).map { try small.store("tone_01", hertz: 200 + Double($0)).name }
    #expect(numbered == (1...21).map { String(format: "tone_%02d", $0) })
    let plain = try (0..<9).map { try small.store("hum", hertz: 300 + Double($0)).name }
    #expect(plain == ["hum"] + (2...9).map { "hum-\($0)" })
    #expect(try small.store("tone_98", hertz: 500).name == "tone_98")
  }

  @Test func filesThatNobodyKnowsAreLeft() throws {
    let small = try SmallLibrary()
    for name in ["Clips/tone_01.wav", "Picks/tone_02.wav", "Bin/tone_03.wav"] {
      try Data("mine".utf8).write(to: small.url.appending(path: name))
    }
    #expect(try small.store("tone_01").name == "tone_04")
    #expect(try String(contentsOf: small.url.appending(path: "Clips/tone_01.wav"), encoding: .utf8) == "mine")
  }
}
