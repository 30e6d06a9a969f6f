import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The names in a folder, hidden ones aside, and finding one that is spelt in another way.
///
/// One name may be written in several ways: é as one character or as e and an accent (macOS writes two, others one), and
/// in capitals, which Windows and macOS do not tell apart.
struct FolderListing {
  /// In a stable order.
  let names: [String]
  /// Names that are no UTF-8, and so no text: as far as they can be read.
  let unreadableNames: [String]
  private var spellings: [String: [String]] = [:]

  /// - Throws: `DatasetError.unreadable`.
  init(_ folder: String) throws(DatasetError) {
    guard let directory = opendir(folder) else {
      throw .unreadable(path: folder, reason: String(cString: strerror(errno)))
    }
    defer { closedir(directory) }
    var (names, unreadable): ([String], [String]) = ([], [])
    while let entry = readdir(directory) {
      let bytes = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 1) { start in
          Array(UnsafeBufferPointer(start: start, count: strlen(start))).map { UInt8(bitPattern: $0) }
        }
      }
      guard bytes.first != UInt8(ascii: ".") else { continue }
      if let name = String(validating: bytes, as: UTF8.self) {
        names.append(name)
      } else {
        unreadable.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    self.names = names.sorted()
    unreadableNames = unreadable.sorted()
    for name in self.names { spellings[name.lowercased(), default: []].append(name) }
  }

  /// The name in the folder that is meant: this very one, or the only one that is written alike, capitals aside.
  /// - Returns: nil where there is none, or more than one.
  func find(_ name: String) -> String? {
    let candidates = spellings[name.lowercased()] ?? []
    if let same = candidates.first(where: { $0.utf8.elementsEqual(name.utf8) }) { return same }
    let alike = candidates.filter { $0 == name }
    if alike.count == 1 { return alike[0] }
    return candidates.count == 1 ? candidates[0] : nil
  }

  /// The file of another extension that goes with a file: `x.TXT` with `x.wav`. A name in other capitals goes with it where
  /// it goes with no other file.
  func companion(of name: String, extension wanted: String) -> String? {
    let stem = (name as NSString).deletingPathExtension
    guard let found = find("\(stem).\(wanted)") else { return nil }
    let own = (found as NSString).deletingPathExtension
    if own == stem { return found }
    let hasOther = names.contains { $0 != found && ($0 as NSString).deletingPathExtension == own }
    return hasOther ? nil : found
  }
}
