import Audio
public import Foundation
import GRDB
import Storage

/// What came of adding files.
public struct AddingReport: Sendable, Equatable {
  public var added: [LibraryClip] = []
  /// Files that the library has already, byte for byte.
  public var present = 0
  /// Files that were not added, with the reason.
  public var refused: [(path: String, reason: String)] = []

  public static func == (left: Self, right: Self) -> Bool {
    left.added == right.added && left.present == right.present && left.refused.map(\.path) == right.refused.map(\.path)
      && left.refused.map(\.reason) == right.refused.map(\.reason)
  }
}

extension ClipLibrary {
  /// Copies clips that Hiss made into the library; the files stay where they are. Of a folder all sounds, and those of its
  /// folders.
  /// - Parameter takesAll: whether sounds are taken too that Hiss did not make.
  /// - Throws: `LibraryError` where the library fails; what a file is lacking is in the report.
  public func add(
    _ urls: [URL], takesAll: Bool = false, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(LibraryError) -> AddingReport {
    var report = AddingReport()
    let files = urls.flatMap { url -> [URL] in
      let found = Self.sounds(in: url)
      if found.isEmpty { report.refused.append((url.path, "there is no sound")) }
      return found
    }
    for (index, url) in files.enumerated() {
      progress(index, files.count)
      try add(url, takesAll: takesAll, to: &report)
    }
    progress(files.count, files.count)
    return report
  }

  private func add(_ url: URL, takesAll: Bool, to report: inout AddingReport) throws(LibraryError) {
    if url.standardizedFileURL.path.hasPrefix(folder.url.path + "/") {
      return report.refused.append((url.path, "it lies in the library; `hiss library rebuild` takes it in"))
    }
    let bytes: [UInt8]
    let file: SoundFile
    do {
      file = try SoundFile(url)
      bytes = Array(try SmallFile.read(url, limit: Self.largestFile))
    } catch { return report.refused.append((url.path, Self.reason(error, url))) }
    let hash = StableHash.hexadecimal(bytes.withUnsafeBytes { StableHash.of($0) })
    let isThere = try read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM clips WHERE hash = ? AND byteCount = ? AND isPurged = 0)",
        arguments: [hash, bytes.count])
    }
    if isThere == true {
      report.present += 1
      return
    }
    guard let facts = file.facts ?? (takesAll ? Self.facts(ofStranger: url) : nil) else {
      return report.refused.append((url.path, "Hiss did not make it; --all adds it too"))
    }
    let made = file.made(facts, hash: hash, byteCount: bytes.count)
    let new = IncomingClip(
      facts: facts, measures: file.measures, fileExtension: url.pathExtension.lowercased(), hash: hash,
      byteCount: bytes.count, createdAt: made.clip.createdAt, group: made.clip.id)
    try writeFlushed(bytes, to: incoming(made.clip.id))
    report.added.append(try admit(new, id: made.clip.id))
  }

  /// In bytes: an hour of stereo.
  private static let largestFile = 1 << 30

  private static func facts(ofStranger url: URL) -> ClipFacts {
    let name = url.deletingPathExtension().lastPathComponent
    var facts = ClipFacts(name: name)
    (facts.prompt, facts.caption, facts.kind) = (name, name, "import")
    return facts
  }

  private static func reason(_ error: any Error, _ url: URL) -> String {
    let text = "\(error)"
    return text.hasPrefix(url.path + ": ") ? String(text.dropFirst(url.path.count + 2)) : text
  }

  /// The file itself, or the sounds of a folder and of its folders, hidden ones left out.
  private static func sounds(in url: URL) -> [URL] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return [url] }
    guard isFolder.boolValue else { return [url] }
    let walk = FileManager.default.enumerator(
      at: url, includingPropertiesForKeys: [.isRegularFileKey], options: [.skipsHiddenFiles])
    return (walk?.allObjects ?? []).compactMap { $0 as? URL }
      .filter { AudioFile.readableExtensions.contains($0.pathExtension.lowercased()) }
      .sorted { $0.path < $1.path }
  }
}
