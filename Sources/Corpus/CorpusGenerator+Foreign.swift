public import Foundation
import Music

extension CorpusGenerator {
  /// The first file in a folder that `write` would replace, and that is no part of this very corpus: a clip or notes of another
  /// seed, captions that somebody wrote or changed; nil when there is none.
  public func foreignFile(in directory: URL, count: Int, container: Container = .flac) -> URL? {
    let present = Set((try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? [])
    guard !present.isEmpty else { return nil }
    for index in 0..<count {
      let notes = Self.notes(of: recipe(index), index, in: directory)
      for file in notes where present.contains(file.url.lastPathComponent) {
        guard (try? Data(contentsOf: file.url)) == file.data else { return file.url }
      }
      // The notes are written first: where another process has just written both, they are there by now.
      let audio = Self.audio(index, in: directory, container)
      if present.contains(audio.lastPathComponent),
        !notes.allSatisfy({ FileManager.default.fileExists(atPath: $0.url.path) })
      {
        return audio
      }
    }
    return hasOwnMetadata(in: directory) ? nil : Self.metadata(in: directory)
  }

  static func metadata(in directory: URL) -> URL { directory.appending(path: "metadata.jsonl") }

  /// Whether the folder's captions are this corpus', of however many clips and with however many captions each; or it has none.
  private func hasOwnMetadata(in directory: URL) -> Bool {
    guard let text = try? String(contentsOf: Self.metadata(in: directory), encoding: .utf8) else {
      return !FileManager.default.fileExists(atPath: Self.metadata(in: directory).path)
    }
    return text.split(separator: "\n").enumerated().allSatisfy { index, line in
      guard let read = try? JSONDecoder().decode(MetadataLine.self, from: Data(line.utf8)) else { return false }
      let recipe = recipe(index)
      return read.midi == recipe.midi.map { _ in "\(Self.stem(index)).mid" } && read.text == recipe.caption
        && read.labels == recipe.labels
    }
  }
}
