import Foundation
import Parallelism
import Storage

/// Which of the journal's clips lies in which file: by its bytes, whatever it is called; else by its name, if somebody edited it.
struct FileMatching {
  struct File: Sendable {
    let name: String
    let place: LibraryFolder.Place
    let url: URL
    /// nil where it cannot be read.
    let hash: String?
    let byteCount: Int

    var path: String { "\(place.rawValue)/\(name)" }
  }

  /// What a file is.
  enum Match {
    case same(LibraryEvent.Made)
    /// The clip of this name, with other bytes.
    case edited(LibraryEvent.Made)
    /// Byte for byte a clip that has another file.
    case copy(LibraryEvent.Made)
    case unknown
  }

  let files: [File]
  private(set) var matches: [Match]
  /// Clips without a file.
  private(set) var missing: Int

  /// - Parameter clips: those of the journal that are not gone for good.
  init(_ folder: LibraryFolder, _ clips: [LibraryEvent.Made], progress: (Int, Int) -> Void) {
    files = Self.files(in: folder, progress: progress)
    (matches, missing) = (files.map { _ in .unknown }, 0)
    var open = Dictionary(clips.map { ($0.clip.id, $0) }) { $1 }
    let byHash = Dictionary(grouping: clips, by: \.hash)
    let byName = Dictionary(clips.map { ($0.fileName, $0) }) { $1 }
    func take(_ index: Int, _ made: LibraryEvent.Made) {
      open[made.clip.id] = nil
      matches[index] = .same(made)
    }
    // Of several with the same bytes first those whose names fit too.
    for (index, file) in files.enumerated() {
      guard let made = byName[file.name], made.hash == file.hash, open[made.clip.id] != nil else { continue }
      take(index, made)
    }
    for (index, file) in files.enumerated() {
      guard case .unknown = matches[index], let hash = file.hash, let same = byHash[hash] else { continue }
      if let made = same.first(where: { open[$0.clip.id] != nil }) {
        take(index, made)
      } else {
        matches[index] = .copy(same[0])
      }
    }
    for (index, file) in files.enumerated() {
      guard case .unknown = matches[index], let made = byName[file.name], open[made.clip.id] != nil else { continue }
      open[made.clip.id] = nil
      matches[index] = .edited(made)
    }
    missing = open.count
  }

  /// All files in the folders of clips, picks first.
  private static func files(in folder: LibraryFolder, progress: (Int, Int) -> Void) -> [File] {
    let listing = FileListing(folder)
    let names = [LibraryFolder.Place.picks, .clips, .bin].flatMap { place in
      (listing.names[place] ?? []).sorted().map { (place, $0) }
    }.filter { !isSecondName($0.1, in: $0.0, of: folder) }
    var files: [File] = []
    for start in stride(from: 0, to: names.count, by: 64) {
      progress(start, names.count)
      files += Parallel.map(min(64, names.count - start)) { index in
        let (place, name) = names[start + index]
        let url = folder.folder(place).appendingPathComponent(name)
        let mark = DurableFile.fingerprint(of: url)
        return File(
          name: name, place: place, url: url, hash: mark.map { StableHash.hexadecimal($0.hash) },
          byteCount: mark?.byteCount ?? 0)
      }
    }
    progress(names.count, names.count)
    return files
  }

  /// Whether a file is one with a file of its name in a folder before, as a move that was cut short leaves it; it is then rid
  /// of this name.
  private static func isSecondName(_ name: String, in place: LibraryFolder.Place, of folder: LibraryFolder) -> Bool {
    func url(_ place: LibraryFolder.Place) -> URL { folder.folder(place).appendingPathComponent(name) }
    let before: [LibraryFolder.Place] = place == .picks ? [] : place == .clips ? [.picks] : [.picks, .clips]
    guard let own = FileIdentity(url(place)), before.contains(where: { FileIdentity(url($0)) == own }) else {
      return false
    }
    unlink(url(place).path)
    return true
  }
}

extension LibraryEvent.Made {
  /// Its file's name, without the folder.
  var fileName: String { URL(fileURLWithPath: clip.file).lastPathComponent }
}
