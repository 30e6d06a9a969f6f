import Foundation
import Tensors
import Testing

/// Reference files: scripts/reference/safetensors.py, by the Python packages safetensors and torch.
@Suite("Safetensors")
struct SafetensorsTests {
  @Test("Every element type is read as the reference implementation wrote it")
  func elementTypes() throws {
    let (tensors, metadata) = try Safetensors.read(reference("safetensors-types.safetensors"))
    #expect(metadata == ["note": "line\none \"two\" \\ ü 😀"])
    #expect(tensors["double"]?.values == [0.1, -2.5e-3, .infinity, -0.0])
    #expect(tensors["float"]?.shape == [2, 3])
    #expect(tensors["float"]?.values == (0..<6).map { Float($0) / 7 })
    #expect(tensors["half"]?.values == [0.1, -65504, 6e-8].map { Float(Float16($0)) })
    #expect(tensors["half"]?.shape == [1, 3])
    let brain: [UInt32] = [0x3DCD, 0xFF62, 0x0001]
    #expect(tensors["brain"]?.values == brain.map { Float(bitPattern: $0 << 16) })
    #expect(tensors["long"]?.values == [-1, 0x1p24, 0x1p40])
    #expect(tensors["int"]?.values == [-7, 0x1p31])
    #expect(tensors["short"]?.values == [-300, 300])
    #expect(tensors["signed byte"]?.values == [-128, 127])
    #expect(tensors["byte"]?.values == [0, 255, 3])
    #expect(tensors["bool"]?.values == [1, 0, 1])
    #expect(tensors["empty"]?.shape == [0, 3])
    #expect(tensors["scalar"]?.shape == [])
    #expect(tensors["scalar"]?.values == [3.5])
    #expect(tensors["quo\"te\\ü\n😀"]?.values == [1])
    #expect(tensors.count == 13)
  }

  @Test(
    "What is written equals the reference implementation's file byte for byte", arguments: Safetensors.Format.allCases)
  func sameBytes(format: Safetensors.Format) throws {
    let raw = try Data(contentsOf: reference("safetensors-values.f32"))
    let values = raw.withUnsafeBytes { [Float]($0.bindMemory(to: Float.self)) }
    let tensors = [
      (name: "a.grid", tensor: Tensor([4, values.count / 4], values)),
      (name: "b.first", tensor: Tensor([5], Array(values.prefix(5)))),
    ]
    try withTemporaryDirectory { directory in
      let url = directory.appendingPathComponent("out.safetensors")
      try Data("older".utf8).write(to: url)
      try Safetensors.write(tensors, metadata: ["format": "pt"], as: format, to: url)
      #expect(try Data(contentsOf: url) == Data(contentsOf: reference("safetensors-\(format).safetensors")))
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["out.safetensors"])
    }
  }

  @Test(
    "Tensors, names and metadata survive writing and reading",
    arguments: [Safetensors.Format.float32, .float16, .bfloat16])
  func roundTrip(format: Safetensors.Format) throws {
    // More than one chunk of the writer; whole numbers up to 256 are exact in every format.
    let large = Tensor([300, 1000], (0..<300_000).map { Float($0 % 257) })
    let tensors = [
      (name: "z \"\\\u{1F}\u{7}\n", tensor: large), (name: "none", tensor: Tensor([0, 4])),
      (name: "ä/😀", tensor: Tensor([], [-.infinity])), (name: "nan", tensor: Tensor([1], [.nan])),
    ]
    let metadata = ["b": "\t2", "a": "\"1\"", "": ""]
    try withTemporaryDirectory { directory in
      let url = directory.appendingPathComponent("out")
      try Safetensors.write(tensors, metadata: metadata, as: format, to: url)
      let file = try SafetensorsFile(url)
      #expect(file.names == tensors.map(\.name))
      #expect(file.metadata == metadata)
      for (name, tensor) in tensors {
        let read = try file.tensor(named: name, shape: tensor.shape)
        #expect(read.values.elementsEqual(tensor.values) { $0 == $1 || ($0.isNaN && $1.isNaN) })
        #expect(file.shape(of: name) == tensor.shape)
        #expect(file.elementType(of: name)?.rawValue == format.rawValue)
      }
      let once = try Data(contentsOf: url)
      #expect(once.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) } % 8 == 0)
      try Safetensors.write(tensors, metadata: metadata, as: format, to: url)
      #expect(try Data(contentsOf: url) == once)
    }
  }

  @Test("Files that cannot be read or written, and tensors that are not there, are told apart")
  func worldlyErrors() throws {
    try withTemporaryDirectory { directory in
      let absent = directory.appendingPathComponent("absent")
      #expect(throws: SafetensorsError.missing(path: absent.path)) { try SafetensorsFile(absent) }
      #expect { try SafetensorsFile(directory) } throws: { error in
        guard case .unreadable? = error as? SafetensorsError else { return false }
        return true
      }
      let nowhere = absent.appendingPathComponent("x.safetensors")
      #expect { try Safetensors.write([], to: nowhere) } throws: { error in
        guard case .cannotWrite(nowhere.path, _)? = error as? SafetensorsError else { return false }
        return true
      }
      let url = directory.appendingPathComponent("out")
      try Safetensors.write([(name: "a", tensor: Tensor([2, 3]))], to: url)
      let file = try SafetensorsFile(url)
      #expect(throws: SafetensorsError.noSuchTensor(path: url.path, name: "b")) { try file.tensor(named: "b") }
      #expect(throws: SafetensorsError.wrongShape(path: url.path, name: "a", shape: [2, 3], expected: [3, 2])) {
        try file.tensor(named: "a", shape: [3, 2])
      }
      #expect(throws: SafetensorsError.noSuchTensor(path: url.path, name: "b")) { try file.bytes(named: "b") }
      #expect(throws: SafetensorsError.wrongType(path: url.path, name: "a", type: "F32", expected: "U8")) {
        try file.bytes(named: "a")
      }
      #expect(file.shape(of: "b") == nil)
    }
  }

  private func withTemporaryDirectory(_ body: (URL) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory)
  }
}

/// A file of the reference folder.
func reference(_ name: String) -> URL {
  Bundle.module.bundleURL.appendingPathComponent("Reference").appendingPathComponent(name)
}
