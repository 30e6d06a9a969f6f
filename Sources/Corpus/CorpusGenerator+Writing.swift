import Audio
public import Foundation
import Music
import Storage
import Synchronization

extension CorpusGenerator {
  /// How the audio is stored, by the file name's extension; samples have 16 bits either way.
  public enum Container: String, Sendable, CaseIterable {
    case flac, wav
  }

  /// A line of `metadata.jsonl`, in the layout of Hugging Face's audiofolder.
  public struct MetadataLine: Codable, Equatable, Sendable {
    public var fileName: String
    public var text: String
    /// The clip in other words; absent where there are none.
    public var captions: [String]?
    /// The file of the notes; absent of sounds.
    public var midi: String?
    public var labels: ClipLabels

    private enum CodingKeys: String, CodingKey {
      case fileName = "file_name"
      case text, captions, midi, labels
    }

    /// Writes `metadata.jsonl` into a folder, clip by clip.
    /// - Throws: `cannotWrite`.
    static func write(
      count: Int, to folder: URL, progress: ((Int, Int) -> Void)? = nil, line: (Int) -> MetadataLine
    ) throws(CorpusError) {
      let url = CorpusGenerator.metadata(in: folder)
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      do {
        var text = Data()
        for index in 0..<count {
          text += try encoder.encode(line(index))
          text.append(UInt8(ascii: "\n"))
          progress?(index + 1, count)
        }
        try DurableFile.makeFolder(folder)
        try DurableFile.writeShared(text, to: url)
      } catch {
        throw .cannotWrite(path: url.path, reason: error.systemReason)
      }
    }
  }

  /// Writes clips 0 ..< count with their MIDI, or every so many of them, and `metadata.jsonl` once all are there.
  ///
  /// Files appear under their names only when complete; those that are there already beside the same notes are kept, so that a
  /// run that was stopped goes on where it was. The same seed and count give the same bytes. Several processes may each write a
  /// share into one folder: who sees all clips when its own are done describes them. That is the last one at least; others
  /// write the same bytes.
  /// - Parameters:
  ///   - share: 0 ..< shares, which clips are written here: those whose number leaves this rest.
  ///   - threads: how many clips are made at once; each thread renders with a synthesizer of its own.
  ///   - progress: called with the number of clips done and that of all here, from any thread, one call at a time.
  /// - Returns: how many clips are of this share, and whether all are there.
  /// - Throws: `cannotWrite` or `synthesizerFailed`; the first failure stops the rest.
  @discardableResult
  public func write(
    count: Int, to directory: URL, container: Container = .flac, share: Int = 0, of shares: Int = 1,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount, progress: (@Sendable (Int, Int) -> Void)? = nil
  ) throws(CorpusError) -> (clips: Int, isWhole: Bool) {
    precondition(count >= 0 && threads >= 1, "A corpus of \(count) clips on \(threads) threads cannot be made")
    precondition((0..<shares).contains(share), "There is no share \(share) of \(shares)")
    let own = Array(stride(from: share, to: count, by: shares))
    do { try DurableFile.makeFolder(directory) } catch {
      throw .cannotWrite(path: directory.path, reason: error.systemReason)
    }
    let state = Mutex(WritingState())
    DispatchQueue.concurrentPerform(iterations: min(threads, max(own.count, 1))) { _ in
      while let place = state.withLock({ $0.take(below: own.count) }) {
        do throws(CorpusError) {
          try writeClip(own[place], to: directory, container: container)
        } catch {
          state.withLock { $0.failure = $0.failure ?? error }
        }
        state.withLock { state in
          state.done += 1
          progress?(state.done, own.count)
        }
      }
    }
    if let failure = state.withLock({ $0.failure }) { throw failure }
    let isWhole = shares == 1 || holdsAll(count, directory, container)
    if isWhole { try writeMetadata(count: count, to: directory, container: container) }
    return (own.count, isWhole)
  }

  private func holdsAll(_ count: Int, _ directory: URL, _ container: Container) -> Bool {
    (0..<count).allSatisfy { holds($0, recipe($0), directory, container) }
  }

  /// Whether a clip is there, beside its own notes. The audio is written last, so it is whole and the same then.
  private func holds(_ index: Int, _ recipe: ClipRecipe, _ directory: URL, _ container: Container) -> Bool {
    FileManager.default.fileExists(atPath: Self.audio(index, in: directory, container).path)
      && Self.notes(of: recipe, index, in: directory).allSatisfy { (try? Data(contentsOf: $0.url)) == $0.data }
  }

  static func audio(_ index: Int, in directory: URL, _ container: Container) -> URL {
    directory.appending(path: "\(stem(index)).\(container.rawValue)")
  }

  /// A clip's files beside its audio, with what they hold.
  static func notes(of recipe: ClipRecipe, _ index: Int, in directory: URL) -> [(url: URL, data: Data)] {
    recipe.notes.map { (directory.appending(path: "\(stem(index)).\($0.pathExtension)"), $0.data) }
  }

  private struct WritingState {
    var next = 0
    var done = 0
    var failure: CorpusError?

    mutating func take(below count: Int) -> Int? {
      guard next < count, failure == nil else { return nil }
      next += 1
      return next - 1
    }
  }

  static func stem(_ index: Int) -> String {
    let digits = String(index)
    return "clip-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
  }

  private func writeClip(_ index: Int, to directory: URL, container: Container) throws(CorpusError) {
    let (audio, recipe) = (Self.audio(index, in: directory, container), recipe(index))
    if holds(index, recipe, directory, container) { return }
    // Beside other notes (another seed's) it has to go before they do.
    try? FileManager.default.removeItem(at: audio)
    let clip = try render(recipe)
    for (url, data) in Self.notes(of: recipe, index, in: directory) {
      do { try DurableFile.writeShared(data, to: url) } catch {
        throw .cannotWrite(path: url.path, reason: error.systemReason)
      }
    }
    do {
      try AudioFile.write(clip.audio, to: audio, sampleFormat: .pcm16)
    } catch .cannotWrite(let path, let reason) {
      throw .cannotWrite(path: path, reason: reason)
    } catch {
      throw .cannotWrite(path: audio.path, reason: error.description)
    }
  }

  /// Composed again rather than kept: composing takes microseconds, and needs no state between runs.
  private func writeMetadata(count: Int, to directory: URL, container: Container) throws(CorpusError) {
    try MetadataLine.write(count: count, to: directory) {
      recipe($0).metadata(stem: Self.stem($0), container: container)
    }
  }
}
