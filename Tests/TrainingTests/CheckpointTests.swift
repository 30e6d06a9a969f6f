import Denoising
import Foundation
import Synthesis
import Tensors
import Testing
import Training

@Suite("Checkpoint")
struct CheckpointTests {
  private let training: SmallTraining
  private let url: URL

  init() throws {
    training = try SmallTraining(clipCount: 3)
    url = training.samples.file("checkpoint.safetensors")
    let trainer = training.trainer()
    _ = trainer.advance()
    try Checkpoint.write(trainer, to: url)
  }

  @Test("It says how far the training is, and of which plan and scale")
  func state() throws {
    let state = try Checkpoint.state(of: url)
    #expect(state.plan == SmallTraining.plan && state.step == 1 && state.optimizerSteps == 1)
    #expect(state.scale == ValueScale(measuring: training.dataset))
    #expect(state.seconds > 0)
  }

  @Test("A file cut short anywhere is refused in one line, and the trainer stays as it is")
  func truncated() throws {
    let whole = try Data(contentsOf: url)
    for count in [0, 7, 8, 100, whole.count / 2, whole.count - 1] {
      try expectRefusal(whole.prefix(count))
    }
    try expectRefusal(whole + [0])
  }

  @Test("Garbage is refused")
  func garbage() throws {
    try expectRefusal(Data("a checkpoint".utf8))
    try expectRefusal(Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 197) }))
    try FileManager.default.removeItem(at: url)
    try expectRefusal(nil)
  }

  @Test("The checkpoint of another network is refused")
  func otherNetwork() throws {
    for change in 0..<3 {
      var sizes = SmallTraining.sizes
      if change == 0 { sizes.depth = 1 }
      if change == 1 { sizes.depth = 3 }
      if change == 2 { sizes.expansion = 3 }
      try Checkpoint.write(training.trainer(sizes: sizes), to: url)
      try expectRefusal(try Data(contentsOf: url))
    }
  }

  @Test("A part that is missing, of another shape or not finite is refused, though all others are there")
  func missingParts() throws {
    let (tensors, metadata) = try Safetensors.read(url)
    let names = tensors.keys.sorted()
    func write(_ change: (String, Tensor) -> (String, Tensor)?, metadata: [String: String]) throws {
      let changed = names.compactMap { name in tensors[name].flatMap { change(name, $0) } }
      try Safetensors.write(changed.map { (name: $0.0, tensor: $0.1) }, metadata: metadata, to: url)
      try expectRefusal(try Data(contentsOf: url))
    }
    for part in ["network/", "average/", "first/", "second/"] {
      let name = try #require(names.last { $0.hasPrefix(part) })
      try write({ $0 == name ? nil : ($0, $1) }, metadata: metadata)
      try write({ $0 == name ? ($0, $1.reshaped([1] + $1.shape)) : ($0, $1) }, metadata: metadata)
      try write({ $0 == name ? ($0, Tensor($1.shape, repeating: .nan)) : ($0, $1) }, metadata: metadata)
    }
    try write({ ($0, $1) }, metadata: [:])
    try write({ ($0, $1) }, metadata: ["training": "{\"step\":1}"])
    let state = try #require(metadata["training"])
    let negative = state.replacingOccurrences(of: "\"step\":1}", with: "\"step\":-1}")
    #expect(negative != state)
    try write({ ($0, $1) }, metadata: ["training": negative])
  }

  @Test("A file that cannot be written is told, and leaves nothing behind")
  func cannotWrite() throws {
    // A folder that is not empty cannot be replaced by a file.
    let target = training.samples.file("taken")
    try training.samples.write("x", to: "taken/x")
    let before = try names()
    let error = #expect(throws: CheckpointError.self) { try Checkpoint.write(training.trainer(), to: target) }
    if case .cannotWrite(let path, _) = error { #expect(path == target.path) } else { Issue.record("\(error as Any)") }
    #expect(try names() == before)
    #expect(throws: CheckpointError.self) {
      try Checkpoint.write(training.trainer(), to: training.samples.file("nowhere/checkpoint"))
    }
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: training.samples.url.path).sorted()
  }

  /// Restoring from a file of these bytes fails, in one line that names the file, and changes nothing.
  private func expectRefusal(_ bytes: Data?, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try bytes?.write(to: url)
    let trainer = training.trainer()
    _ = trainer.advance()
    let before = try training.state(of: trainer)
    let error = #expect(throws: CheckpointError.self, sourceLocation: sourceLocation) {
      try Checkpoint.restore(trainer, from: url)
    }
    let line = error?.description ?? ""
    #expect(line.hasPrefix(url.path) && !line.contains("\n"), sourceLocation: sourceLocation)
    #expect(try training.state(of: trainer) == before, sourceLocation: sourceLocation)
  }
}
