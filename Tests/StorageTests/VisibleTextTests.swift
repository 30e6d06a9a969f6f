import Foundation
import Storage
import Testing

@Suite("Text from elsewhere") struct VisibleTextTests {
  @Test(
    "What could command a terminal is shown",
    arguments: [
      ("plain text, ünïcödé, 钢琴 🎹", "plain text, ünïcödé, 钢琴 🎹"),
      ("\u{1B}[31mred\u{1B}[0m", "\\u{1B}[31mred\\u{1B}[0m"),
      ("two\nlines\r\t", "two\\nlines\\r\\t"),
      ("a\u{9B}2Jb", "a\\u{9B}2Jb"),
      ("bell\u{7}, delete\u{7F}, null\u{0}", "bell\\u{7}, delete\\u{7F}, null\\u{0}"),
      ("\u{202E}vaw.evil\u{2066}", "\\u{202E}vaw.evil\\u{2066}"),
      ("line\u{2028}paragraph\u{2029}", "line\\u{2028}paragraph\\u{2029}"),
      ("نمی\u{200C}خواهم 👩\u{200D}🎤", "نمی\u{200C}خواهم 👩\u{200D}🎤"),
    ])
  func escapes(text: String, shown: String) { #expect(VisibleText.of(text) == shown) }

  @Test func aLongTextLosesItsMiddle() {
    let text = "begin" + String(repeating: "x", count: 3_000_000) + "end"
    let shown = VisibleText.of(text, limit: 60)
    #expect(shown.count == 60 && shown.hasPrefix("begin") && shown.hasSuffix("end") && shown.contains("…"))
    #expect(VisibleText.of("short", limit: 5) == "short")
    #expect(VisibleText.of("longer", limit: 5).count == 5)
  }

  @Test func jsonSaysTheSame() throws {
    let value = ["a\u{9B}2J": "\u{202E}x\u{7F} é 🎹 \u{1B}"]
    let encoder = JSONEncoder()
    let json = VisibleText.ofJSON(String(decoding: try encoder.encode(value), as: UTF8.self))
    #expect(!json.unicodeScalars.contains { ["\u{9B}", "\u{202E}", "\u{7F}", "\u{1B}"].contains($0) })
    #expect(json.contains("é 🎹"))
    #expect(try JSONDecoder().decode([String: String].self, from: Data(json.utf8)) == value)
  }

  @Test("A page is known by its mark, as long as nobody has changed it") func marks() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "hiss-page-\(UUID().uuidString).html")
    defer { try? FileManager.default.removeItem(at: url) }
    #expect(!PageMark.stands("a <b>", in: url))
    let page = PageMark.sealed("<html><head>\(PageMark.element("a <b>"))</head><body>seven clips</body></html>\n")
    try Data(page.utf8).write(to: url)
    #expect(PageMark.stands("a <b>", in: url) && !PageMark.stands("a", in: url))
    for other in [
      page.replacing("seven", with: "eight"), page + " ", String(page.dropLast(30)), String(page.dropFirst()), "",
      PageMark.sealed("<html>"),
    ] {
      try Data(other.utf8).write(to: url)
      #expect(!PageMark.stands("a <b>", in: url))
    }
  }
}

@Suite("Lines of progress") struct ProgressTextTests {
  @Test("fit the terminal, whatever it is", arguments: [200, 80, 60, 41, 40, 30, 20, 10, 3, 1])
  func fits(columns: Int) {
    for title in ["", "Reading", "Reading 一个很长的文件夹名字", "Reading " + String(repeating: "long", count: 40)] {
      let line = ProgressText.line(title, share: 0.5, "123 of 246, 3 min 20 s left", columns: columns)
      #expect(ProgressText.width(of: line) <= columns, "\(line)")
    }
  }

  @Test func theBarGrowsShortFirst() {
    #expect(
      ProgressText.line("Denoising", share: 0.25, "1 of 4", columns: 80)
        == "Denoising ██████░░░░░░░░░░░░░░░░░░ 1 of 4")
    #expect(ProgressText.line("Denoising", share: 0.5, "2 of 4", columns: 25) == "Denoising ████░░░░ 2 of 4")
    #expect(ProgressText.line("Denoising", share: 0.5, "2 of 4", columns: 18) == "Denoising 2 of 4")
    #expect(ProgressText.line("Denoising", share: 0.5, "2 of 4", columns: 12) == "Deno… 2 of 4")
    #expect(ProgressText.line("", share: nil, "step 5 of 10: loss 0.1", columns: 10) == "step 5 of…")
  }

  @Test func namesCommandNoTerminal() {
    let line = ProgressText.line("Reading \u{1B}[2Jx\n", share: nil, "1 of 2", columns: 80)
    #expect(line == "Reading \\u{1B}[2Jx\\n 1 of 2")
  }
}
