import Audio
import Foundation
import Storage

/// One walk through a folder of samples.
struct AudioFolderScan {
  private let root: String
  private let names: NameTable?
  /// Clips without a caption, whose names are read when all are known.
  private var unnamed: [CaptionedClip] = []
  private var clips: [CaptionedClip] = []
  private var notes: AudioFolderNotes
  private var listed: Set<String> = []
  /// The folders that have a manifest.
  private var managed: [String] = []
  private var visited: Set<[UInt64]> = []
  private var listings: [String: FolderListing] = [:]

  /// - Parameter names: nil where there is no such table.
  init(root: String, names: NameTable?) {
    self.root = root
    self.names = names
    notes = AudioFolderNotes(root: root)
  }

  /// Takes in the folder at `path`, relative to the root; "" is the root itself.
  mutating func visit(_ path: String, manifest inherited: String? = nil) throws(DatasetError) {
    let folder = absolute(path)
    guard let status = FileStatus(folder), status.isFolder else { throw .notAFolder(path: folder) }
    guard visited.insert(status.identity).inserted else { return }
    let listing = try listing(of: path)
    for name in listing.unreadableNames { notes.add(Self.joined(path, name), as: .nameNotText) }
    let manifest = try readManifest(in: path, listing) ?? inherited
    for entry in listing.names { try take(Self.joined(path, entry), beside: listing, manifest: manifest) }
  }

  /// What lies in a folder: another folder, a sample, or nothing of interest.
  private mutating func take(
    _ name: String, beside listing: FolderListing, manifest: String?
  ) throws(DatasetError) {
    let isAudio = AudioFileKind(name) == .readable
    guard let status = FileStatus(absolute(name)) else {
      notes.add(name, as: .unreachable(reason: FileStatus.problem(with: absolute(name))))
      return
    }
    if status.isFolder {
      try visit(subfolder: name, manifest: manifest)
    } else if AudioFileKind(name) == .foreign, !listed.contains(name) {
      notes.add(name, as: .foreignFormat)
    } else if isAudio, !status.isFile {
      notes.add(name, as: .noFile)
    } else if isAudio, let manifest {
      if !listed.contains(name) { notes.add(name, as: .unlisted(manifest: manifest)) }
    } else if isAudio {
      try addUnmanaged(name, beside: listing)
    }
  }

  private mutating func visit(subfolder name: String, manifest: String?) throws(DatasetError) {
    guard !AudioFileKind.isOfTheSystem(folder: (name as NSString).lastPathComponent) else {
      notes.add(name, as: .systemFolder)
      return
    }
    do throws(DatasetError) {
      try visit(name, manifest: manifest)
    } catch .unreadable(path: absolute(name), reason: let reason) {
      notes.add(name, as: .unreadableFolder(reason: reason))
    }
  }

  /// The clips and warnings of the whole walk.
  consuming func finished() throws(DatasetError) -> AudioFolder.Contents {
    let readings = readNames()
    guard !clips.isEmpty else { throw notes.reasonForNothing }
    clips.sort { ($0.name, $0.caption) < ($1.name, $1.caption) }
    return AudioFolder.Contents(
      clips: clips, warnings: notes.lines(of: clips, readings), readings: readings, manifests: managed)
  }

  /// Gives the clips without a caption what their names say; labels that are given win over those of names.
  private mutating func readNames() -> [String: NameReading] {
    guard !unnamed.isEmpty else { return [:] }
    if names == nil { notes.say("Models/names.tsv is not beside the program: names are read as they are written") }
    let reader = NameReader((clips + unnamed).lazy.map(\.name), table: names ?? .empty)
    var readings: [String: NameReading] = [:]
    for clip in unnamed {
      let reading = reader.reading(of: clip.name)
      readings[clip.name] = reading
      clips.append(
        CaptionedClip(
          audio: clip.audio, name: clip.name, captions: [reading.caption],
          labels: clip.labels.merging(reading.labels) { given, _ in given }))
    }
    return readings
  }

