import Audio
public import Foundation
public import Parallelism
import Spectra
public import Storage
import Synthesis
import Tensors

/// A page with all clips of a folder: spectrogram, player, prompt, length and seed of each.
public struct ContactSheet: Sendable {
  /// Files that look like sounds and are none that can be read, a line each.
  public let problems: [String]
  private let folder: URL
  private let clips: [SheetClip]
  private let failures: [LedgerEntry]

  /// Reads a folder's clips, in the order of their names.
  /// - Throws: `AudioFileError.missing` when there is no such folder, `empty` when there are no clips in it.
  public init(
    folder: URL, threads: Int = Parallel.coreCount, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
      throw AudioFileError.missing(path: folder.path)
    }
    let ledger = Ledger(folder: folder)
    try ledger.refresh()
    // A pack has folders, whose clips its ledger knows.
    let deeper = ledger.files.filter { $0.contains("/") && FileIdentity.isTaken(folder.appendingPathComponent($0)) }
    let sounds = (names + deeper).filter {
      !$0.hasPrefix(".") && AudioFile.readableExtensions.contains(URL(fileURLWithPath: $0).pathExtension.lowercased())
    }.sorted { $0.compare($1, options: .numeric) == .orderedAscending }
    let mel = MelSpectrogram()
    let done = Count()
    let read = Parallel.map(sounds.count, threads: threads) { index -> Result<SheetClip, any Error> in
      defer { progress(done.increment(), sounds.count) }
      return Result { try SheetClip(folder.appendingPathComponent(sounds[index]), name: sounds[index], mel) }
    }
    clips = read.compactMap { try? $0.get() }
    problems = read.compactMap { if case .failure(let error) = $0 { "\(error)" } else { nil } }
    failures = ledger.entries.filter { $0.state == .failed }.sorted { $0.id < $1.id }
    self.folder = folder
    guard !clips.isEmpty else { throw AudioFileError.empty(path: folder.path) }
  }

  /// Writes the page, whole.
  /// - Parameter embedsAudio: whether the sounds go into the page, rather than being found beside it.
  /// - Throws: `StorageError.cannotWrite`.
  public func write(to page: URL, embedsAudio: Bool = false) throws(StorageError) {
    let isBeside = page.deletingLastPathComponent().standardizedFileURL.path == folder.standardizedFileURL.path
    let cards = clips.enumerated().map { card($1, number: $0 + 1, embedsAudio: embedsAudio, isBeside: isBeside) }
    let html = SheetPage.html(
      title: folder.standardizedFileURL.lastPathComponent, cards: cards,
      failures: failures.map { "\($0.id): \($0.reason ?? "")" }, seconds: clips.reduce(0) { $0 + $1.duration })
    try DurableFile.writeShared(PageMark.sealed(html).utf8, to: page)
  }

  /// Whether a file is such a page of a folder that nobody has changed.
  public static func isSheet(_ page: URL, of folder: URL) -> Bool {
    PageMark.stands(SheetPage.mark(folder.standardizedFileURL.lastPathComponent), in: page)
  }

  private func card(_ clip: SheetClip, number: Int, embedsAudio: Bool, isBeside: Bool) -> SheetPage.Card {
    let name = clip.name
    var source = name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? name
    if !isBeside { source = clip.url.standardizedFileURL.absoluteString }
    if embedsAudio, let data = try? Data(contentsOf: clip.url) {
      source = "data:\(Self.mediaType(clip.url));base64,\(data.base64EncodedString())"
    }
    let request = clip.tags?.request
    var facts = [String(format: "%.1f s", clip.duration)]
    if let request { facts.append("seed \(request.seed)") }
    if let tags = clip.tags { facts.append(tags.model) }
    return SheetPage.Card(
      number: number, name: name, prompt: request?.prompt ?? name, facts: facts.joined(separator: " · "),
      picture: "data:image/png;base64,\(clip.picture.base64EncodedString())",
      source: isBeside && !embedsAudio ? "./" + source : source, json: clip.tags?.json ?? "")
  }

  private static func mediaType(_ url: URL) -> String {
    switch url.pathExtension.lowercased() {
    case "flac": "audio/flac"
    case "ogg", "oga", "opus": "audio/ogg"
    case "mp3": "audio/mpeg"
    case "aif", "aiff": "audio/aiff"
    default: "audio/wav"
    }
  }

  /// Counts over several threads.
  private final class Count: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0

    func increment() -> Int {
      lock.withLock {
        value += 1
        return value
      }
    }
  }
}
