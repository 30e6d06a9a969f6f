import Foundation
import TestSupport

extension TemporaryDirectory {
  /// A model that has learned nothing, and twelve tones.
  static func evaluation(clipCount: Int = 12) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    try FileManager.default.createDirectory(at: directory.file("samples"), withIntermediateDirectories: false)
    for clip in 0..<clipCount {
      try directory.tone("samples/tone-\(clip).wav", seconds: 0.3 + 0.05 * Double(clip))
      try Data("a tone, \(clip)".utf8).write(to: directory.file("samples/tone-\(clip).txt"))
    }
    return directory
  }
}
