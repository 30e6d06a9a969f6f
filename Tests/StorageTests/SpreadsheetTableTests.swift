import Storage
import Testing

/// Tables as Excel, LibreOffice, Numbers, Google Sheets and pandas save them.
@Suite struct SpreadsheetTableTests {
  private func table(_ text: String) throws -> SpreadsheetTable { try SpreadsheetTable(text.utf8) }

  private func rows(_ text: String) throws -> [[String]] { try table(text).rows.map(\.values) }

  @Test(arguments: [
    ("file_name,text\na.wav,\"soft, warm\"\n", false), ("file_name;text\r\na.wav;soft, warm\r\n", true),
    ("file_name\ttext\na.wav\tsoft, warm\n", true), ("file_name|text\na.wav|soft, warm", true),
    ("sep=;\r\nfile_name;text\r\na.wav;soft, warm\r\n", true), ("\"sep=;\"\nfile_name;text\na.wav;soft, warm", true),
    ("\u{FEFF}file_name;text\na.wav;soft, warm", true), ("file_name;text\ra.wav;soft, warm\r", true),
    ("\n;;\n \n\"file_name\";\"text\"\n\na.wav;soft, warm\n;\n", true),
    (" file_name ,text, ,\na.wav,\"soft, warm\",,\n,,,\n", false),
  ])
  func everyDialectIsTheSameTable(text: String, mayHaveDecimalCommas: Bool) throws {
    let table = try table(text)
    #expect(table.columns == ["file_name", "text"])
    #expect(table.rows.map(\.values) == [["a.wav", "soft, warm"]])
    #expect(table.faults.isEmpty && table.remarks.isEmpty)
    #expect(table.mayHaveDecimalCommas == mayHaveDecimalCommas)
  }

  @Test func aRowMayEndEarly() throws {
    #expect(try rows("a,b,c\n1\n1,,3\n") == [["1", "", ""], ["1", "", "3"]])
    #expect(try table("a,b\n1,2\n").rows[0].line == 2)
    #expect(try rows(",a,b\n0,1,2\n1,3,\n") == [["1", "2"], ["3", ""]])
    #expect(try table("\n\na;b\n\n\"1\n1\";2\n3;4").rows.map(\.line) == [5, 7])
    #expect(try table("sep=,\na,b\n1,2\n").line == 2)
  }

  /// A comma in a prompt without quotes.
  @Test func moreValuesThanNamesAreFaults() throws {
    let table = try table("id,prompt\na,soft, warm\nb,loud,\n")
    #expect(table.faults == [.init(line: 2, reason: "3 values, and the header names 2 fields")])
    #expect(table.rows.map(\.values) == [["b", "loud"]])
    #expect(try self.table("id,prompt,\na,soft, warm\n").faults.map(\.line) == [2])
  }

  @Test func quotesWithinAFieldStay() throws {
    #expect(
      try rows("id;prompt\na;12\" drum, \"big\"\nb;\"say \"\"hi\"\"\"\n") == [
        ["a", "12\" drum, \"big\""], ["b", "say \"hi\""],
      ])
  }

  @Test func oneColumnIsATable() throws {
    #expect(try rows("text\nsoft; warm\n") == [["soft; warm"]])
    #expect(try rows("") == [] && table("").columns == [])
  }

  @Test func otherCharactersAreRead() throws {
    let text = "id;prompt\r\na;Flöte – weich\r\n"
    let wide: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let bigWide: [UInt8] = [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for bytes in [wide, bigWide] {
      let table = try SpreadsheetTable(bytes)
      #expect(table.rows.map(\.values) == [["a", "Flöte – weich"]] && table.remarks.isEmpty)
    }
    let windows = text.unicodeScalars.map { $0 == "–" ? UInt8(0x96) : UInt8($0.value) }
    let table = try SpreadsheetTable(windows)
    #expect(table.rows.map(\.values) == [["a", "Flöte – weich"]])
    #expect(table.remarks == ["it is not UTF-8, and is read as Windows-1252"])
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0xFF, 0x00], 2, "not UTF-8 text"), ([0x61, 0x81], 1, "not UTF-8 text"),
      ([0xFF, 0xFE, 0x61], 1, "UTF-16 text that is damaged"),
      ([0xFE, 0xFF, 0xD8, 0x00], 1, "UTF-16 text that is damaged"),
      ([0x50, 0x4B, 3, 4, 20], 1, "a workbook (.xlsx, .ods) rather than text: save it as CSV"),
      ([0x61, 0x0A, 0x22], 2, "a quote is never closed"),
    ] as [([UInt8], Int, String)])
  func whatIsNoTableSaysSo(bytes: [UInt8], line: Int, reason: String) {
    let fault = #expect(throws: CommaSeparatedValues.Fault.self) { try SpreadsheetTable(bytes) }
    #expect(fault == .init(line: line, reason: reason))
  }
}
