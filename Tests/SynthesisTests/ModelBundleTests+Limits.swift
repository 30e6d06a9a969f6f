import Denoising
import Foundation
import Layers
import Spectra
import Synthesis
import Tensors
import Testing
import Text

extension ModelBundleTests {
  /// A network of terabytes in a file of kilobytes: the file is asked first. A pipe, and a device without an end.
  @Test("A configuration that asks for more than there is, or that is no file")
  func hugeConfigurations() throws {
    func wide(_ change: (inout ModelConfiguration) -> Void) throws {
      var changed = SmallModel.configuration
      change(&changed)
      try JSONEncoder().encode(changed).write(to: configuration)
      let error = #expect(throws: ModelError.self) { try ModelBundle(reading: folder) }
      guard case .weights(.shape)? = error else {
        Issue.record("\(error as Any)")
        return
      }
    }
    try wide { ($0.denoiser.width, $0.denoiser.depth, $0.denoiser.expansion) = (8192, 256, 16) }
    try wide { ($0.denoiser.bottleneckWidth, $0.denoiser.alignmentWidth) = (8192, 8192) }
    var loud = SmallModel.configuration
    loud.scale.deviation = 3e38
    try JSONEncoder().encode(loud).write(to: configuration)
    try expect(
      .unreadable(
        path: configuration.path, reason: "its scale is no mean and deviation of numbers between -1 and 1"), at: folder)
    try FileManager.default.removeItem(at: configuration)
    #expect(mkfifo(configuration.path, 0o600) == 0)
    let kind = "it is a folder, a pipe or a device, and a file is wanted"
    try expect(.unreadable(path: configuration.path, reason: kind), at: folder)
    try FileManager.default.removeItem(at: configuration)
    try FileManager.default.createSymbolicLink(atPath: configuration.path, withDestinationPath: "/dev/zero")
    try expect(.unreadable(path: configuration.path, reason: kind), at: folder)
  }

  /// Three gigabytes without a byte on the disk behind a header that is in order: not even hashed.
  @Test("Weights that are larger than their header says are refused by their size")
  func sparseWeights() throws {
    let length = try Data(contentsOf: weights).count
    #expect(truncate(weights.path, 3 << 30) == 0)
    let start = ContinuousClock.now
    for _ in 0..<20 {
      let error = #expect(throws: ModelError.self) { try ModelBundle.hash(of: folder) }
      guard case .weights(.file(.wrongLength(weights.path, let found, let expected)))? = error else {
        Issue.record("\(error as Any)")
        return
      }
      #expect(found - expected == 3 << 30 - length)
    }
    // Twenty readings of three gigabytes would take twenty times as long at least.
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test("Weights of a network that nobody has memory for are refused by their number")
  func tooLarge() throws {
    var sizes = SmallModel.configuration
    (sizes.denoiser.width, sizes.denoiser.headCount, sizes.denoiser.depth) = (8192, 256, 1)
    try JSONEncoder().encode(sizes).write(to: configuration)
    let count = 1 << 42
    let header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[\(count)],\"data_offsets\":[0,\(count)]}}"
    try (withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8)).write(
      to: weights)
    guard truncate(weights.path, off_t(8 + header.utf8.count + count)) == 0 else { return }
    let error = #expect(throws: ModelError.self) { try ModelBundle(reading: folder) }
    switch error {
    case .tooLarge(weights.path, 4 << 42, _), .weights(.file(.unreadable(weights.path, _))): break
    default: Issue.record("\(error as Any)")
    }
    expectOneLine(error, naming: weights)
  }

  @Test("A text encoder of another width than the model's is told before anything is made with it")
  func encoders() throws {
    try model.bundle.check(model.encoder)
    var other = SmallModel.configuration
    other.denoiser.textWidth = 384
    let bundle = ModelBundle(
      directory: folder, configuration: other, denoiser: DiffusionTransformer(other.denoiser, RandomSource(seed: 1)))
    let error = ModelError.otherEncoder(
      path: folder.path, encoder: model.encoder.directory.path, width: 8, wanted: 384)
    #expect(throws: error) { try bundle.check(model.encoder) }
    expectOneLine(error, naming: folder)
  }
}
