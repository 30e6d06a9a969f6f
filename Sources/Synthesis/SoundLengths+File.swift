package import Foundation
import Storage

/// `lengths.tsv` beside a model's weights: a line a clip, with its seconds, whether it dies away, its category and its
/// caption.
extension SoundLengths {
  package static let fileName = "lengths.tsv"
  private static let heading = "# How long the sounds are that the model learned from: seconds, end, category, caption."
  private static let longestFile = 4 << 20
  private static let (ends, goesOn) = ("dies away", "goes on")
  /// In seconds; a clip is no longer.
  private static let longest = 86_400.0

  static func url(inModel folder: URL) -> URL { folder.appendingPathComponent(fileName) }

  /// Whether a file is such a list.
  package static func isList(_ url: URL) -> Bool { (try? SoundLengths(reading: url)) != nil }

  /// Reads the list of a model's folder; nil where there is none.
  /// - Throws: `ModelError.unreadable`.
  static func installed(inModel folder: URL) throws(ModelError) -> SoundLengths? {
    let url = url(inModel: folder)
    return FileManager.default.fileExists(atPath: url.path) ? try SoundLengths(reading: url) : nil
  }

  /// - Throws: `ModelError.unreadable`.
  package init(reading url: URL) throws(ModelError) {
    let data: Data
    do { data = try SmallFile.read(url, limit: Self.longestFile) } catch {
      throw .unreadable(path: url.path, reason: error.description)
    }
    guard let text = String(data: data, encoding: .utf8), text.hasPrefix(Self.heading) else {
      throw .unreadable(path: url.path, reason: "it is no list of lengths")
    }
    var clips: [Clip] = []
    for (number, line) in text.split(whereSeparator: \.isNewline).enumerated().dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 4, let seconds = Double(fields[0]), (0...Self.longest).contains(seconds),
        [Self.ends, Self.goesOn].contains(String(fields[1]))
      else { throw .unreadable(path: url.path, reason: "line \(number + 1) is no clip and its length") }
      clips.append(
        Clip(
          category: String(fields[2]), caption: String(fields[3]), seconds: seconds,
          diesAway: fields[1] == Self.ends))
    }
    self.init(clips)
  }

  /// Writes the list into a model's folder.
  /// - Throws: `ModelError.cannotWrite`.
  package func write(inModel folder: URL) throws(ModelError) {
    let lines = clips.map { clip in
      let texts = [clip.category, clip.caption].map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      return ([String(format: "%.3f", clip.seconds), clip.diesAway ? Self.ends : Self.goesOn] + texts)
        .joined(separator: "\t")
    }
    let url = Self.url(inModel: folder)
    do {
      try DurableFile.write(([Self.heading] + lines).map { $0 + "\n" }.joined().utf8, to: url)
    } catch {
      throw .cannotWrite(path: url.path, reason: error.systemReason)
    }
  }
}
