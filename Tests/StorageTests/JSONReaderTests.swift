import Storage
import Testing

/// RFC 8259 for one object.
@Suite struct JSONReaderTests {
  private func value(_ text: String) throws -> JSONValue? {
    try JSONReader.fields(ArraySlice("{\"x\":\(text)}".utf8)).first?.value
  }

  private func isRefused(_ text: String) -> Bool {
    (try? JSONReader.fields(ArraySlice(text.utf8))) == nil
  }

  @Test func keepsOrderAndDoubles() throws {
    let fields = try JSONReader.fields(ArraySlice(#" { "b" : 1 , "a":"x", "b":null } "#.utf8))
    #expect(fields.map(\.name) == ["b", "a", "b"])
    #expect(fields.map(\.value) == [.number("1"), .text("x"), .null])
  }

  @Test(arguments: ["0", "-0", "12", "-1.5", "1e5", "1E+5", "0.25e-3", "18446744073709551615"])
  func keepsNumbersAsWritten(_ text: String) throws {
    #expect(try value(text) == .number(text))
  }

  @Test(arguments: [
    "01", "+1", ".5", "1.", "1e", "-", "NaN", "nan", "Infinity", "-Infinity", "0x1F", "1_000", "tru", "'x'", "",
  ])
  func refusesWhatIsNoValue(_ text: String) {
    #expect(isRefused("{\"x\":\(text)}"))
  }

  @Test func decodesEscapes() throws {
    #expect(try value(#""\"\\\/\b\f\n\r\t\u00e9\uD83C\uDFBB""#) == .text("\"\\/\u{8}\u{c}\n\r\té🎻"))
    #expect(try value("\"é🎻\"") == .text("é🎻"))
  }

  @Test(arguments: [#""\uD83C""#, #""\uDFBB""#, #""\uD83Cx""#, #""\u12""#, #""\x""#, "\"a\tb\"", "\"open"])
  func refusesBrokenText(_ text: String) {
    #expect(isRefused("{\"x\":\(text)}"))
  }

  @Test func refusesWhatIsNotUTF8() {
    let line = Array("{\"x\":\"".utf8) + [0xFF] + Array("\"}".utf8)
    let fault = #expect(throws: JSONReader.Fault.self) { try JSONReader.fields(ArraySlice(line)) }
    #expect(fault?.column == 6 && fault?.reason == "this text is not UTF-8")
  }

  @Test(arguments: ["", "[]", "{", "{}}", "{} x", "{\"x\"}", "{\"x\":1,}", "{x:1}", "{\"x\":1 \"y\":2}", "null"])
  func refusesWhatIsNoObject(_ text: String) {
    #expect(isRefused(text))
  }

  @Test func readsNestedValuesToADepth() throws {
    let nested = try value(#"{"b":[1.50,{"c":[]}],"a":"]\n\u0001"}"#)
    #expect(
      nested
        == .object([
          JSONField(name: "b", value: .array([.number("1.50"), .object([JSONField(name: "c", value: .array([]))])])),
          JSONField(name: "a", value: .text("]\n\u{1}")),
        ]))
    #expect(nested?.json == #"{"a":"]\n\u0001","b":[1.50,{"c":[]}]}"#)
    #expect(!isRefused("{\"x\":" + String(repeating: "[", count: 32) + String(repeating: "]", count: 32) + "}"))
    #expect(isRefused("{\"x\":" + String(repeating: "[", count: 33) + String(repeating: "]", count: 33) + "}"))
    #expect(isRefused("{\"x\":" + String(repeating: "[", count: 50_000)))
    #expect(isRefused(#"{"x":[1,2}"#) && isRefused(#"{"x":[1,]}"#) && isRefused(#"{"x":{"y":1]}"#))
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let text = "\"\\/\u{8}\u{c}\n\r\t\u{7f}é🎻"
    #expect(try value(JSONText.quoted(text)) == .text(text))
    let ascii = JSONText.ascii(JSONText.quoted(text))
    #expect(ascii.utf8.allSatisfy { $0 < 0x7F } && ascii.hasSuffix(#"\u007f\u00e9\ud83c\udfbb""#))
    #expect(try value(ascii) == .text(text))
  }
}
