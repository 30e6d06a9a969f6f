import Audio
import Foundation
import Storage

/// One walk through a folder of samples.
struct AudioFolderScan {
  private let root: String
  private var clips: [CaptionedClip] = []
  private var warnings: [String] = []
  private var listed: Set<String> = []
  private var unlisted: [(manifest: String, first: String, count: Int)] = []
  private var namedByFile: [CaptionedClip] = []
  private var visited: Set<[UInt64]> = []

  init(root: String) {
    self.root = root
  }

  /// Takes in the folder at `path`, relative to the root; "" is the root itself.
  mutating func visit(_ path: String, manifest inherited: String? = nil) throws(DatasetError) {
    let folder = absolute(path)
    guard let status = FileStatus(folder), status.isFolder else { throw .notAFolder(path: folder) }
    guard visited.insert(status.identity).inserted else { return }
    let entries = try Self.entries(of: folder)
    let manifest = try readManifest(in: path, entries: entries) ?? inherited
    let present = Set(entries)
    for entry in entries {
      let name = path.isEmpty ? entry : "\(path)/\(entry)"
      guard let status = FileStatus(absolute(name)) else { continue }
      if status.isFolder {
        try visit(name, manifest: manifest)
      } else if status.isFile, Self.isAudio(entry) {
        if let manifest {
          noteUnlisted(name, manifest: manifest)
        } else {
          try addUnmanaged(name, beside: present)
        }
      }
    }
  }

  /// The clips and warnings of the whole walk.
  consuming func finished() throws(DatasetError) -> (clips: [CaptionedClip], warnings: [String]) {
    guard !clips.isEmpty else { throw .noAudio(path: root) }
    if let first = namedByFile.first {
      warnings.append(
        "\(namedByFile.count) of \(clips.count) clips have no caption, so their file names stand in"
          + " (\"\(first.caption)\" for \(first.name))")
    }
    for (manifest, first, count) in unlisted {
      let files = count == 1 ? "1 audio file is" : "\(count) audio files are"
      warnings.append("\(files) not listed in \(manifest) and left out (\(first))")
    }
    let empty = clips.filter(\.caption.isEmpty)
    if let first = empty.first {
      warnings.append("\(empty.count) of \(clips.count) clips have an empty caption (\(first.name))")
    }
    clips.sort { ($0.name, $0.caption) < ($1.name, $1.caption) }
    return (clips, warnings)
  }

  // MARK: Manifests

  private mutating func readManifest(in path: String, entries: [String]) throws(DatasetError) -> String? {
    let found = AudioFolderManifest.fileNames.filter(entries.contains)
    guard let file = found.first else { return nil }
    let manifest = absolute(path.isEmpty ? file : "\(path)/\(file)")
    if found.count > 1 { warnings.append("\(manifest) is read, and \(found[1]) beside it is ignored") }
    var missing: [String] = []
    for (line, record) in try AudioFolderManifest.read(manifest) {
      guard let file = record.fields[CaptionRecord.fileField], !record.captions.isEmpty else {
        let wanted = record.captions.isEmpty ? "text, caption or prompt" : CaptionRecord.fileField
        throw .badManifest(path: manifest, line: line, reason: "no \(wanted)")
      }
      guard let inside = Self.pathInside(file) else {
        throw .badManifest(path: manifest, line: line, reason: "\"\(file)\" is not a path inside the folder")
      }
      let name = path.isEmpty ? inside : "\(path)/\(inside)"
      guard let status = FileStatus(absolute(name)), status.isFile else {
        missing.append(inside)
        continue
      }
      listed.insert(name)
      clips.append(clip(name, captions: record.captions, labels: record.labels))
    }
    if let first = missing.first { throw .missingAudio(manifest: manifest, first: first, count: missing.count) }
    return manifest
  }

  private mutating func noteUnlisted(_ name: String, manifest: String) {
    guard !listed.contains(name) else { return }
    if let index = unlisted.firstIndex(where: { $0.manifest == manifest }) {
      unlisted[index].count += 1
    } else {
      unlisted.append((manifest, name, 1))
    }
  }

  /// `path` without needless components; nil when it is absolute, climbs out, or names nothing.
  private static func pathInside(_ path: String) -> String? {
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard !path.hasPrefix("/"), !parts.isEmpty, !parts.contains("..") else { return nil }
    return parts.joined(separator: "/")
  }

  // MARK: Without a manifest

  private mutating func addUnmanaged(_ name: String, beside entries: Set<String>) throws(DatasetError) {
    let record = try captionFile(of: name, beside: entries)
    if let record, !record.captions.isEmpty {
      clips.append(clip(name, captions: record.captions, labels: record.labels))
    } else {
      let named = clip(name, captions: [Self.caption(fromName: name)], labels: record?.labels ?? [:])
      clips.append(named)
      namedByFile.append(named)
    }
  }

  private func captionFile(of name: String, beside entries: Set<String>) throws(DatasetError) -> CaptionRecord? {
    let stem = (name as NSString).deletingPathExtension
    let entry = (stem as NSString).lastPathComponent
    if entries.contains("\(entry).txt") {
      let path = absolute("\(stem).txt")
      guard let text = String(validating: try AudioFolderManifest.bytes(of: path), as: UTF8.self) else {
        throw .badCaptionFile(path: path, reason: "not UTF-8 text")
      }
      let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      return CaptionRecord(fields: ["text": lines.filter { !$0.isEmpty }.joined(separator: " ")])
    }
    guard entries.contains("\(entry).json") else { return nil }
    let path = absolute("\(stem).json")
    let bytes = try AudioFolderManifest.bytes(of: path)
    do throws(CaptionRecord.Fault) {
      return try CaptionRecord(json: bytes)
    } catch {
      throw .badCaptionFile(path: path, reason: error.reason)
    }
  }

  /// The words in a path: "Pads/warm_pad-03.wav" gives "Pads warm pad". A number at the end of the file's name only
  /// tells takes apart, unless there is nothing else.
  private static func caption(fromName name: String) -> String {
    var parts = (name as NSString).deletingPathExtension.split(separator: "/").map { part in
      part.split { "_-. ".contains($0) }
    }
    if var last = parts.popLast() {
      while last.count > 1 || !parts.isEmpty, let word = last.last, word.allSatisfy(\.isWholeNumber) {
        last.removeLast()
      }
      parts.append(last)
    }
    return parts.joined().joined(separator: " ")
  }

  // MARK: Files

  private func clip(_ name: String, captions: [String], labels: [String: String]) -> CaptionedClip {
    let url = URL(fileURLWithPath: absolute(name), isDirectory: false)
    return CaptionedClip(audio: url, name: name, captions: captions, labels: labels)
  }

  private func absolute(_ name: String) -> String {
    name.isEmpty ? root : "\(root)/\(name)"
  }

  private static func isAudio(_ entry: String) -> Bool {
    AudioFile.readableExtensions.contains((entry as NSString).pathExtension.lowercased())
  }

  /// What lies in a folder, hidden files aside, in a stable order.
  private static func entries(of folder: String) throws(DatasetError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
    } catch {
      throw .unreadable(path: folder, reason: error.systemReason)
    }
  }
}