  // MARK: Manifests

  private mutating func readManifest(in path: String, _ listing: FolderListing) throws(DatasetError) -> String? {
    let found = AudioFolderManifest.fileNames.compactMap { listing.find($0) }.filter { name in
      FileStatus(absolute(Self.joined(path, name)))?.isFile == true
    }
    for name in AudioFolderManifest.unreadNames.compactMap({ listing.find($0) }) where found.isEmpty {
      notes.add(Self.joined(path, name), as: .unreadManifest)
    }
    guard let file = found.first else { return nil }
    let manifest = absolute(Self.joined(path, file))
    for other in found.dropFirst() { notes.say("\(manifest) is read, and \(other) beside it is ignored") }
    notes.manifests.append(manifest)
    managed.append(path)
    var missing: [String] = []
    var remarks: [String] = []
    let rows = try AudioFolderManifest.read(manifest) { remarks.append($0) }
    for remark in remarks { notes.say(remark) }
    for (line, record) in rows {
      guard let file = record.fields[CaptionRecord.fileField], !file.isEmpty, !record.captions.isEmpty else {
        throw .badManifest(path: manifest, line: line, reason: AudioFolderManifest.lack(of: record))
      }
      guard let inside = AudioFolderManifest.pathsInside(file) else {
        throw .badManifest(path: manifest, line: line, reason: "\"\(file)\" is not a path inside the folder")
      }
      guard let name = locate(inside, in: path) else {
        missing.append(inside[0])
        continue
      }
      listed.insert(name)
      if AudioFileKind(name) == .foreign {
        notes.add(name, as: .foreignFormat)
      } else {
        clips.append(clip(name, captions: record.captions, labels: record.labels))
      }
    }
    if let first = missing.first { throw .missingAudio(manifest: manifest, first: first, count: missing.count) }
    return manifest
  }

  /// The first of some paths below a folder that is a file there, by its name.
  private mutating func locate(_ spellings: [String], in folder: String) -> String? {
    for spelling in spellings {
      if let name = locate(spelling, in: folder) { return name }
    }
    return nil
  }

  /// The file below a folder that a manifest means, by its name there; nil where there is none.
  private mutating func locate(_ inside: String, in folder: String) -> String? {
    let exact = Self.joined(folder, inside)
    if let status = FileStatus(absolute(exact)), status.isFile { return exact }
    var place = folder
    for part in inside.split(separator: "/") {
      guard let name = (try? listing(of: place))?.find(String(part)) else { return nil }
      place = Self.joined(place, name)
    }
    return FileStatus(absolute(place))?.isFile == true ? place : nil
  }

  // MARK: Without a manifest

  private mutating func addUnmanaged(_ name: String, beside listing: FolderListing) throws(DatasetError) {
    var remarks: [String] = []
    let record = try SidecarCaption.read(for: absolute(name), beside: listing) { remarks.append($0) }
    for remark in remarks { notes.say(remark) }
    if let record, !record.captions.isEmpty {
      clips.append(clip(name, captions: record.captions, labels: record.labels))
    } else {
      unnamed.append(clip(name, captions: [""], labels: record?.labels ?? [:]))
    }
  }

  // MARK: Files

  private func clip(_ name: String, captions: [String], labels: [String: String]) -> CaptionedClip {
    let url = URL(fileURLWithPath: absolute(name), isDirectory: false)
    return CaptionedClip(audio: url, name: name, captions: captions, labels: labels)
  }

  private mutating func listing(of path: String) throws(DatasetError) -> FolderListing {
    if let known = listings[path] { return known }
    let listing = try FolderListing(absolute(path))
    listings[path] = listing
    return listing
  }

  private func absolute(_ name: String) -> String { name.isEmpty ? root : "\(root)/\(name)" }

  private static func joined(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : "\(folder)/\(name)"
  }
}
