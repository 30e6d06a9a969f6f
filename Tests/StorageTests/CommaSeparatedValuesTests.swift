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
    #expect(try fields("a,b\rc,\"d\re\"\r") == [["a", "b"], ["c", "d\ne"]])
    #expect(try fields("\n\na\n\n") == [["a"]])
  }

  @Test func spacesAndEmptyFieldsCount() throws {
    #expect(try fields(" a ,,\n,b,\"\"\n") == [[" a ", "", ""], ["", "b", ""]])
  }

  @Test func quotedFieldsHoldAnything() throws {
    #expect(try fields("\"a\r\nb\",\"c,d\",\"e\"\"f\"\r\ng,h,i") == [["a\r\nb", "c,d", "e\"f"], ["g", "h", "i"]])
    #expect(try fields("\"ü,é\"") == [["ü,é"]])
  }

  /// What spreadsheets write for commas, by locale and format.
  @Test(arguments: [
    ("a;b;c,d\n1;2;3", ";"), ("a\tb\n1;2\t3", "\t"), ("a,b;c,d\n", ","), ("\"a;b;c\",d\n", ","), ("a\n1;2\n", ","),
    ("\n\na;b\n", ";"), ("sep=;\na,b,c;d\n", ";"), ("sep=,\r\na;b;c,d\n", ","), ("", ","),
  ])
  func theFirstLineTellsTheSeparator(text: String, separator: Character) throws {
    let table = try CommaSeparatedValues.table(text.utf8)
    #expect(table.separator == separator && table.mayHaveDecimalCommas == (separator != ","))
    #expect(!table.records.contains { $0.fields.contains { $0.hasPrefix("sep=") } })
  }

  @Test func textOfSixteenBitsIsRead() throws {
    let text = "a\tü\r\n🎹\tc"
    let little: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [little, big] {
      #expect(try CommaSeparatedValues.parse(bytes).map(\.fields) == [["a", "ü"], ["🎹", "c"]])
    }
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
