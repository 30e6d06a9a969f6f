import Storage
import Testing

/// RFC 4180, section 2, rule by rule.
@Suite struct CommaSeparatedValuesTests {
  private func fields(_ text: String) throws -> [[String]] {
    try CommaSeparatedValues.parse(text.utf8).map(\.fields)
  }

  @Test func linesEndWithOrWithoutABreak() throws {
    #expect(try fields("aaa,bbb\r\nzzz,yyy\r\n") == [["aaa", "bbb"], ["zzz", "yyy"]])
    #expect(try fields("aaa,bbb\nzzz,yyy") == [["aaa", "bbb"], ["zzz", "yyy"]])
    #expect(try fields("") == [])
    #expect(try fields("\n\na\n\n") == [["a"]])
  }

  @Test(arguments: ["a", "", "a,b", "say \"hi\"", "a\r\nb", "\"\u{301}x", " a", "a\tb; c|d", "é"])
  func aFieldThatIsWrittenIsReadAgain(text: String) throws {
    let line = "\(CommaSeparatedValues.field(text)),\(CommaSeparatedValues.field("end"))\n"
    #expect(try fields(line) == [[text, "end"]])
  }

  @Test func spacesAndEmptyFieldsCount() throws {
    #expect(try fields(" a ,,\n,b,\"\"\n") == [[" a ", "", ""], ["", "b", ""]])
  }

  @Test func quotedFieldsHoldAnything() throws {
    #expect(try fields("\"a\r\nb\",\"c,d\",\"e\"\"f\"\r\ng,h,i") == [["a\r\nb", "c,d", "e\"f"], ["g", "h", "i"]])
    #expect(try fields("\"ü,é\"") == [["ü,é"]])
  }

  @Test func recordsKnowTheirLines() throws {
    let records = try CommaSeparatedValues.parse("a\n\"b\nb\"\n\nc".utf8)
    #expect(records.map(\.line) == [1, 2, 5])
  }

  @Test(arguments: [
    ("a\nb\"c", 2, "a quote inside an unquoted field"), ("\"a\"b", 1, "text after a closing quote"),
    ("a\n\"b\n\n", 2, "a quote is never closed"),
  ])
  func saysWhereTheFormatIsBroken(text: String, line: Int, reason: String) {
    #expect(throws: CommaSeparatedValues.Fault.self) { try fields(text) }
    let fault = #expect(throws: CommaSeparatedValues.Fault.self) { try fields(text) }
    #expect(fault?.line == line && fault?.reason == reason)
  }

  @Test func refusesBytesThatAreNotText() {
    let fault = #expect(throws: CommaSeparatedValues.Fault.self) {
      try CommaSeparatedValues.parse([0x61, 0x0A, 0xFF])
    }
    #expect(fault?.line == 2)
  }
}
