import Foundation
import TestSupport
import Testing

/// `hiss dataset` as its users run it.
@Suite("hiss dataset") struct DatasetCommandTests {
  private let work: TemporaryDirectory

  init() throws {
    work = try TemporaryDirectory()
    try FileManager.default.createDirectory(at: work.file("mine"), withIntermediateDirectories: true)
    for name in ["EE_Kick_Hard", "EE_Hat_Cl_Dirty", "EE_Pad_Am_90bpm", "EE_Snare_Rim"] {
      try work.tone("mine/\(name).wav")
    }
  }

  @Test("One screen says what is there; --list what was understood, --json all of it")
  func screens() throws {
    let screen = try work.hiss("dataset", "mine")
    #expect(screen.exitCode == 0 && screen.errors.isEmpty, "\(screen.errors)")
    #expect(screen.output.contains("mine: 4 clips") && screen.output.contains("to do:"))
    #expect(screen.outputLines.count < 40 && screen.output.contains("3 files of the same sound as another"))
    let list = try work.hiss("dataset", "mine", "--list")
    #expect(
      list.outputLines.first
        == "EE_Hat_Cl_Dirty.wav: \"dirty closed hi-hat\" (hi-hat; left out: EE)")
    #expect(list.output.contains("EE_Pad_Am_90bpm.wav: \"pad in A minor\" (pad; 90 bpm; A minor; left out: EE)"))
    let json = try work.hiss("dataset", "mine", "--json")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["files"] as? [[String: Any]])?.count == 4 && object["clips"] as? Int == 4)
    #expect(try work.hiss("dataset", "mine", "--list", "--json").exitCode == 64)
    #expect(try work.contents() == ["mine"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: work.file("mine").path).count == 4)
  }

  @Test("--write-metadata writes once; what was mended by hand is not replaced unasked")
  func metadata() throws {
    #expect(try work.hiss("dataset", "mine", "--write-metadata").exitCode == 0)
    let table = work.file("mine/metadata.csv")
    let text = try String(contentsOf: table, encoding: .utf8)
    #expect(
      text.hasPrefix("file_name,text,tempo,key,category\n") && text.contains("EE_Kick_Hard.wav,hard kick drum,,,kick\n")
    )
    let again = try work.hiss("dataset", "mine", "--write-metadata")
    #expect(again.exitCode == 73 && again.errorLines.count == 1 && again.errors.contains("--force"))
    #expect(try String(contentsOf: table, encoding: .utf8) == text)
    #expect(try work.hiss("dataset", "mine", "--write-metadata", "--force").exitCode == 0)
  }

  @Test("--page and --fix write elsewhere, and say so")
  func pages() throws {
    let made = try work.hiss("dataset", "mine", "--page", "page.html", "--fix", "clean")
    #expect(made.exitCode == 0 && made.errors.contains("left out: "), "\(made.errors)")
    #expect(try work.contents() == ["clean", "mine", "page.html"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: work.file("clean").path).contains("metadata.csv"))
    let among = try work.hiss("dataset", "mine", "--fix", "mine/clean")
    #expect(among.exitCode == 73 && among.errorLines.count == 1)
    let again = try work.hiss("dataset", "mine", "--page", "page.html", "--fix", "clean")
    #expect(again.exitCode == 73 && again.errors.contains("already"))
  }

  @Test("No folder, and one without sounds, are said in one line")
  func nothing() throws {
    let missing = try work.hiss("dataset", "none")
    #expect(missing.exitCode == 66 && missing.errorLines.count == 1)
    try FileManager.default.createDirectory(at: work.file("empty"), withIntermediateDirectories: true)
    let empty = try work.hiss("dataset", "empty")
    #expect(empty.exitCode == 65 && empty.errorLines.count == 1)
  }
}
