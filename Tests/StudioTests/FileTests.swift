import Foundation
import NIOCore
import Studio
import TestSupport
import Testing

@Suite struct FileTests {
  @Test(arguments: [
    ("bytes=0-0", ByteRange.part(0..<1)), ("bytes=2-5", .part(2..<6)), ("bytes=5-", .part(5..<10)),
    ("bytes=-3", .part(7..<10)), ("bytes=-99", .part(0..<10)), ("bytes=8-99", .part(8..<10)), ("bytes=10-", .none),
    ("bytes=99-100", .none), ("bytes=-0", .none), ("bytes=5-2", .whole), ("bytes=0-1,3-4", .whole),
    ("items=0-1", .whole),
    ("bytes=", .whole), ("bytes=-", .whole), ("bytes=a-b", .whole), ("bytes=0-99999999999999999999999", .whole),
    ("bytes=--1", .whole), ("bytes=1--2", .whole),
  ])
  func rangesAreReadAsTheStandardHasThem(header: String, expected: ByteRange) {
    #expect(ByteRange.parse(header, byteCount: 10) == expected)
  }

  @Test func nothingIsARangeOfAnEmptyFile() {
    #expect(ByteRange.parse("bytes=0-", byteCount: 0) == .none)
    #expect(ByteRange.parse("bytes=-1", byteCount: 0) == .none)
  }

  // MARK: Multipart

  private func read(_ body: [UInt8], pieces: Int, boundary: String = "X") throws -> (name: String, bytes: [UInt8]) {
    var reader = try MultipartReader(contentType: "multipart/form-data; boundary=\(boundary)")
    var (name, bytes) = ("", [UInt8]())
    for start in stride(from: 0, to: body.count, by: pieces) {
      for event in try reader.read(ByteBuffer(bytes: body[start..<min(start + pieces, body.count)])) {
        switch event {
        case .file(let given): name = given
        case .bytes(let more): bytes += more
        case .end: break
        }
      }
    }
    try reader.finish()
    return (name, bytes)
  }

  private func form(_ content: [UInt8], name: String = "a.wav") -> [UInt8] {
    Array("--X\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n".utf8)
      + Array("--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n".utf8) + content
      + Array("\r\n--X--\r\n".utf8)
  }

  @Test(arguments: [1, 2, 3, 7, 64, 100_000]) func aFileComesWholeHoweverItIsCut(pieces: Int) throws {
    // What looks nearly like a boundary is content.
    let content = Array("\r\n--\r\n-X\r\n--Y--\r\n--".utf8) + (0..<500).map { UInt8($0 % 256) } + Array("\r\n-".utf8)
    let read = try read(form(content), pieces: pieces)
    #expect(read.name == "a.wav" && read.bytes == content)
  }

  @Test func anEmptyFileIsOne() throws { #expect(try read(form([]), pieces: 10).bytes.isEmpty) }

  @Test(arguments: [
    "", "--X", "--X\r\n\r\n", "--X--\r\n", "nothing of this kind",
    "--X\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\nabc",
  ])
  func whatIsNoFormIsRefused(body: String) {
    #expect(throws: Problem.self) { _ = try read(Array(body.utf8), pieces: 5) }
  }

  @Test func twoFilesAreRefused() {
    let one = String(decoding: form(Array("a".utf8)).dropLast(4), as: UTF8.self)
    #expect(throws: Problem.self) {
      _ = try read(
        Array((one + "\r\nContent-Disposition: form-data; filename=\"b\"\r\n\r\nb\r\n--X--\r\n").utf8), pieces: 9)
    }
  }

  @Test func headersWithoutEndAreRefused() {
    let body = Array("--X\r\nA: ".utf8) + [UInt8](repeating: 0x61, count: 1 << 20)
    #expect(throws: Problem.self) { _ = try read(body, pieces: 4096) }
  }

  @Test(arguments: [
    nil, "application/json", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=\(String(repeating: "a", count: 100))",
  ])
  func aBoundaryIsWanted(type: String?) {
    #expect(throws: Problem.self) { _ = try MultipartReader(contentType: type) }
  }

  // MARK: ZIP

  @Test func checksumsAreThoseOfTheStandard() {
    var checksum = CyclicChecksum()
    checksum.add(Array("123456789".utf8))
    #expect(checksum.value == 0xCBF4_3926)
  }

  @Test func archivesAreReadByOthers() throws {
    let files = [("a.wav", [UInt8](repeating: 7, count: 1000)), ("ä/b.mid", Array("MThd".utf8)), ("empty", [])]
    let entries = files.map { ZIPStream.Entry(name: $0.0, byteCount: $0.1.count) }
    var (archive, bytes) = (ZIPStream(), [UInt8]())
    for (entry, file) in zip(entries, files) {
      bytes += archive.begin(entry) + file.1
      var checksum = CyclicChecksum()
      checksum.add(file.1)
      bytes += archive.end(checksum: checksum.value)
    }
    bytes += archive.directory()
    #expect(bytes.count == ZIPStream.byteCount(entries))
    let folder = try TemporaryDirectory()
    let file = try folder.write(bytes, as: "a.zip")
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import zipfile,sys; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print([(i.filename,i.file_size) for i in z.infolist()])",
      file.path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(text == "[('a.wav', 1000), ('ä/b.mid', 4), ('empty', 0)]\n")
  }

  @Test func namesForSavingCommandNothing() {
    let name = FileAnswer.disposition("a\"; b=\r\nSet-Cookie: x.wav")
    #expect(!name.contains("\r") && !name.contains("\n") && name.filter { $0 == "\"" }.count == 2)
  }
}
