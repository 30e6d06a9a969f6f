import Foundation
import Testing
import Training

/// `metadata.csv` as Excel, LibreOffice, Numbers and Google write it.
@Suite("Manifests from spreadsheets")
struct SpreadsheetTests {
  private let folder: SampleFolder

  init() throws {
    folder = try SampleFolder()
    for name in ["a.wav", "b.wav"] { try folder.write(Data(), to: name) }
  }

  private func scan() throws -> (clips: [CaptionedClip], warnings: [String]) { try AudioFolder.scan(folder.url) }

  @Test(
    "Semicolons, tabs, marks, capitals, blank rows and trailing separators",
    arguments: [
      "file_name;text;tempo\na.wav;soft, warm;92,5\nb.wav;\"hard; cold\";120\n",
      "\u{FEFF}File_Name;Text;Tempo\r\na.wav;soft, warm;92,5\r\nb.wav;hard; cold;120\r\n",
      "file_name\ttext\ttempo\na.wav\tsoft, warm\t92,5\nb.wav\thard; cold\t120",
      "sep=;\r\nFILE NAME;TEXT;TEMPO\r\na.wav;soft, warm;92,5\r\nb.wav;\"hard; cold\";120\r\n",
      "file_name,text,tempo,,\na.wav,\"soft, warm\",92.5,,\n,,,,\nb.wav,hard; cold,120,,\n,,,,\n,,,,\n",
      "file_name,text,tempo\na.wav,\"soft, warm\",92.5,,,\nb.wav,hard; cold,120\n , \n",
      "\n\nFilename,Text,Tempo\n\na.wav,\"soft, warm\",92.5\n\nb.wav,hard; cold,120\n\n",
      "file_name;text;tempo\ra.wav;soft, warm;92,5\rb.wav;\"hard; cold\";120\r",
      "text,tempo,file-name\n\"soft, warm\",92.5,a.wav\nhard; cold,120,b.wav\n",
    ])
  func readsWhatSpreadsheetsWrite(table: String) throws {
    // Unquoted, a semicolon in a caption would be a separator.
    let table = table.replacingOccurrences(of: ";hard; cold;", with: ";\"hard; cold\";")
    try folder.write(table, to: "metadata.csv")
    let (clips, warnings) = try scan()
    #expect(clips.map(\.name) == ["a.wav", "b.wav"] && warnings.isEmpty)
    #expect(clips.map(\.caption) == ["soft, warm", "hard; cold"])
    #expect(clips.map { $0.labels["tempo"] } == ["92.5", "120"])
  }

  @Test("Excel's Unicode text: UTF-16 with tabs", arguments: [true, false])
  func unicodeText(isLittle: Bool) throws {
    let text = "file_name\ttext\r\na.wav\tein Flügel 🎹\r\nb.wav\t钢琴\r\n"
    var bytes: [UInt8] = isLittle ? [0xFF, 0xFE] : [0xFE, 0xFF]
    for unit in text.utf16 {
      let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      bytes += isLittle ? pair : pair.reversed()
    }
    try folder.write(Data(bytes), to: "metadata.tsv")
    #expect(try scan().clips.map(\.caption) == ["ein Flügel 🎹", "钢琴"])
    // Half of a character.
    try folder.write(Data(bytes.dropLast()), to: "metadata.tsv")
    #expect(throws: DatasetError.self) { try scan() }
  }

  @Test("Captions keep their decimal commas, other fields get points where commas stand for them")
  func decimalCommas() throws {
    try folder.write(
      "file_name;text;a;b;c;d\na.wav;4,5;4,5;-1,25;1,2,3;x,5\nb.wav;x;,5;5,;1;\n", to: "metadata.csv")
    let clips = try scan().clips
    #expect(clips[0].caption == "4,5")
    #expect(clips[0].labels == ["a": "4.5", "b": "-1.25", "c": "1,2,3", "d": "x,5"])
    #expect(clips[1].labels == ["a": ",5", "b": "5,", "c": "1", "d": ""])
  }

  @Test(
    "What is wrong is said of the manifest",
    arguments: [
      ("metadata.csv", "", "lists no audio files"), ("metadata.csv", "file_name,text\n", "lists no audio files"),
      ("metadata.jsonl", "\n\n", "lists no audio files"),
      ("metadata.csv", "name,words\na.wav,x\n", "its fields are name, words"),
      ("metadata.csv", "file_name,text,\na.wav,x,y\n", "line 2: 3 values, and the header names 2 fields"),
      ("metadata.csv", "file_name,text\n,x\n", "line 2: no file_name"),
      ("metadata.jsonl", "[{\"file_name\": \"a.wav\", \"text\": \"x\"}]", "line 1: "),
    ])
  func namesTheManifest(name: String, text: String, words: String) throws {
    try folder.write(text, to: name)
    let error = #expect(throws: DatasetError.self) { try scan() }
    let line = error?.description ?? ""
    #expect(line.hasPrefix(folder.file(name).path) && line.contains(words), "\(line)")
  }

  @Test("A table that is not read is named")
  func otherTables() throws {
    try folder.write(Data(), to: "metadata.xlsx")
    let (clips, warnings) = try scan()
    #expect(clips.count == 2 && warnings.contains { $0.contains("metadata.xlsx") && $0.contains("metadata.csv") })
  }

  @Test("Lines of JSON with capitals in the names of their fields")
  func capitalsInJSON() throws {
    try folder.write(
      #"{"File_Name": "a.wav", "Text": "x", "Tempo": 90, "Key": "A minor"}"# + "\n"
        + #"{"file_name": "b.wav", "text": "y", "Text": "a label"}"#, to: "metadata.jsonl")
    let clips = try scan().clips
    #expect(clips.map(\.caption) == ["x", "y"])
    #expect(clips.map(\.labels) == [["tempo": "90", "Key": "A minor"], ["Text": "a label"]])
  }
}
