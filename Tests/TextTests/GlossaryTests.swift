import Foundation
import Testing
import Text

@Suite("Glossary")
struct GlossaryTests {
  private let glossary: Glossary

  init() throws {
    glossary = try Glossary(
      lines: """
        # A note, and an empty line.

        baby grand\tgrand piano
        fife\tflute piccolo
        grand\tpiano
        jew's harp\tmouth harp
        """)
  }

  @Test("What a prompt's names mean goes behind it, in their order")
  func explaining() {
    #expect(glossary.explaining("a Fife over a baby grand") == "a Fife over a baby grand, flute piccolo, grand piano")
    #expect(glossary.explaining("two fifes, one fife") == "two fifes, one fife, flute piccolo")
    #expect(glossary.explaining("JEW'S HARP, 90 bpm") == "JEW'S HARP, 90 bpm, mouth harp")
    #expect(glossary.explaining("a grand tune") == "a grand tune, piano")
  }

  @Test(
    "A prompt without such names stays as it is",
    arguments: ["", "solo violin", "a fifer", "strife"])
  func unchanged(prompt: String) {
    #expect(glossary.explaining(prompt) == prompt)
    #expect(glossary.entries(in: prompt).isEmpty)
  }

  @Test(
    "A line that is no name with a meaning is told", arguments: ["fife", "fife\t", "\tflute", "fife\tflute\tpiccolo"])
  func malformed(line: String) {
    #expect(throws: Glossary.MalformedLine(number: 3)) { try Glossary(lines: "# note\nuke\tguitar\n\(line)\n") }
  }

  @Test("What captions use is left out, of names within each other the longest; all else stays, notes too")
  func without() throws {
    let lines = "# Note\tof a kind\nbaby grand\tgrand piano\n\nFife\tflute\ngrand\tpiano\nuke\tguitar\n"
    let rest = try Glossary.lines(lines, without: ["two fifes", "a Baby Grand alone"])
    #expect(rest == "# Note\tof a kind\n\ngrand\tpiano\nuke\tguitar\n")
    #expect(try Glossary.lines(lines, without: []) == lines)
    #expect(throws: Glossary.MalformedLine(number: 1)) { try Glossary.lines("uke", without: ["uke"]) }
  }

  @Test("A file is read, and what is wrong with one is told")
  func files() throws {
    try withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("glossary.tsv")
      #expect(throws: TextError.missingFile(path: url.path)) { try Glossary(reading: url) }
      try Data("uke\tguitar\n".utf8).write(to: url)
      #expect(try Glossary(reading: url).explaining("uke") == "uke, guitar")
      try Data("uke guitar".utf8).write(to: url)
      #expect(throws: TextError.unreadable(path: url.path, reason: "line 1 is not a name, a tab and a meaning")) {
        try Glossary(reading: url)
      }
      try Data([0xff, 0xfe]).write(to: url)
      #expect(throws: TextError.unreadable(path: url.path, reason: "it is not UTF-8")) { try Glossary(reading: url) }
    }
  }
}
