import Foundation
import Tensors
import Testing

/// Reference: the rules of https://github.com/huggingface/safetensors, and what breaks them.
@Suite("Safetensors headers")
struct SafetensorsHeaderTests {
  static let float2 = #""dtype":"F32","shape":[2],"data_offsets""#

  @Test("No tensor has a million dimensions, and no file a million tensors")
  func bounds() {
    func refuses(_ json: String, _ reason: String) {
      let length = withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { Data($0) }
      let error = #expect(throws: SafetensorsError.self) {
        try SafetensorsFile(data: length + Data(json.utf8), path: "f")
      }
      #expect("\(error.map { "\($0)" } ?? "")".contains(reason))
    }
    let ones = Array(repeating: "1", count: 1_000_000).joined(separator: ",")
    refuses(#"{"a":{"dtype":"U8","shape":[\#(ones)],"data_offsets":[0,1]}}"#, "more than 64 dimensions")
    let entries = (0...1 << 17).map { #""\#($0)":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}"# }
    refuses("{\(entries.joined(separator: ","))}", "more than 131072 tensors")
  }

  @Test(
    "Each rule of the format is checked",
    arguments: [
      (#"{"a":{\#(float2):[0,8]},"a":{\#(float2):[8,16]}}"#, 16, .duplicateName(path: "f", name: "a")),
      (#"{"a":{\#(float2):[0,8],"dtype":"F32"}}"#, 8, .duplicateName(path: "f", name: "dtype")),
      (#"{"__metadata__":{"k":"1","k":"2"}}"#, 0, .duplicateName(path: "f", name: "k")),
      (
        #"{"a":{"dtype":"F12","shape":[2],"data_offsets":[0,3]}}"#, 3,
        .unknownType(path: "f", name: "a", type: "F12")
      ),
      (#"{"a":{\#(float2):[0,9]}}"#, 9, .sizeMismatch(path: "f", name: "a", shape: [2], type: "F32", byteCount: 9)),
      (#"{"a":{\#(float2):[8,0]}}"#, 8, .sizeMismatch(path: "f", name: "a", shape: [2], type: "F32", byteCount: -8)),
      (
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0,
        .sizeMismatch(path: "f", name: "a", shape: [1 << 62, 4], type: "F32", byteCount: 0)
      ),
      (
        #"{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}"#, 0,
        .sizeMismatch(path: "f", name: "a", shape: [1 << 61], type: "F64", byteCount: 0)
      ),
      (#"{"a":{\#(float2):[8,16]}}"#, 16, .misplaced(path: "f", name: "a", begin: 8, expected: 0)),
      (
        #"{"b":{\#(float2):[4,12]},"a":{\#(float2):[0,8]}}"#, 12,
        .misplaced(path: "f", name: "b", begin: 4, expected: 8)
      ),
      (#"{"a":{\#(float2):[0,8]}}"#, 7, .wrongLength(path: "f", byteCount: 7, expected: 8)),
      (#"{"a":{\#(float2):[0,8]}}"#, 9, .wrongLength(path: "f", byteCount: 9, expected: 8)),
      (#"{} x"#, 0, .malformedHeader(path: "f", offset: 3, reason: "something after the closing brace")),
      (#"[]"#, 0, .malformedHeader(path: "f", offset: 0, reason: "no \"{\"")),
      (#"{"a":{\#(float2):[0,8.0]}}"#, 8, .malformedHeader(path: "f", offset: 51, reason: "no \"]\"")),
      (#"{"a":{\#(float2):[0,-8]}}"#, 8, .malformedHeader(path: "f", offset: 50, reason: "no whole number")),
      (#"{"a":{\#(float2):[0,08]}}"#, 8, .malformedHeader(path: "f", offset: 52, reason: "no whole number")),
      (
        #"{"a":{\#(float2):[0,99999999999999999999]}}"#, 8,
        .malformedHeader(path: "f", offset: 70, reason: "a number too large")
      ),
      (
        #"{"a":{\#(float2):[0]}}"#, 8,
        .malformedHeader(path: "f", offset: 51, reason: "no dtype, shape and pair of data_offsets for \"a\"")
      ),
      (#"{"a":{"color":1}}"#, 0, .malformedHeader(path: "f", offset: 14, reason: "the unknown field \"color\"")),
      (#"{"\ud800":"#, 0, .malformedHeader(path: "f", offset: 8, reason: "half a surrogate pair")),
      (#"{"abc"#, 0, .malformedHeader(path: "f", offset: 5, reason: "the end within a string")),
    ] as [(String, Int, SafetensorsError)])
  func rules(json: String, dataLength: Int, expected: SafetensorsError) {
    #expect(throws: expected) { try open(Array(json.utf8), dataLength: dataLength) }
    #expect(!expected.description.contains("\n"))
    #expect(expected.description.hasPrefix("f: "))
  }

  @Test("The length of the header is bounded before it is believed, and its text has to be UTF-8")
  func headerBytes() throws {
    #expect(throws: SafetensorsError.truncated(path: "f", byteCount: 7)) {
      try SafetensorsFile(data: Data(count: 7), path: "f")
    }
    #expect(throws: SafetensorsError.truncated(path: "f", byteCount: 12)) {
      try SafetensorsFile(data: Data([5, 0, 0, 0, 0, 0, 0, 0]) + Data("{ } ".utf8), path: "f")
    }
    for length in [100_000_001, UInt64.max] {
      let data = withUnsafeBytes(of: length) { Data($0) } + Data("{}".utf8)
      #expect(throws: SafetensorsError.headerTooLong(path: "f", byteCount: length)) {
        try SafetensorsFile(data: data, path: "f")
      }
    }
    #expect(throws: SafetensorsError.malformedHeader(path: "f", offset: 0, reason: "text that is not UTF-8")) {
      try open(Array("{\"".utf8) + [0xFF] + Array("\":{}}".utf8), dataLength: 0)
    }
    #expect(try open(Array(" {} \n".utf8), dataLength: 0).names.isEmpty)
    let escapes = #"{"__metadata__" : {"k" : "\"\\\/\b\f\n\r\t\u00e9\ud83d\uDE00"} }"#
    let expected = "\"\\/\u{8}\u{C}\n\r\té😀"
    #expect(try open(Array(escapes.utf8), dataLength: 0).metadata == ["k": expected])
  }

  @Test("Errors stay on one line, whatever the file calls its tensors")
  func oneLine() {
    let error = SafetensorsError.unknownType(path: "a.safetensors", name: "x\ny", type: "\r\n")
    #expect(error.description == #"a.safetensors: tensor "x\ny" has the unknown element type "\r\n""#)
  }

  @Test("Damaged files are refused or read, never read past, over 6,000 random corruptions")
  func mutations() throws {
    let originals = try ["types", "float16"].map { try Data(contentsOf: reference("safetensors-\($0).safetensors")) }
    var random = RandomSource(seed: 11)
    var refused = 0
    for round in 0..<6000 {
      var bytes = [UInt8](originals[round % 2])
      let headerEnd = 8 + Int(bytes[0]) + 256 * Int(bytes[1])
      for _ in 0...random.integer(below: 4) {
        // Mostly within the header, where a change matters.
        let place = random.integer(below: random.integer(below: 4) == 0 ? bytes.count : min(headerEnd, bytes.count))
        switch random.integer(below: 5) {
        case 0: bytes[place] = UInt8(random.integer(below: 256))
        case 1: bytes[place] ^= 1 << UInt8(random.integer(below: 8))
        case 2: bytes.remove(at: place)
        case 3: bytes.insert(UInt8(ascii: #"0123456789[]{}",:\"#.randomScalar(&random)), at: place)
        default: bytes.removeLast(min(bytes.count - 1, random.integer(below: 40)))
        }
      }
      do {
        let file = try SafetensorsFile(data: Data(bytes), path: "f")
        for name in file.names {
          let tensor = try file.tensor(named: name)
          #expect(tensor.count == tensor.shape.reduce(1, *))
        }
      } catch {
        #expect(!error.description.contains { $0.isNewline })
        refused += 1
      }
    }
    #expect(refused > 4000)
  }

  @discardableResult
  private func open(_ header: [UInt8], dataLength: Int) throws(SafetensorsError) -> SafetensorsFile {
    let length = withUnsafeBytes(of: UInt64(header.count)) { Data($0) }
    return try SafetensorsFile(data: length + Data(header) + Data(count: dataLength), path: "f")
  }
}

extension String {
  fileprivate func randomScalar(_ random: inout RandomSource) -> Unicode.Scalar {
    let scalars = Array(unicodeScalars)
    return scalars[random.integer(below: scalars.count)]
  }
}
